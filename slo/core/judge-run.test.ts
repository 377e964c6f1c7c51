import { describe, expect, it } from "vitest";
import {
  clientCounts,
  errors,
  evidenceOf,
  fileOf,
  latency,
  loadFacts,
  OBSERVED,
  runFile,
  STEADY,
  target,
  verdictOf,
  WINDOW_FACTS,
} from "./fixtures/scene.ts";
import { calls } from "./fixtures/service.ts";
import { judge } from "./judge.ts";

const all = [...calls(980, 990, 2000), ...calls(1000, 1030, 6000)];
const WORLD = { targets: [target(all)] };
const WARM = latency({ name: "warm", phase: "warmup" });

describe("a run's judged phases", () => {
  const poor = {
    client: [clientCounts({ phase: "warmup", answered: 2000, iterations: 2000 }), clientCounts()],
    load: [loadFacts({ phase: "warmup", achievedRate: 100 }), loadFacts()],
  };

  it("are those of its gating objectives", () => {
    const of = (warm: Parameters<typeof fileOf>[0]) => verdictOf(fileOf(errors(), warm), runFile(poor), WORLD);
    expect(of(WARM)).toMatchObject({ verdict: "invalid", exitCode: 3, reconciliation: { client: 8000, server: 8000 } });
    expect(of({ ...WARM, gating: false })).toMatchObject({
      verdict: "pass",
      exitCode: 0,
      reconciliation: { client: 6000, server: 6000 },
    });
  });

  it("are those of all where none is gating, which passes nothing", () => {
    const report = verdictOf(fileOf({ ...WARM, gating: false }), runFile(poor), WORLD);
    expect(report).toMatchObject({ verdict: "invalid", reconciliation: { client: 2000 } });
    expect(report.validity.filter(({ verdict }) => verdict !== "pass")).toEqual([
      {
        check: "gating-objectives",
        verdict: "fail",
        text: "No objective of the file is gating, so nothing can be met.",
      },
      expect.objectContaining({ check: "offered-rate", verdict: "fail" }),
    ]);
  });
});

describe("a run that proves nothing", () => {
  it.each([
    [{ load: [loadFacts({ achievedRate: 100 })] }, "offered-rate"],
    [{ load: [loadFacts({ peakVUs: null })] }, "virtual-users"],
  ])("is invalid by one check that failed or could not be made: %#", (run, check) => {
    const report = verdictOf(fileOf(errors()), runFile(run), WORLD);
    expect(report).toMatchObject({ verdict: "invalid", exitCode: 3, objectives: [{ verdict: "pass" }] });
    expect(report.validity.flatMap((one) => (one.verdict === "pass" ? [] : [one.check]))).toEqual([check]);
  });

  it("passes with a check that does not apply", () => {
    const report = verdictOf(fileOf(errors()), runFile({ load: [loadFacts({ generatorCpu: null })] }), WORLD);
    expect(report.verdict).toBe("pass");
    expect(report.validity.find(({ check }) => check === "generator-cpu")?.verdict).toBe("skip");
  });
});

describe("a saturated generator", () => {
  const slow = { targets: [target(calls(1000, 1030, 6000, { bad: 600, seconds: 0.5 }))] };
  const at = (phase: string) =>
    [loadFacts({ generatorCpu: 0.2 }), loadFacts({ phase: "warmup" })].map((one) =>
      one.phase === phase ? { ...one, generatorCpu: 0.95 } : one,
    );

  it("withdraws a breach of its own phase alone, and none of a window", () => {
    const of = (phase: string) => verdictOf(fileOf(latency()), runFile({ load: at(phase) }), slow).objectives[0];
    expect(of("steady")).toMatchObject({ verdict: "inconclusive", reason: { code: "generator-saturated" } });
    expect(of("warmup")?.verdict).toBe("fail");
    expect(verdictOf(fileOf(latency()), WINDOW_FACTS, slow)).toMatchObject({ verdict: "fail", exitCode: 1 });
  });
});

describe("an objective without its phase or its evidence", () => {
  const reasonOf = ({ objectives: [found] }: ReturnType<typeof judge>) => {
    expect(found).toMatchObject({
      verdict: "no-data",
      measured: null,
      counts: null,
      bound: null,
      span: null,
      queries: [],
    });
    return found?.reason;
  };

  it("says what there is", () => {
    expect(reasonOf(verdictOf(fileOf(errors({ phase: "soak" })), runFile(), WORLD))).toEqual({
      code: "phase-absent",
      text: 'The run has no phase "soak" (it has warmup, steady).',
    });
    expect(reasonOf(verdictOf(fileOf(errors()), runFile({ phases: [STEADY, STEADY] }), WORLD))).toEqual({
      code: "phase-ambiguous",
      text: 'The run has more than one phase "steady": which one is meant cannot be told.',
    });
    const evidence = { ...evidenceOf(fileOf(errors()), runFile(), WORLD), counters: [] };
    expect(reasonOf(judge(fileOf(errors()), runFile(), evidence))).toEqual({
      code: "evidence-absent",
      text: "The evidence holds nothing for this objective: its selectors or its phase changed since. Fetch again.",
    });
  });
});

it("an objective is reported with where it stands and how sure it had to be", () => {
  const all = [errors(), errors({ confidence: { kind: "bounded", level: 0.99 } }), errors({ confidence: OBSERVED })];
  const report = verdictOf(fileOf(...all), runFile(), WORLD);
  expect(report.objectives.map(({ confidence }) => confidence)).toEqual([0.95, 0.99, null]);
  expect(report.objectives[0]).toMatchObject({
    name: "errors",
    indicator: "ratio",
    gating: true,
    phase: "steady",
    limit: { op: "atMost", value: 0.001, unit: "ratio" },
    place: { file: "objectives.yaml", line: 3, column: 5 },
  });
});

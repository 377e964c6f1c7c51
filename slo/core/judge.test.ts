import { describe, expect, it } from "vitest";
import {
  errors,
  evidenceOf,
  fileOf,
  latency,
  loadFacts,
  query,
  resource,
  runFile,
  STEADY,
  target,
  verdictOf,
  WINDOW_FACTS,
} from "./fixtures/scene.ts";
import { calls } from "./fixtures/service.ts";
import { judge } from "./judge.ts";
import type { RunFile } from "./run.ts";

const good = calls(1000, 1030, 6000);
const slow = calls(1000, 1030, 6000, { bad: 300, seconds: 0.5 });
const FILE = fileOf(latency(), errors());
const on = (run: Partial<RunFile>, all = good, change: Parameters<typeof target>[1] = {}) =>
  verdictOf(FILE, runFile(run), { targets: [target(all, change)] });

describe("a run's verdict", () => {
  it("passes a healthy run whole", () => {
    const report = on({});
    expect(report).toMatchObject({ schema: 1, verdict: "pass", exitCode: 0, service: "task-api" });
    expect(report.run).toEqual({
      id: "20261122-1",
      profile: "average",
      from: "1970-01-01T00:16:10.000Z",
      to: "1970-01-01T00:17:20.000Z",
      phases: [
        { name: "warmup", from: "1970-01-01T00:16:20.000Z", to: "1970-01-01T00:16:30.000Z" },
        { name: "steady", from: "1970-01-01T00:16:40.000Z", to: "1970-01-01T00:17:10.000Z" },
      ],
    });
    expect(report.validity.map(({ check, verdict }) => [check, verdict])).toEqual([
      ["run-complete", "pass"],
      ["offered-rate", "pass"],
      ["dropped-iterations", "pass"],
      ["virtual-users", "pass"],
      ["generator-cpu", "pass"],
      ["unexpected-answers", "pass"],
      ["target-restarts", "pass"],
      ["client-failures", "pass"],
      ["reconciliation", "pass"],
    ]);
    expect(report.reconciliation).toEqual({ client: 6000, server: 6000, unanswered: 0, interrupted: 0 });
    expect(report.objectives[0]?.place).toEqual({ file: "objectives.yaml", line: 3, column: 5 });
  });

  it("orders fail > invalid > no-data > inconclusive > pass", () => {
    const late = loadFacts({ achievedRate: 150 });
    const missing = { ...errors(), phase: "soak" };
    const strict = latency({ percentile: 99.99 });
    const verdict = (objectives: Parameters<typeof fileOf>, all = good, load = loadFacts()) => {
      const report = verdictOf(fileOf(...objectives), runFile({ load: [load] }), { targets: [target(all)] });
      return [report.verdict, report.exitCode];
    };
    expect(verdict([latency(), missing, strict], slow, late)).toEqual(["fail", 1]);
    expect(verdict([latency(), missing, strict], good, late)).toEqual(["invalid", 3]);
    expect(verdict([latency(), missing, strict])).toEqual(["no-data", 3]);
    expect(verdict([latency(), strict])).toEqual(["inconclusive", 3]);
    expect(verdict([latency()])).toEqual(["pass", 0]);
  });

  it("shows advisory objectives without letting them decide", () => {
    const advisory = latency({ gating: false });
    const world = { targets: [target(slow)] };
    expect(verdictOf(fileOf(advisory, errors()), runFile(), world)).toMatchObject({
      verdict: "pass",
      objectives: [{ verdict: "fail", gating: false }, {}],
    });
  });

  it("does not pass where nothing is gating", () => {
    const report = verdictOf(fileOf(latency({ gating: false })), runFile(), { targets: [target(good)] });
    expect(report).toMatchObject({
      verdict: "invalid",
      exitCode: 3,
      validity: [{ check: "gating-objectives", verdict: "fail" }, {}, {}, {}, {}, {}, {}, {}, {}, {}],
    });
    expect(verdictOf(fileOf(), WINDOW_FACTS, { targets: [] })).toMatchObject({ verdict: "invalid", exitCode: 3 });
  });

  it("has no data for a phase that the run has not, or has twice", () => {
    const run = { phases: [STEADY, { ...STEADY, from: 1040, to: 1050 }] };
    expect(on(run).objectives[0]).toMatchObject({ verdict: "no-data", reason: { code: "phase-ambiguous" } });
    const report = on({ phases: [] });
    expect(report.objectives[0]).toMatchObject({
      verdict: "no-data",
      reason: { code: "phase-absent", text: 'The run has no phase "steady" (it has none).' },
    });
    expect(report.exitCode).toBe(3);
  });

  it("judges a window without a run, without a client", () => {
    const report = verdictOf(FILE, WINDOW_FACTS, { targets: [target(good)] });
    expect(report).toMatchObject({
      verdict: "pass",
      validity: [],
      reconciliation: null,
      run: { id: null, profile: null, phases: [{ name: "window" }] },
    });
  });

  it("does not judge by evidence of other selectors", () => {
    const run = runFile();
    const evidence = evidenceOf(FILE, run, { targets: [target(good)] });
    const renamed = fileOf(
      latency({ histogram: { metric: "other", matchers: [] } }),
      errors({ total: { metric: "x", matchers: [] } }),
      resource(),
      query(),
    );
    const report = judge(renamed, run, evidence);
    expect(report.objectives.map(({ verdict, reason }) => [verdict, reason.code])).toEqual(
      Array(4).fill(["no-data", "evidence-absent"]),
    );
  });

  it("does not judge by evidence of another phase", () => {
    const run = runFile();
    const evidence = evidenceOf(FILE, run, { targets: [target(good)] });
    const moved = { ...run, phases: [{ ...STEADY, to: STEADY.to + 60 }] };
    expect(judge(FILE, moved, evidence).objectives[0]).toMatchObject({
      verdict: "no-data",
      reason: { code: "evidence-absent" },
    });
  });

  it("judges again by other limits on the same selectors", () => {
    const run = runFile();
    const evidence = evidenceOf(FILE, run, { targets: [target(slow)] });
    expect(judge(FILE, run, evidence).objectives[0]?.verdict).toBe("fail");
    expect(judge(fileOf(latency({ atMost: 1, percentile: 99.9 })), run, evidence).objectives[0]).toMatchObject({
      verdict: "pass",
      counts: { total: 6000, bad: 0 },
    });
  });
});

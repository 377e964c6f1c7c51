import { describe, expect, it } from "vitest";
import type { Course, Evidence, Trouble } from "./evidence.ts";
import { replicaOf } from "./fixtures/replica.ts";
import { clientCounts, loadFacts, runFile, STEADY } from "./fixtures/scene.ts";
import type { ValidityCheck } from "./report.ts";
import type { ClientCounts, LoadFacts, Phase, RunFile } from "./run.ts";
import { judgeValidity, saturated } from "./validity.ts";

const SPIKE: Phase = { name: "spike", from: 1040, to: 1060, quiet: true };
const BOTH = [STEADY, SPIKE];
const AGREED: ValidityCheck = { check: "reconciliation", verdict: "pass", text: "They agree." };

function course(troubles: readonly Trouble[]): Course {
  const sides = { before: "still", after: "still", coverage: 1, scrapeInterval: 1 } as const;
  return { ...sides, job: "api", instance: "a:1", times: [1000, 1030], total: [1], columns: [], troubles };
}

function evidence(phase: string | null, troubles: readonly Trouble[] = []): Evidence {
  const counted = { kind: "counter", selector: "calls_count" } as const;
  const nothing = { queries: [], failure: null, series: 1, missing: [], faults: [] };
  const counters = phase === null ? [] : [{ ...nothing, counted, phase, targets: [course([]), course(troubles)] }];
  return { schema: 1, phases: BOTH, counters, resources: [], queries: [] };
}

interface Held {
  readonly phases?: readonly Phase[];
  readonly held?: Evidence;
  readonly unseen?: number | null;
  readonly front?: ValidityCheck | null;
}

function checks(
  change: Partial<RunFile>,
  { phases = [STEADY], held = evidence("steady"), unseen = 0, front = null }: Held = {},
) {
  const witnesses = { reconciliation: null, check: AGREED, front, unseen };
  const all = judgeValidity(runFile(change), held, phases, witnesses);
  return new Map(all.map(({ check, verdict, text }) => [check, `${verdict}: ${text}`]));
}
const load = (...all: readonly Partial<LoadFacts>[]) => ({ load: all.map(loadFacts) });
const client = (...all: readonly Partial<ClientCounts>[]) => ({ client: all.map(clientCounts) });

describe("the load of a good run", () => {
  it("is said to be good, check by check", () => {
    expect([...checks({})]).toEqual([
      ["run-complete", "pass: The run went to its end."],
      ["offered-rate", "pass: 100 % of the offered rate of steady was achieved."],
      ["dropped-iterations", "pass: No iteration of steady was dropped."],
      ["virtual-users", "pass: steady took 10 of 100 virtual users."],
      ["generator-cpu", "pass: The generator used 30 % of its CPU in steady."],
      ["unexpected-answers", "pass: Every answer of steady was an expected one."],
      ["target-restarts", "pass: No target restarted during the load."],
      ["client-failures", "pass: No request was lost that the server did not count."],
      ["reconciliation", "pass: They agree."],
    ]);
  });

  it("may be just at its limits", () => {
    const found = checks(load({ offeredRate: 200, achievedRate: 198, generatorCpu: 0.8, maxVUs: 100, peakVUs: 94 }));
    expect(["offered-rate", "virtual-users", "generator-cpu"].map((name) => found.get(name)?.slice(0, 4))).toEqual([
      "pass",
      "pass",
      "pass",
    ]);
  });
});

describe("the load of several phases", () => {
  const worse = [{ phase: "steady" }, { phase: "spike", achievedRate: 1, peakVUs: 100, generatorCpu: 1 }] as const;
  const odd = [{ phase: "steady" }, { phase: "spike", droppedIterations: 1, unexpected: 1 }] as const;
  const names = ["offered-rate", "virtual-users", "generator-cpu", "dropped-iterations", "unexpected-answers"];

  it.each([
    ["the last", worse, odd],
    ["the first", worse.toReversed(), odd.toReversed()],
  ])("is as bad as the worst of them: %s", (_, facts, counts) => {
    const run = { ...load(...facts), ...client(...counts) };
    for (const phases of [BOTH, BOTH.toReversed()])
      for (const name of names) expect(checks(run, { phases }).get(name)).toMatch(/^fail: .*spike/);
  });

  it("is not known where one of them is not told of, unless another failed", () => {
    const found = checks({ ...load({}), ...client({}) }, { phases: BOTH });
    for (const name of names) expect(found.get(name)).toBe("no-data: The run does not tell it for spike.");
    expect(checks(load({ achievedRate: 1 }), { phases: BOTH }).get("offered-rate")).toMatch(/^fail: .*steady/);
  });

  it("is told by the worst of what is known", () => {
    const facts = [{ phase: "steady", generatorCpu: null }, { phase: "spike" }] as const;
    expect(checks(load(...facts), { phases: BOTH }).get("generator-cpu")).toMatch(/^pass: .*spike/);
    expect(checks(load(facts[0])).get("generator-cpu")).toBe(
      "skip: The generator's CPU in steady was not measured; its rate and virtual users stand for it.",
    );
  });

  it("is not known where none is judged", () => {
    for (const name of names)
      expect(checks({}, { phases: [] }).get(name)).toBe(
        "no-data: No phase that the objectives are judged on is in the run.",
      );
  });

  it("is saturated where this phase's generator was", () => {
    const run = runFile(load(...worse));
    expect([saturated(run, STEADY), saturated(run, SPIKE)]).toEqual([false, true]);
    expect(saturated(runFile(load()), STEADY)).toBe(false);
  });
});

describe("facts that cannot be", () => {
  it.each<Partial<LoadFacts>>([
    { offeredRate: -200, achievedRate: -200 },
    { offeredRate: 0, achievedRate: 0 },
    { offeredRate: 200, achievedRate: -1 },
    { offeredRate: -200, achievedRate: 100 },
    { achievedRate: Number.NaN },
  ])("are no rates: %j", (facts) => {
    expect(checks(load(facts)).get("offered-rate")).toBe("no-data: The rates of steady are not known.");
  });

  it("say that nothing was achieved where nothing was", () => {
    expect(checks(load({ achievedRate: 0 })).get("offered-rate")).toMatch(/^fail: 0 %/);
  });

  it.each([-1, 0.5, Number.NaN, null])("are no counts: %s", (count) => {
    expect(checks(client({ droppedIterations: count })).get("dropped-iterations")).toBe(
      "no-data: How many iterations of steady were dropped is not known.",
    );
    expect(checks(client({ unexpected: count ?? -1 })).get("unexpected-answers")).toBe(
      "no-data: How many answers of steady were unexpected is not known.",
    );
  });

  it.each<Partial<LoadFacts>>([{ peakVUs: null }, { peakVUs: 0, maxVUs: 0 }, { peakVUs: 10, maxVUs: 0 }])(
    "are no virtual users: %j",
    (facts) => {
      expect(checks(load(facts)).get("virtual-users")).toBe(
        "no-data: How many virtual users steady took is not known.",
      );
    },
  );
});

describe("targets that restarted", () => {
  it.each<[Trouble, string]>([
    [{ kind: "restart", at: 1010 }, "fail: api a:1 restarted, or its counters fell, during the load."],
    [{ kind: "reset", at: 1010, metric: "calls" }, "fail: api a:1 restarted, or its counters fell, during the load."],
    [{ kind: "own-clock" }, "pass: No target restarted during the load."],
  ])("are told by %j", (trouble, expected) => {
    expect(checks({}, { held: evidence("steady", [trouble]) }).get("target-restarts")).toBe(expected);
  });

  it("matter in judged phases only", () => {
    const held = evidence("spike", [{ kind: "restart", at: 1010 }]);
    expect(checks({}, { held }).get("target-restarts")).toBe("skip: No target was watched.");
    expect(checks({}, { held: evidence(null) }).get("target-restarts")).toBe("skip: No target was watched.");
  });
});

describe("what else withdraws a pass", () => {
  it("is a run that stopped, and requests that were dropped, odd or lost", () => {
    const failure = { code: "load", text: "k6 stopped." };
    const found = checks({ failure, ...client({ droppedIterations: 2, unexpected: 3 }) }, { unseen: 4 });
    expect(found.get("run-complete")).toBe("fail: The run did not go to its end: k6 stopped.");
    expect(found.get("dropped-iterations")).toBe(
      "fail: 2 iterations of steady dropped: requests that were due and never sent. Allow more virtual users, or offer less.",
    );
    expect(found.get("unexpected-answers")).toBe(
      "fail: 3 answers of steady had a status that the journey does not expect (401, 404, 429, …): the work was not done.",
    );
    expect(found.get("client-failures")).toBe(
      "fail: 4 requests got no answer, and the server cannot be shown to have seen them: its metrics are too good.",
    );
  });

  it("is not to know how many requests were lost", () => {
    expect(checks({}, { unseen: null }).get("client-failures")).toBe(
      "no-data: How many requests were left unanswered is not known.",
    );
  });

  it("is virtual users that are about to be used up", () => {
    expect(checks(load({ peakVUs: 95, maxVUs: 100 })).get("virtual-users")).toMatch(/^fail: steady took 95 of 100 /);
  });

  it("is a load balancer that disagrees", () => {
    const front = { check: "load-balancer", verdict: "fail", text: "They disagree." } as const;
    expect(checks({}, { front }).get("load-balancer")).toBe("fail: They disagree.");
    expect(checks({}).has("load-balancer")).toBe(false);
  });
});

it("a replica whose memory is judged restarts as well, in judged phases only", () => {
  const at = (phase: string, troubles: readonly Trouble[]): Evidence => ({
    ...evidence(null),
    resources: [
      {
        ...{ service: "api", namespace: null, container: null, resource: "memory", phase, origin: "process" },
        ...{ queries: [], failure: null },
        replicas: [replicaOf(), replicaOf({ name: "api-2", troubles })],
      },
    ],
  });
  const found = (held: Evidence) => checks({}, { held }).get("target-restarts");
  expect(found(at("steady", [{ kind: "restart", at: 1010 }]))).toBe(
    "fail: api api-2 restarted, or its counters fell, during the load.",
  );
  expect(found(at("steady", []))).toBe("pass: No target restarted during the load.");
  expect(found(at("spike", [{ kind: "restart", at: 1010 }]))).toBe("skip: No target was watched.");
});

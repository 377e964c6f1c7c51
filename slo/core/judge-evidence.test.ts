import { describe, expect, it } from "vitest";
import type { CounterEvidence, Evidence, QueryEvidence, ResourceEvidence } from "./evidence.ts";
import { errors, evidenceOf, fileOf, latency, query, resource, runFile, target } from "./fixtures/scene.ts";
import { calls, histogram } from "./fixtures/service.ts";
import { judge } from "./judge.ts";

const good = calls(1000, 1030, 6000);
const memory = { labels: { __name__: "process_resident_memory_peak_bytes" }, at: (time: number) => time };
const WORLD = {
  targets: [target([], { sources: [...histogram(good), memory] })],
  instants: {
    "max_over_time(db_pool_waiting[30s])": [
      { labels: { job: "api", instance: "127.0.0.1:9464" }, times: [1030], values: [1] },
    ],
  },
};
const FILE = fileOf(latency(), errors(), resource(), query());
const RUN = runFile();
const WHOLE = evidenceOf(FILE, RUN, WORLD);

const judgedBy = (change: Partial<Evidence>) =>
  judge(FILE, RUN, { ...WHOLE, ...change }).objectives.map(({ verdict, reason }) => `${verdict} ${reason.code}`);
const ABSENT = "no-data evidence-absent";

const counters = (change: (one: CounterEvidence) => CounterEvidence) => ({ counters: WHOLE.counters.map(change) });
const counted = (change: Record<string, unknown>) =>
  counters((one) => ({ ...one, counted: { ...one.counted, ...change } as CounterEvidence["counted"] }));
const resources = (change: Partial<ResourceEvidence>) => ({
  resources: WHOLE.resources.map((one) => ({ ...one, ...change })),
});
const queries = (change: Partial<QueryEvidence>) => ({ queries: WHOLE.queries.map((one) => ({ ...one, ...change })) });
const phases = (change: Partial<Evidence["phases"][number]>) => ({
  phases: WHOLE.phases.map((one) => ({ ...one, ...change })),
});

describe("an objective is judged by its own evidence alone", () => {
  it("which is there", () => {
    expect(judgedBy({})).toEqual(["pass proven", "pass proven", "pass proven", "pass met"]);
  });

  it.each<[string, Partial<Evidence>, readonly number[]]>([
    ["another phase's counters", counters((one) => ({ ...one, phase: "other" })), [0, 1]],
    ["counters of another kind", counted({ kind: "counter" }), [0, 1]],
    ["another histogram", counted({ histogram: "other" }), [0]],
    ["another part", counted({ part: "other" }), [1]],
    ["another total", counted({ total: "other" }), [1]],
    ["another phase's resources", resources({ phase: "other" }), [2]],
    ["another service", resources({ service: "other" }), [2]],
    ["another namespace", resources({ namespace: "other" }), [2]],
    ["another container", resources({ container: "other" }), [2]],
    ["another resource", resources({ resource: "cpu" }), [2]],
    ["another phase's query", queries({ phase: "other" }), [3]],
    ["another query", queries({ promql: "other" }), [3]],
    ["a phase of another name", phases({ name: "other" }), [0, 1, 2, 3]],
    ["a phase that began at another time", phases({ from: 999 }), [0, 1, 2, 3]],
    ["a phase that ended at another time", phases({ to: 1031 }), [0, 1, 2, 3]],
  ])("and not by %s", (_, change, absent) => {
    expect(judgedBy(change).flatMap((found, index) => (found === ABSENT ? [index] : []))).toEqual(absent);
  });

  it("and not by a neighbour's that comes first", () => {
    const others = [
      errors({ limit: 1, part: { kind: "bad", selector: errors().total } }),
      latency({ histogram: { metric: "http_request_duration_seconds", matchers: [] } }),
    ];
    const slow = calls(1000, 1030, 6000, { bad: 600, seconds: 0.5, status: "500" });
    const world = { targets: [target(slow)] };
    for (const file of [fileOf(...others, errors()), fileOf(errors(), ...others)]) {
      const report = judge(file, RUN, evidenceOf(file, RUN, world));
      expect(report.objectives.map(({ counts }) => counts?.bad).toSorted()).toEqual([600, 600, 6000]);
    }
  });
});

import { describe, expect, it } from "vitest";
import type { CounterEvidence, Course, Evidence } from "../../../core/evidence.ts";
import { runFile } from "../../../testing/files.ts";
import { parseJsonFile } from "../json-file.ts";
import { evidenceShape } from "./evidence.ts";
import { runShape } from "./run.ts";

const course: Course = {
  job: "api",
  instance: "a:1",
  times: [10, 11, 12],
  total: [5, 6],
  columns: [[1, 0]],
  scrapeInterval: 1,
  before: "still",
  after: "still",
  coverage: 1,
  troubles: [],
};
const counter: CounterEvidence = {
  counted: { kind: "ratio", part: "bad", total: "all" },
  phase: "steady",
  queries: [],
  failure: null,
  series: 1,
  missing: [],
  faults: [],
  targets: [course],
};
const good = {
  schema: 1,
  phases: [{ name: "steady", from: 10, to: 12, quiet: true }],
  counters: [counter],
  resources: [],
  queries: [],
} satisfies Partial<Evidence>;

const evidence =
  (change: Partial<Course>, counted = counter.counted) =>
  () =>
    parseJsonFile(
      JSON.stringify({ ...good, counters: [{ ...counter, counted, targets: [{ ...course, ...change }] }] }),
      "evidence.json",
      evidenceShape,
    );

describe("evidence that was cut or edited", () => {
  it("is taken whole", () => {
    expect(evidence({})).not.toThrow();
  });

  it.each<[string, Partial<Course>, string]>([
    ["no column", { columns: [] }, "counters[0].targets[0].columns must be 1 long"],
    ["a short column", { columns: [[1]] }, "counters[0].targets[0].columns[0] must be 2 long"],
    ["a short total", { total: [5] }, "counters[0].targets[0].total must be 2 long, one for each interval between"],
    ["a negative count", { columns: [[1, -1]] }, "counters[0].targets[0] must hold counts"],
    ["a part of a count", { total: [5, 6.5] }, "counters[0].targets[0] must hold counts"],
    ["times that fall", { times: [10, 12, 11] }, "counters[0].targets[0].times must rise"],
  ])("%s", (_what, change, message) => {
    expect(evidence(change)).toThrow(message);
  });

  it("edges that fall", () => {
    const counted = { kind: "latency", histogram: "h", form: "classic", edges: [0.3], uniform: false } as const;
    expect(evidence({ columns: [[1, 0]] }, counted)).toThrow("columns must be 2 long");
    const falling = { ...counted, edges: [0.3, 0.1], uniform: true };
    expect(
      evidence(
        {
          columns: [
            [1, 0],
            [1, 0],
          ],
        },
        falling,
      ),
    ).toThrow("counters[0].counted.edges must rise");
  });
});

describe("a run file that was edited", () => {
  it.each<[string, object, string]>([
    [
      "counts of a phase twice",
      { client: [...runFile.client, ...runFile.client] },
      "client[1].phase tells of steady again",
    ],
    ["a load twice", { load: [...runFile.load, ...runFile.load] }, "load[1].phase tells of steady again"],
    [
      "milliseconds",
      { phases: [{ name: "steady", from: 1, to: 1e20, quiet: true }] },
      "phases[0].to must be unix seconds",
    ],
    ["a time before all", { from: -1 }, "from must be unix seconds"],
  ])("%s", (_what, change, message) => {
    expect(() => parseJsonFile(JSON.stringify({ ...runFile, ...change }), "run.json", runShape)).toThrow(message);
  });
});

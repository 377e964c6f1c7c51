import { describe, expect, it } from "vitest";
import type { Clock } from "./clock.ts";
import { evidenceOf, fileOf, judged, resource, runFile, target } from "./fixtures/scene.ts";
import {
  cpuCourse,
  faultsOf,
  highWater,
  markResetsOf,
  resetsOf,
  type Samples,
  sampledGauge,
  samplesOf,
} from "./gauge.ts";
import type { Reach } from "./reach.ts";

describe("samples that are no numbers", () => {
  it.each<[string, "memory" | "cpu", string]>([
    ["of memory", "memory", "process_resident_memory_bytes"],
    ["of CPU", "cpu", "process_cpu_seconds_total"],
  ])("%s leave evidence that a file can hold", (_what, kind, metric) => {
    const sources = [{ labels: { __name__: metric }, at: (time: number) => (time > 1010 ? Number.NaN : 1) }];
    const objective = resource({ resource: kind, stat: kind === "cpu" ? "mean" : "peak" });
    const { resources } = evidenceOf(fileOf(objective), runFile(), { targets: [target([], { sources })] });
    expect(JSON.parse(JSON.stringify(resources))).toEqual(resources);
    expect(judged(objective, [target([], { sources })])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "bad-value" },
    });
  });
});

it("a counter of CPU too large to tell one second from the next is not taken for one that stands still", () => {
  const cpu = (value: number) =>
    judged(resource({ resource: "cpu", stat: "mean" }), [
      target([], { sources: [{ labels: { __name__: "process_cpu_seconds_total" }, at: () => value }] }),
    ]);
  expect(cpu(2 ** 53 - 1).verdict).toBe("pass");
  expect(cpu(2 ** 53)).toMatchObject({
    verdict: "inconclusive",
    reason: { code: "bad-value", text: expect.stringContaining("9007199254740992, which cannot be") },
  });
});

const PHASE = { name: "steady", from: 10, to: 20, quiet: false };

type Sample = readonly [number, number];

/** Times in seconds. */
function samples(...all: readonly Sample[]): Samples {
  return new Map(all.map(([time, value]) => [time * 1000, value]));
}

it("samples come in the order of time, whichever series comes first, and add up at one time", () => {
  const of = (times: readonly number[], values: readonly number[]) => ({ labels: {}, times, values });
  expect([...samplesOf([of([3, 4], [30, 40]), of([1, 2, 3], [1, 2, 3])])]).toEqual([
    [1000, 1],
    [2000, 2],
    [3000, 33],
    [4000, 40],
  ]);
});

it.each([
  [0, []],
  [Number.MAX_SAFE_INTEGER, []],
  [-0.001, ["used has the value -0.001, which cannot be"]],
  [2 ** 53, ["used has the value 9007199254740992, which cannot be"]],
  [Number.NaN, ["used has the value NaN, which cannot be"]],
])("%d among the samples: %j", (value, texts) => {
  expect(faultsOf(samples([1, 5], [2, value]), "used").map(({ text }) => text)).toEqual(texts);
});

describe("a gauge's samples", () => {
  const source = { metric: "bytes", measure: "RSS" };

  it("are those inside the phase, with its edges", () => {
    const all = samples([9.999, 1], [10, 2], [15, Number.NaN], [16, 3], [20, 4], [20.001, 5]);
    expect(sampledGauge(all, source, PHASE)).toEqual({ ...source, times: [10, 16, 20], values: [2, 3, 4] });
  });

  it("are nothing where none lies inside", () => {
    expect(sampledGauge(samples([9.999, 1], [20.001, 5]), source, PHASE)).toBeNull();
  });
});

describe("a mark", () => {
  const source = { metric: "peak_bytes", measure: "RSS", comparable: true } as const;
  const marked = (...all: readonly Sample[]) => highWater(samples(...all), source, PHASE);

  it("is the highest inside the phase, with its edges, and in the first sample at or after its end", () => {
    const at = { ...source, atStart: 4, beforeEnd: 6, atEnd: 6 };
    expect(marked([9.999, 9], [10, 4], [15, 6], [20, 5], [20.001, 9])).toEqual(at);
    expect(marked([10, 4], [15, 5], [20, 6], [21, 9])).toEqual(at);
    expect(marked([10, 4], [19.999, 6], [20.5, 7], [21, 9])).toEqual({ ...at, atEnd: 7 });
    expect(marked([10.001, 4], [19.999, 6])).toEqual({ ...at, atEnd: null });
  });

  it("that was seen after the phase only is none of its start", () => {
    expect(marked([30, 5])).toEqual({ ...source, atStart: null, beforeEnd: null, atEnd: 5 });
  });

  it("is none without samples", () => {
    expect(marked()).toBeNull();
  });
});

type Between = ReturnType<Clock["between"]>;

/** What is known from one bound to the next; of one bound alone, that it is the same process. */
function watched(kinds: readonly Between[], born = false): readonly [Clock, Reach] {
  const bounds = [10, ...kinds.map((_, index) => 11 + index)].map((time) => time * 1000);
  const clock: Clock = {
    job: "api",
    instance: "a:1",
    labels: {},
    kind: "up",
    times: bounds,
    successes: bounds,
    spacing: 1000,
    startAt: () => null,
    between: (from, to) => (from === to ? "unchanged" : (kinds[bounds.indexOf(from)] ?? "unknown")),
    startsUnread: false,
    ambiguous: false,
  };
  return [clock, { bounds, born, beforeBound: null, afterBound: null, coverage: 1, troubles: [] }];
}

const RESET = { kind: "reset", at: 12, metric: "used" };
const RESTART = { kind: "restart", at: 12 };

describe("a counter", () => {
  const steady = samples([10, 5], [11, 6], [12, 6], [13, 7]);
  const fallen = samples([10, 5], [11, 6], [12, 5], [13, 7]);
  const gone = samples([10, 5], [11, 6]);

  it.each<[string, Samples, Between, readonly object[]]>([
    ["stands or grows", steady, "unchanged", []],
    ["falls in one process", fallen, "unchanged", [RESET]],
    ["falls in nobody knows which process", fallen, "unknown", [RESET]],
    ["falls with a restart, which is told once", fallen, "changed", [RESTART]],
    ["grows through a restart", steady, "changed", [RESTART]],
    ["goes away", gone, "unchanged", [RESET]],
    ["comes late", samples([12, 1], [13, 2]), "unchanged", []],
  ])("that %s", (_, all, kind, troubles) => {
    expect(resetsOf(all, ...watched(["unchanged", kind, "unchanged"]), "used")).toEqual(troubles);
  });

  it.each<[string, Samples, Between, readonly object[]]>([
    ["stands or grows", steady, "unchanged", []],
    ["falls in one process, as the kernel rounds", fallen, "unchanged", []],
    ["falls in nobody knows which process", fallen, "unknown", [RESET]],
    ["grows through a restart", steady, "changed", [RESTART]],
    ["goes away", gone, "unchanged", [RESET]],
  ])("of the most there was, a mark, that %s", (_, all, kind, troubles) => {
    expect(markResetsOf(all, ...watched(["unchanged", kind, "unchanged"]), "used")).toEqual(troubles);
  });

  it.each<[string, Samples, Between, readonly number[]]>([
    ["what it grew by", steady, "unchanged", [1, 0, 1]],
    ["all that it shows after a fall", fallen, "unknown", [1, 5, 2]],
    ["all that it shows after a restart, though it be more than before", steady, "changed", [1, 6, 1]],
  ])("counts %s", (_, all, kind, used) => {
    const course = cpuCourse(all, ...watched(["unchanged", kind, "unchanged"]), "used");
    expect(course).toEqual({ metric: "used", times: [10, 11, 12, 13], used });
  });

  it("counts from 0 where its process was born, were it at the very scrape", () => {
    const all = samples([10, 3], [11, 5], [12, 6]);
    const used = (born: boolean) => cpuCourse(all, ...watched(["unchanged", "unchanged"], born), "used")?.used;
    expect(used(true)).toEqual([5, 1]);
    expect(used(false)).toEqual([2, 1]);
  });

  it("is nothing where no sample is the scrapes', or one is no number", () => {
    const [clock, reach] = watched(["unchanged"]);
    expect(cpuCourse(samples([9, 1], [10.5, 2]), clock, reach, "used")).toBeNull();
    expect(cpuCourse(samples([10, 1], [11, Number.NaN]), clock, reach, "used")).toBeNull();
  });
});

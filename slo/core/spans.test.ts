import { describe, expect, it } from "vitest";
import type { CounterEvidence, Course, Trouble } from "./evidence.ts";
import type { Phase } from "./run.ts";
import { blocksCounters, coverageOf, reachedSpan, sidesOf } from "./spans.ts";

const PHASE: Phase = { name: "steady", from: 10, to: 20, quiet: true };

/** One request in each interval between these times, each tenth of them bad. */
function course(times: readonly number[], change: Partial<Course> = {}): Course {
  const total = times.slice(1).map(() => 10);
  const known = { before: "still", after: "still", coverage: 1, troubles: [], scrapeInterval: 1 } as const;
  return { job: "api", instance: "a:1", times, total, columns: [total.map(() => 1)], ...known, ...change };
}

function evidence(...targets: readonly Course[]): CounterEvidence {
  const counted = { kind: "ratio", part: "bad", total: "all" } as const;
  return { counted, phase: "steady", queries: [], failure: null, series: 1, missing: [], faults: [], targets };
}

const ACROSS = [8, 12, 16, 22];
const outer = { total: 30, columns: [3] };
const inner = { total: 10, columns: [1] };

describe("what a phase counted", () => {
  it("is exact where every target stood still on both sides", () => {
    expect(sidesOf(evidence(course(ACROSS)), PHASE, [PHASE])).toEqual({ outer, inner: outer, exact: true });
    const two = { total: 60, columns: [6] };
    expect(sidesOf(evidence(course(ACROSS), course(ACROSS)), PHASE, [PHASE])).toEqual({
      outer: two,
      inner: two,
      exact: true,
    });
  });

  it.each([
    ["one of them moved before it", { before: "moved" }],
    ["one of them moved after it", { after: "moved" }],
    ["nobody saw one of them before it", { before: "unknown" }],
    ["nobody saw one of them after it", { after: "unknown" }],
  ] as const)("lies between two counts where %s", (_, change) => {
    expect(sidesOf(evidence(course(ACROSS), course(ACROSS, change)), PHASE, [PHASE])).toEqual({
      outer: { total: 60, columns: [6] },
      inner: { total: 20, columns: [2] },
      exact: false,
    });
  });

  it("lies between two counts where nobody paused", () => {
    const window = { ...PHASE, quiet: false };
    expect(sidesOf(evidence(course(ACROSS)), window, [window])).toEqual({ outer, inner, exact: false });
  });

  it.each([
    ["begins within its last interval", { from: 21.9, to: 40 }, false],
    ["begins where that ends", { from: 22, to: 40 }, true],
    ["ends within its first interval", { from: 0, to: 8.1 }, false],
    ["ends where that begins", { from: 0, to: 8 }, true],
    ["is long over", { from: 0, to: 1 }, true],
    ["is yet to come", { from: 30, to: 40 }, true],
  ])("is exact or not where another phase %s", (_, span, exact) => {
    const other: Phase = { name: "other", quiet: true, ...span };
    expect(sidesOf(evidence(course(ACROSS)), PHASE, [other, PHASE]).exact).toBe(exact);
  });

  it("reaches no further than itself where a target has no sample", () => {
    const other: Phase = { name: "other", quiet: true, from: 20, to: 40 };
    expect(sidesOf(evidence(course([])), PHASE, [PHASE, other]).exact).toBe(true);
  });

  it("has the intervals that begin and end at its edges within it, to half a millisecond", () => {
    const window = { ...PHASE, quiet: false };
    const innerOf = (times: readonly number[]) => sidesOf(evidence(course(times)), window, [window]).inner.total;
    expect(innerOf([9, 10, 15, 20, 21])).toBe(20);
    expect(innerOf([9, 9.9996, 15, 20.0004, 21])).toBe(20);
    expect(innerOf([9, 9.9994, 15, 20.0006, 21])).toBe(0);
    expect(innerOf([9, 10.0004, 15, 19.9996, 21])).toBe(20);
  });
});

it("coverage is that of the target that is covered least", () => {
  expect([coverageOf([]), coverageOf([{ coverage: 0.9 }, { coverage: 0.4 }])]).toEqual([0, 0.4]);
});

it("what was reached goes from the first sample of all to the last", () => {
  expect(reachedSpan([course([5, 12, 30]), course([]), course([3, 9, 20])])).toEqual({ from: 3, to: 30 });
  expect(reachedSpan([course([])])).toBeNull();
});

it.each<[boolean, Trouble]>([
  [false, { kind: "gap", from: 12, to: 17, atEdge: false, process: "unchanged" }],
  [true, { kind: "gap", from: 12, to: 17, atEdge: true, process: "unchanged" }],
  [true, { kind: "gap", from: 12, to: 17, atEdge: false, process: "unknown" }],
  [true, { kind: "gap", from: 12, to: 17, atEdge: false, process: "changed" }],
  [true, { kind: "down", from: 12, to: 17 }],
  [true, { kind: "restart", at: 12 }],
  [true, { kind: "own-clock" }],
])("blocks counters: %s, %j", (blocks, trouble) => {
  expect(blocksCounters(trouble)).toBe(blocks);
});

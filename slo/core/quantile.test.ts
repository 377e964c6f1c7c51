import { describe, expect, it } from "vitest";
import type { CounterEvidence } from "./evidence.ts";
import { edgesAround, edgesOf, quantileOf } from "./quantile.ts";
import type { Sums } from "./spans.ts";

function edgesAt(edges: readonly number[], uniform = true) {
  const counted = { kind: "latency", histogram: "x", form: "classic", edges, uniform } as const;
  const nothing = { phase: "steady", queries: [], failure: null, series: 1, missing: [], faults: [], targets: [] };
  const found = edgesOf({ ...nothing, counted } satisfies CounterEvidence);
  if (found === null) throw new Error("no edges");
  return found;
}

/** Requests that took at most each edge, and all of them. */
const sums = (total: number, ...columns: readonly number[]): Sums => ({ total, columns });
const exactly = (all: Sums) => ({ outer: all, inner: all, exact: true });

describe("a quantile by nearest rank", () => {
  it.each<[string, readonly number[], Sums, number, readonly (number | null)[]]>([
    ["above the second edge", [0.1, 0.3, 1], sums(100, 50, 98, 100), 99, [0.65, 0.3, 1]],
    ["at the second edge", [0.1, 0.3, 1], sums(100, 50, 98, 100), 98, [0.3, 0.1, 0.3]],
    ["in the first bucket", [0.1, 0.3, 1], sums(100, 50, 98, 100), 50, [0.1, 0, 0.1]],
    ["above the last edge", [0.1, 0.3, 1], sums(100, 0, 0, 90), 99, [null, 1, null]],
    ["below zero", [-1, 1], sums(100, 100, 100), 50, [-1, -1, -1]],
    ["of one request", [0.1, 0.3], sums(1, 0, 1), 1, [0.3, 0.1, 0.3]],
    ["of none", [0.1, 0.3], sums(0, 0, 0), 99, [null, 0.3, null]],
    ["of a rank that floats carry over its whole number", [0.1, 0.3], sums(1000, 999, 1000), 99.9, [0.1, 0, 0.1]],
    ["without an edge", [], sums(100), 99, [null, 0, null]],
  ])("%s", (_, edges, all, percentile, [value, lower, upper]) => {
    const found = quantileOf(exactly(all), edgesAt(edges), percentile);
    expect(found).toMatchObject({ lower, upper, unit: "s" });
    expect(found.value ?? -9).toBeCloseTo(value ?? -9, 12);
  });

  it.each([
    [95, 0.26, 0.1, 0.3],
    [80, 0.14, 0, 0.3],
    [60, 0.08, 0, 0.1],
  ])("lies wherever the edges' requests leave it: p%d", (percentile, value, lower, upper) => {
    const sides = { outer: sums(200, 150, 200), inner: sums(100, 90, 100), exact: false };
    const found = quantileOf(sides, edgesAt([0.1, 0.3]), percentile);
    expect(found).toMatchObject({ lower, upper });
    expect(found.value).toBeCloseTo(value, 12);
  });

  it.each([
    [45, 0, 0.1],
    [55, 0, 0.3],
    [65, 0.1, 0.3],
  ])("lies wherever unlike buckets leave it: p%d", (percentile, lower, upper) => {
    const all = exactly(sums(100, 50, 100, 60, 100));
    expect(quantileOf(all, edgesAt([0.1, 0.3], false), percentile)).toMatchObject({ lower, upper });
  });
});

describe("edges around a limit", () => {
  it.each([
    [0.3, 1, 1],
    [0.1 + 0.2, 1, 1],
    [0.2, 0, 1],
    [0.05, -1, 0],
    [2, 2, 3],
  ])("%s", (limit, below, above) => {
    expect(edgesAround([0.1, 0.3, 1], limit)).toEqual({ below, above });
  });

  it("are none without one", () => expect(edgesAround([], 1)).toEqual({ below: -1, above: 0 }));

  it("hold none below the first, and all above the last", () => {
    const { least, most } = edgesAt([0.1, 0.3], false);
    const all = sums(100, 50, 70, 60, 80);
    expect([-1, 0, 1, 2].map((index) => [least(all, index), most(all, index)])).toEqual([
      [0, 0],
      [50, 60],
      [70, 80],
      [100, 100],
    ]);
  });
});

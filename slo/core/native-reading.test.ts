import { describe, expect, it } from "vitest";
import type { Clock } from "./clock.ts";
import type { RawSeries } from "./fetched.ts";
import { clockAt, reached } from "./fixtures/reached.ts";
import { readNativeGroup } from "./native.ts";
import type { NativeBucket } from "./native-sample.ts";

const CLOCK = clockAt(1000, 2000, 3000, 4000, 5000);
const REACH = reached([2000, 3000, 4000]);

const bucket = (lower: number, upper: number, closed = false): NativeBucket => ({ lower, upper, closed });
const FINE = [bucket(0.1, 0.3), bucket(0.3, 1)];
const COARSE = [bucket(0.1, 1)];
const held = (layout: readonly NativeBucket[], ...counts: readonly number[]) => ({ layout, counts });

/** A sample a second from the first on; its count is that of its buckets, if not told otherwise. */
function series(first: number, histograms: RawSeries["histograms"] = [], counted?: readonly number[]): RawSeries {
  const sums = histograms.map(({ counts }) => counts.reduce((sum, count) => sum + count, 0));
  return {
    labels: { __name__: "seconds", job: "api", instance: "a:1" },
    times: histograms.map((_, index) => first + index),
    values: counted ?? sums,
    histograms,
  };
}

const read = (...all: readonly RawSeries[]) => {
  const { edges, within, total, fault } = readNativeGroup(all, CLOCK, REACH);
  return { edges, within: within.map(({ deltas }) => deltas), total: total.deltas, fault };
};
const faultOf = (...all: readonly RawSeries[]) => read(...all).fault;
const good = series(2, [held(FINE, 5, 5), held(FINE, 6, 7), held(FINE, 6, 9)]);

describe("one label set of a native histogram", () => {
  it("is counted from the first bound on: what was there before is no traffic", () => {
    expect(read(good)).toEqual({
      edges: [0.1, 0.3, 1],
      within: [
        [0, 0],
        [1, 0],
        [3, 2],
      ],
      total: [3, 2],
      fault: null,
    });
  });

  it.each([
    ["before the phase", series(1, [held(COARSE, 10), held(FINE, 5, 5), held(FINE, 6, 7), held(FINE, 6, 9)])],
    ["after it", series(2, [held(FINE, 5, 5), held(FINE, 6, 7), held(FINE, 6, 9), held(COARSE, 20)])],
  ])("keeps its edges where its buckets were coarser %s", (_when, one) => {
    expect(read(one)).toEqual(read(good));
  });

  it("keeps but those of which every sample in the phase tells, in their order", () => {
    const lower = [bucket(0.05, 0.1), bucket(0.1, 1)];
    const { edges, within } = read(series(2, [held(COARSE, 10), held(FINE, 6, 7), held(lower, 1, 14)]));
    expect([edges, within]).toEqual([
      [0.05, 0.1, 1],
      [
        [0, 0],
        [0, 1],
        [3, 2],
      ],
    ]);
  });

  it("keeps them beside a series that ended before the phase, and one that began after it", () => {
    expect(read(good, series(1, [held(COARSE, 10)]), series(5, [held(COARSE, 10)]))).toEqual(read(good));
  });

  it("takes what a series told last before a point where there is no clock but its own times", () => {
    const own: Clock = { ...CLOCK, kind: "own" };
    const early = { ...good, times: [1.5, 2.5, 3.5] };
    const { within, total } = readNativeGroup([early], own, REACH);
    expect([...within, total].map(({ deltas }) => deltas)).toEqual([
      [0, 0],
      [1, 0],
      [3, 2],
      [3, 2],
    ]);
  });
});

describe("a native histogram is refused", () => {
  it.each([0.5, -1, Number.NaN, Number.POSITIVE_INFINITY])("where a bucket holds %d, which is no count", (odd) => {
    const text = `A bucket of seconds at a:1 holds ${odd}, which is no count`;
    const one = series(2, [held(FINE, 5, 5), held(FINE, 6, odd), held(FINE, 6, 9)], [10, 13, 15]);
    expect(faultOf(one)).toEqual({ code: "bad-value", text });
    expect(faultOf(good, one)).toEqual({ code: "bad-value", text });
  });

  it("where its buckets hold more than it counted", () => {
    const one = series(2, [held(FINE, 5, 5), held(FINE, 6, 7), held(FINE, 6, 9)], [10, 12, 15]);
    const text = "The buckets of seconds at a:1 hold 13, more than its count of 12";
    expect(faultOf(one)).toEqual({ code: "buckets-not-rising", text });
  });

  it("where a bucket fell while its count rose", () => {
    const one = series(2, [held(FINE, 5, 5), held(FINE, 20, 1), held(FINE, 20, 3)]);
    const text = "A bucket of seconds at a:1 fell while its count rose: it began anew, and what it had counted is lost";
    expect(faultOf(one)).toEqual({ code: "buckets-not-rising", text });
  });

  it("where two series of it have samples at one time, edge by edge", () => {
    const { within, total } = readNativeGroup([good, good], CLOCK, REACH);
    expect([...within, total].map(({ faults }) => faults.map(({ text }) => text))).toEqual([
      ["seconds at or below 0.1 has two samples at one time"],
      ["seconds at or below 0.3 has two samples at one time"],
      ["seconds at or below 1 has two samples at one time"],
      ["seconds has two samples at one time"],
    ]);
  });
});

describe("what is at or below an edge", () => {
  const layout = (buckets: readonly NativeBucket[], ...counts: readonly number[]) => {
    const zeros = counts.map(() => 0);
    const one = series(2, [held(buckets, ...zeros), held(buckets, ...counts), held(buckets, ...counts)]);
    const { edges, within } = read(one);
    return edges.map((edge, index) => [edge, within[index]?.[0]]);
  };

  it.each<[string, NativeBucket[], number[], [number, number][]]>([
    ["nothing was counted", [], [], []],
    [
      "an odd number of buckets with a hole",
      [bucket(0.1, 0.2), bucket(0.2, 0.4), bucket(0.8, 1.6)],
      [1, 2, 4],
      [
        [0.1, 0],
        [0.2, 1],
        [0.4, 3],
        [0.8, 3],
        [1.6, 7],
      ],
    ],
    [
      "the zero bucket, negative ones and what is beyond the last",
      [bucket(-2, -1, true), bucket(-0.1, 0.1, true), bucket(0.1, 1), bucket(1, Number.POSITIVE_INFINITY)],
      [1, 2, 4, 8],
      [
        [-1, 1],
        [0.1, 3],
        [1, 7],
      ],
    ],
    [
      "a zero bucket as wide as nothing",
      [bucket(0, 0, true), bucket(0.5, 1)],
      [3, 1],
      [
        [0, 3],
        [0.5, 3],
        [1, 4],
      ],
    ],
    [
      "custom buckets, the first of which has no end below",
      [bucket(Number.NEGATIVE_INFINITY, 0.1, true), bucket(0.1, 0.3), bucket(0.3, Number.POSITIVE_INFINITY)],
      [1, 2, 4],
      [
        [0.1, 1],
        [0.3, 3],
      ],
    ],
  ])("is told exactly: %s", (_what, buckets, counts, expected) => {
    expect(layout(buckets, ...counts)).toEqual(expected);
  });
});

import { describe, expect, it } from "vitest";
import type { RawSeries } from "./fetched.ts";
import { clockAt, reached } from "./fixtures/reached.ts";
import { readBuckets } from "./histogram.ts";
import type { NativeBucket } from "./native-sample.ts";

const CLOCK = clockAt(1000, 2000);
const REACH = reached([1000, 2000]);

/** A bucket that counted so many between the two scrapes, from 5 on. */
const classic = (le: string, count: number, code = "200"): RawSeries => ({
  labels: { __name__: "seconds_bucket", le, code },
  times: [1, 2],
  values: [5, 5 + count],
});

/** Buckets that counted so many between the two scrapes, the first of them from 5 on. */
function native(buckets: readonly NativeBucket[], counts: readonly number[], code = "200"): RawSeries {
  const first = 5;
  const sum = counts.reduce((all, count) => all + count, first);
  return {
    labels: { code, __name__: "seconds" },
    times: [1, 2],
    values: [first, sum],
    histograms: [
      { layout: buckets, counts: counts.map((_, index) => (index === 0 ? first : 0)) },
      { layout: buckets, counts: counts.map((count, index) => (index === 0 ? first + count : count)) },
    ],
  };
}
const bucket = (lower: number, upper: number): NativeBucket => ({ lower, upper, closed: false });
const EXPONENTIAL = [bucket(0.125, 0.25), bucket(0.25, 0.5), bucket(0.5, 1)];

function read(...series: readonly RawSeries[]) {
  const { groups, forms, faults } = readBuckets(series, CLOCK, REACH);
  return {
    groups: groups.map(({ edges, within, total }) => [edges, within.map(({ deltas }) => deltas[0]), total.deltas[0]]),
    forms,
    faults: faults.map(({ code, text }) => `${code}: ${text}`),
  };
}

describe("one label set as classic buckets and as a native histogram", () => {
  const all = [classic("0.3", 5), classic("+Inf", 7), classic("0.5", 6)];

  it("is one group with the edges of both, in their order", () => {
    expect(read(...all, native(EXPONENTIAL, [3, 3, 1]))).toEqual({
      groups: [[[0.125, 0.25, 0.3, 0.5, 1], [0, 3, 5, 6, 7], 7]],
      forms: ["both"],
      faults: [],
    });
  });

  it("is refused where the two do not rise together", () => {
    const odd = "buckets-not-rising: The buckets of seconds at a:1 do not rise from edge to edge";
    expect(read(...all, native(EXPONENTIAL, [6, 0, 1])).faults).toEqual([odd]);
  });

  it("is refused where either is at fault, and where they count differently", () => {
    const tilted = [classic("0.1", 6), ...all];
    expect(read(...tilted, native(EXPONENTIAL, [3, 3, 1])).faults).toContain(
      "buckets-not-rising: The buckets of seconds_bucket at a:1 do not rise from edge to edge",
    );
    const half = native(EXPONENTIAL, [3, 2.5, 1.5]);
    expect(read(...all, half).faults).toContain("bad-value: A bucket of seconds at a:1 holds 2.5, which is no count");
    const differing =
      "forms-differ: The classic buckets and the native histogram of seconds at a:1 do not count the same; scrape one of them only";
    expect(read(...all, native(EXPONENTIAL, [3, 3, 2]))).toEqual({ groups: [], forms: ["both"], faults: [differing] });
  });

  it("is read in the form that is there throughout", () => {
    const late = { ...native(EXPONENTIAL, [3, 3, 1]), times: [2], values: [12], histograms: [] };
    expect(read(...all, late)).toEqual({ groups: [[[0.3, 0.5], [5, 6], 7]], forms: ["classic"], faults: [] });
    const short = all.map((one) => ({ ...one, times: [2], values: one.values.slice(1) }));
    expect(read(...short, native(EXPONENTIAL, [3, 3, 1]))).toEqual({
      groups: [[[0.125, 0.25, 0.5, 1], [0, 3, 6, 7], 7]],
      forms: ["native"],
      faults: [],
    });
  });

  it("is read as the native one where the classic one has no bucket of all", () => {
    const { forms, faults } = read(classic("0.3", 5), native(EXPONENTIAL, [3, 3, 1]));
    expect([forms, faults]).toEqual([["native"], []]);
  });
});

describe("a native histogram alone", () => {
  it("is refused where two series of it have samples at one time", () => {
    const { faults } = read(native(EXPONENTIAL, [1, 2, 3]), native(EXPONENTIAL, [1, 2, 3]));
    expect(faults).toContain("duplicate-series: seconds at or below 0.25 has two samples at one time");
  });

  it("is refused where a bucket counts more than one that holds it", () => {
    const fell = native(EXPONENTIAL, [0, 0, 1]);
    const histograms = [
      { layout: EXPONENTIAL, counts: [5, 0, 0] },
      { layout: EXPONENTIAL, counts: [4, 1, 1] },
    ];
    expect(read({ ...fell, histograms }).faults).toEqual([
      "buckets-not-rising: A bucket of seconds at a:1 fell while its count rose: it began anew, and what it had counted is lost",
      "buckets-not-rising: The buckets of seconds at a:1 do not rise from edge to edge",
    ]);
  });
});

describe("several label sets", () => {
  it("are groups of their own, each in its form", () => {
    const one = [classic("0.3", 1), classic("+Inf", 2)];
    const other = [classic("0.3", 3, "500"), classic("+Inf", 4, "500")];
    expect(read(...one, ...other, native(EXPONENTIAL, [1, 2, 3], "404"))).toEqual({
      groups: [
        [[0.3], [1], 2],
        [[0.3], [3], 4],
        [[0.125, 0.25, 0.5, 1], [0, 1, 3, 6], 6],
      ],
      forms: ["classic", "classic", "native"],
      faults: [],
    });
  });
});

import { describe, expect, it } from "vitest";
import type { Clock } from "./clock.ts";
import { clockAt, reached } from "./fixtures/reached.ts";
import type { Reach } from "./reach.ts";
import { tally, whole } from "./tally.ts";
import { walkOf } from "./walk.ts";

const CLOCK = clockAt();
const REACH = reached([2000, 3000, 4000], { beforeBound: 1000, afterBound: 5000 });

/** A sample a second, from the first on. */
function of(values: readonly number[], first = 1, reach: Partial<Reach> = {}, clock: Partial<Clock> = {}) {
  const labels = { __name__: "requests_total" };
  const series = { labels, times: values.map((_, index) => first + index), values };
  return tally({ name: "requests_total", series: [series] }, { ...CLOCK, ...clock }, { ...REACH, ...reach });
}

describe("a sample as a count", () => {
  it.each([
    [0, 0],
    [7, 7],
    [7.000_000_4, 7],
    [6.999_999_6, 7],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  ])("%d is %d", (value, count) => {
    expect(whole(value)).toBe(count);
  });

  it.each([7.5, 7.000_01, 6.999_99, -1, -0.6, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 1e300])(
    "%d is none",
    (value) => {
      expect(whole(value)).toBeNull();
    },
  );
});

describe("what one counter counted", () => {
  it("is the difference of samples, in the phase and on both sides of it", () => {
    expect(of([10, 13, 20, 20, 21])).toEqual({
      deltas: [7, 0],
      before: 3,
      after: 1,
      resets: [],
      present: true,
      presentAfter: true,
      faults: [],
    });
  });

  it("loses no interval where there is no scrape before or after", () => {
    const alone = { beforeBound: null, afterBound: null };
    expect(walkOf(CLOCK, { ...REACH, ...alone }).points).toEqual([2000, 3000, 4000]);
    expect(of([10, 17, 17], 2, alone)).toMatchObject({ deltas: [7, 0], before: null, after: null });
    expect(of([10, 17, 17, 18], 2, { beforeBound: null })).toMatchObject({ deltas: [7, 0], before: null, after: 1 });
    expect(of([10, 13, 20, 20], 1, { afterBound: null })).toMatchObject({
      deltas: [7, 0],
      before: 3,
      after: null,
      presentAfter: false,
    });
    expect(of([5], 2, { ...alone, bounds: [2000] })).toMatchObject({ deltas: [], before: null, after: null });
  });

  it("is from 0 on for a process born in the phase, whatever stands at its birth", () => {
    const born = { born: true, beforeBound: null, afterBound: null };
    expect(of([5, 8, 9], 2, born).deltas).toEqual([8, 1]);
    expect(of([8, 9], 3, born).deltas).toEqual([8, 1]);
  });

  it("moved on either side of the phase where it fell, even to where it began", () => {
    expect(of([5, 0, 0, 0, 0])).toMatchObject({ before: 1, resets: [] });
    expect(of([5, 5, 5, 5, 1])).toMatchObject({ after: 2, resets: [] });
    expect(of([5, 5, 1, 1, 1])).toMatchObject({ deltas: [1, 0], resets: [0] });
  });

  it("is the new value after a restart, which is no reset", () => {
    const between: Clock["between"] = (from) => (from === 2000 ? "changed" : "unchanged");
    expect(of([5, 5, 9, 9, 9], 1, {}, { between })).toMatchObject({ deltas: [9, 0], resets: [] });
    expect(of([5, 5, 2, 2, 2], 1, {}, { between })).toMatchObject({ deltas: [2, 0], resets: [] });
  });

  it("is unknown before the first sample without a clock, else 0", () => {
    expect(of([7, 9], 3, {}, { kind: "own" })).toMatchObject({ deltas: [0, 2], resets: [] });
    expect(of([7, 9], 3)).toMatchObject({ deltas: [7, 2] });
  });

  it("is there where any sample is, and after the phase where the last one is", () => {
    expect(of([1, 2, 3, 3])).toMatchObject({ present: true, presentAfter: false });
    expect(of([])).toMatchObject({ present: false, presentAfter: false });
  });

  it("is a fault, named once, where a sample is no count or stands twice", () => {
    expect(of([1, Number.NaN, -1, 3]).faults).toEqual([
      { code: "bad-value", text: "requests_total has the value NaN, which is no count" },
    ]);
    const series = { labels: {}, times: [2, 3], values: [1, 1] };
    expect(tally({ name: "requests_total", series: [series, series] }, CLOCK, REACH).faults).toEqual([
      { code: "duplicate-series", text: "requests_total has two samples at one time" },
    ]);
  });
});

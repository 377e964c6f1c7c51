import { expect, it } from "vitest";
import { ownClock } from "./clock.ts";
import { readBuckets } from "./histogram.ts";
import { reachOf } from "./reach.ts";
import { onClock } from "./targets.ts";

const series = (times: readonly number[]) => ({ labels: {}, times, values: times.map(() => 1) });
const phase = (from: number, to: number) => ({ name: "steady", from, to, quiet: false });

it("samples after a clock's scrapes may be its own, samples between and before them may not", () => {
  expect(onClock([series([1, 5])], ownClock([series([])]))).toBe(true);
  expect(onClock([series([2, 4, 5])], ownClock([series([2, 4])]))).toBe(true);
  expect(onClock([series([3])], ownClock([series([2, 4])]))).toBe(false);
  expect(onClock([series([1, 2, 4])], ownClock([series([2, 4])]))).toBe(false);
});

it("a target that never was scraped has no part in a phase", () => {
  expect(reachOf(ownClock([series([])]), phase(10, 20))).toBeNull();
});

it("the last scrape of all may be the phase's last", () => {
  expect(reachOf(ownClock([series([9, 10, 15, 20])]), phase(10, 20))).toMatchObject({
    bounds: [10_000, 15_000, 20_000],
    beforeBound: 9000,
    afterBound: null,
  });
});

it("a bucket without an edge is a fault of its own", () => {
  const bucket = { ...series([10, 20]), labels: { __name__: "x_bucket" } };
  const clock = ownClock([bucket]);
  const reach = reachOf(clock, phase(10, 20));
  expect(reach && readBuckets([bucket], clock, reach)).toEqual({
    groups: [],
    forms: [],
    faults: [{ code: "bad-edge", text: 'A bucket has the edge le="", which is no number' }],
  });
});

import { expect, it } from "vitest";
import type { Course } from "./evidence.ts";
import { timelineOf } from "./timeline.ts";

function course(times: readonly number[]): Course {
  const total = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const known = { before: "still", after: "still", coverage: 1, troubles: [] } as const;
  return { job: "api", instance: "a:1", times, total, columns: [total], scrapeInterval: 1, ...known };
}

const seconds = (from: number, to: number, every: number) =>
  Array.from({ length: (to - from) / every + 1 }, (_, index) => from + index * every);

it("is cut into cells of a scrape interval, and of a block where a long phase was read in blocks", () => {
  expect(timelineOf([course(seconds(0, 60, 1))])).toMatchObject({ width: 1, cells: { length: 60 } });
  const soak = course([...seconds(0, 9, 1), ...seconds(60, 3540, 60), ...seconds(3591, 3600, 1)]);
  const { width, cells } = timelineOf([soak, course(soak.times.map((time) => time + 0.4))]);
  expect([width, cells.length]).toEqual([60, 60]);
  // Replicas' blocks that end at nearly the same time are of one cell: a burst that hits both is one.
  expect(cells.every(({ total }) => total >= 90 && total <= 150)).toBe(true);
});

it("is empty without samples, and one cell where no interval is known", () => {
  expect(timelineOf([])).toEqual({ width: 0, cells: [] });
  expect(timelineOf([{ ...course([0, 4]), scrapeInterval: null }])).toEqual({
    width: 4,
    cells: [{ total: 4, columns: [4] }],
  });
  expect(timelineOf([{ ...course([0, 4, 6]), scrapeInterval: null }]).width).toBe(6);
  expect(timelineOf([course([5])])).toEqual({ width: 1, cells: [{ total: 0, columns: [0] }] });
});

it("has cells as wide as the longest usual interval of any target", () => {
  const slow = { ...course([0, 5, 10]), scrapeInterval: 5 };
  expect(timelineOf([course(seconds(0, 10, 1)), slow])).toEqual({
    width: 5,
    cells: [
      { total: 10, columns: [10] },
      { total: 10, columns: [10] },
    ],
  });
});

it("takes the middle of unequal intervals for the usual one, and twice a scrape interval for one that was late", () => {
  const uneven = { ...course([0, 30, 31, 61, 91]), scrapeInterval: 2 };
  expect(timelineOf([uneven]).width).toBe(30);
  expect(timelineOf([{ ...course([0, 4, 8, 12]), scrapeInterval: 2 }]).width).toBe(2);
  expect(timelineOf([{ ...course([0, 4.1, 8.2, 12.3]), scrapeInterval: 2 }]).width).toBeCloseTo(4.1, 9);
});

it("takes the middle spacing in whatever order they come, and counts what is beyond the last cell in it", () => {
  expect(timelineOf([{ ...course([0, 1, 31, 32, 62, 92]), scrapeInterval: 2 }]).width).toBe(30);
  const { cells } = timelineOf([course([0, 1, 2, 2.2, 2.4])]);
  expect(cells.map(({ total }) => total.toFixed(1))).toEqual(["1.0", "1.4"]);
});

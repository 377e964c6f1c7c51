import { expect, it } from "vitest";
import type { Course } from "./evidence.ts";
import { timelineOf } from "./timeline.ts";

const course = (from: number, every: number, total: readonly number[], bad: readonly number[]): Course => ({
  job: "api",
  instance: `${from}`,
  times: [from, ...total.map((_, index) => from + (index + 1) * every)],
  total,
  columns: [bad],
  scrapeInterval: every,
  before: "still",
  after: "still",
  coverage: 1,
  troubles: [],
});

it("keeps one target's scrapes as they are", () => {
  expect(timelineOf([course(999.5, 1, [5, 6, 7], [1, 0, 2])])).toEqual({
    width: 1,
    cells: [
      { total: 5, columns: [1] },
      { total: 6, columns: [0] },
      { total: 7, columns: [2] },
    ],
  });
});

it("adds up what targets counted at about the same time, on the widest of their scrape intervals", () => {
  const slow = course(1000, 2, [10, 20], [1, 2]);
  const fast = course(1000.4, 1, [1, 2, 3, 4], [0, 0, 3, 0]);
  expect(timelineOf([slow, fast])).toEqual({
    width: 2,
    cells: [
      { total: 13, columns: [1] },
      { total: 27, columns: [5] },
    ],
  });
});

it("is empty without targets and one cell where the scrape interval is not known", () => {
  expect(timelineOf([])).toEqual({ width: 0, cells: [] });
  expect(timelineOf([{ ...course(0, 30, [9], [4]), scrapeInterval: null }])).toEqual({
    width: 30,
    cells: [{ total: 9, columns: [4] }],
  });
});

it("counts targets that have not all the same columns", () => {
  const without = { ...course(1000, 1, [1, 1], []), columns: [] };
  expect(timelineOf([without, course(1000, 1, [5, 5], [1, 2])]).cells).toEqual([
    { total: 6, columns: [1] },
    { total: 6, columns: [2] },
  ]);
});

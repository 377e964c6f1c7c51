import { expect, it } from "vitest";
import { ownClock } from "./clock.ts";
import { watchedOf } from "./watched.ts";

const clock = (...times: readonly number[]) => ownClock([{ labels: {}, times, values: times.map(() => 1) }]);

it("somebody was scraped between two moments, the first left out", () => {
  const { between } = watchedOf([clock(1, 2), clock(5)]);
  expect([between(0, 1000), between(1000, 1999), between(2000, 4999), between(2000, 5000)]).toEqual([
    true,
    false,
    false,
    true,
  ]);
  expect(between(5000, 9000)).toBe(false);
});

it("somebody was scraped all the time since a moment, be it one after the other", () => {
  const { since } = watchedOf([clock(1, 2, 3, 4), clock(3.5, 4.5, 5.5, 6.5), clock(8, 9)]);
  expect(since(6500)).toBe(1000);
  expect(since(6501)).toBe(6501);
  expect(since(8500)).toBe(8000);
  expect(since(9001)).toBe(9001);
  expect(since(500)).toBe(500);
});

it("scrapes beyond two and a half spacings do not follow upon each other", () => {
  expect(watchedOf([clock(1, 2, 3, 5.5)]).since(5500)).toBe(1000);
  expect(watchedOf([clock(1, 2, 3, 5.501)]).since(5501)).toBe(5501);
  expect(watchedOf([clock(1)]).since(1000)).toBe(1000);
});

it("stretches that only touch are one, and a longer one holds a shorter", () => {
  expect(watchedOf([clock(1, 2), clock(2, 3)]).since(3000)).toBe(1000);
  expect(watchedOf([clock(1, 2, 3, 4), clock(2, 3)]).since(4000)).toBe(1000);
});

it("of nobody nothing is known", () => {
  const { between, since } = watchedOf([]);
  expect([between(0, 9), since(5)]).toEqual([false, 5]);
});

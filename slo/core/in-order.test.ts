import { expect, it } from "vitest";
import { inOrder } from "./in-order.ts";

it("leaves a series alone whose samples are in order", () => {
  const series = { labels: {}, times: [1, 2, 2, 3], values: [4, 5, 5, 6] };
  expect(inOrder(series)).toBe(series);
});

it("puts samples into the order of time, with what belongs to each", () => {
  const series = { labels: { job: "api" }, times: [3, 1, 2], values: [30, 10, 20] };
  expect(inOrder(series)).toEqual({ labels: { job: "api" }, times: [1, 2, 3], values: [10, 20, 30] });
});

it("keeps each native histogram with its sample", () => {
  const [first, second] = [1, 2].map((count) => ({ layout: [], counts: [count] }));
  if (first === undefined || second === undefined) throw new Error("two samples");
  const series = { labels: {}, times: [2, 1], values: [2, 1], histograms: [second, first] };
  expect(inOrder(series).histograms).toEqual([first, second]);
});

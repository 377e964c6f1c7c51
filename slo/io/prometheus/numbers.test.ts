import { expect, it } from "vitest";
import { readAnswer } from "./answer.ts";
import { numbersOnly } from "./numbers.ts";

const vector = (sample: object) =>
  readAnswer({ data: { resultType: "vector", result: [{ metric: { job: "api" }, ...sample }] } });

it("takes numbers, and refuses a native histogram as a query's result", () => {
  const plain = vector({ value: [1, "2"] });
  const native = vector({ histogram: [1, { count: "3", sum: "1", buckets: [[0, "1", "2", "3"]] }] });
  if (plain.kind !== "answered" || native.kind !== "answered") throw new Error("unreadable");
  expect(numbersOnly(plain.answered.series)).toEqual([{ labels: { job: "api" }, times: [1], values: [2] }]);
  expect(() => numbersOnly(native.answered.series)).toThrow(
    "the result is a native histogram; let the query make a number of it (histogram_quantile, …)",
  );
});

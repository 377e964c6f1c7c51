import { expect, it } from "vitest";
import { parsePromql } from "./promql.ts";
import { regexProblem } from "./regex.ts";

it.each([
  ["a bracket in backticks", "m{a=`}`", 7, 1, "the PromQL ends too early", "add `}`"],
  ["a quote after a backslash", 'm{a="x\\"}"', 10, 1, "the PromQL ends too early", "add `}`"],
  ["nothing open", "a +", 3, 1, "the PromQL ends too early", "finish the expression"],
  [
    "a line that ends in a string",
    'm{a="x\ny"}',
    4,
    6,
    "this quote is never closed",
    'close it with " on the same line',
  ],
])("what is missing at the end is told: %s", (_what, text, offset, length, message, hint) => {
  expect(parsePromql(text, "any PromQL")).toMatchObject({
    syntax: { code: "promql-syntax", offset, length, message, hint },
  });
});

it("a regular expression that nests too deeply is refused, not crashed on", () => {
  expect(regexProblem(`${"(".repeat(100_000)}${")".repeat(100_000)}`)).toBe("expression nests too deeply");
});

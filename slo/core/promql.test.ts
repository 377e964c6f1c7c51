import { expect, it } from "vitest";
import { parsePromql } from "./promql.ts";
import { regexProblem } from "./regex.ts";

/** The place, the message and the hint; `ANY` where nothing better is known. */
const told = (text: string) => {
  const parsed = parsePromql(text, "ANY");
  const problem = parsed.kind === "problem" ? parsed.problem : parsed.syntax;
  return problem && [problem.offset, problem.length, problem.message, problem.hint];
};

it.each<[string, string, number, number, string, string]>([
  ["a bracket in backticks", "m{a=`}`", 7, 1, "the PromQL ends too early", "add `}`"],
  ["a quote after a backslash", 'm{a="x\\"}"', 10, 1, "the PromQL ends too early", "add `}`"],
  ["a backslash in backticks", "m{a=`x\\`", 8, 1, "the PromQL ends too early", "add `}`"],
  ["nothing open", "a +", 3, 1, "the PromQL ends too early", "finish the expression"],
  ["blanks after it", "a +  ", 3, 1, "the PromQL ends too early", "finish the expression"],
  ["a comment alone", "# x", 3, 1, "the PromQL ends too early", "finish the expression"],
  ["what was open is closed", 'sum(m{a="b"}) +', 15, 1, "the PromQL ends too early", "finish the expression"],
  ["one of several closed", 'rate(m{a="b"}[5m]) + sum(', 25, 1, "the PromQL ends too early", "add `)`"],
  ["the innermost first", 'sum(rate(m{a="b"', 16, 1, "the PromQL ends too early", "add `}))`"],
  [
    "a line that ends in a string",
    'm{a="x\ny"}',
    4,
    6,
    "this quote is never closed",
    'close it with " on the same line',
  ],
])("what is missing at the end is told: %s", (_what, text, offset, length, message, hint) => {
  expect(told(text)).toEqual([offset, length, message, hint]);
});

it.each<[string, number, number, string, string]>([
  ["x yy.z:w", 2, 6, "`yy.z:w`", "ANY"],
  ["x  )", 3, 1, "`)`", "ANY"],
  ["x y  ", 2, 1, "`y`", "ANY"],
  ["x 😀", 2, 2, "`😀`", "ANY"],
  ["x = 5", 2, 1, "`=`", "ANY"],
  ['x{a=="b"}', 4, 1, "`=`", "one `=` compares a label; `=~` matches a regular expression"],
  ["x{a=b.c}", 4, 3, "`b.c`", 'a label\'s value stands in quotes: "b.c"'],
  ["x{a=~ $b}", 6, 2, "`$b`", 'a label\'s value stands in quotes: "$b"'],
  ["x{a!~}", 5, 1, "`}`", 'a label\'s value stands in quotes: "value"'],
  ['x{a="b" c="d"}', 8, 1, "`c`", "label matchers are separated by commas"],
  ['x{a="b"} yy', 9, 2, "`yy`", "ANY"],
  ['x{a="b" $it}', 8, 3, "`$it`", "`$it` is not known: the only variable is `$phase`, in `query`"],
  ["rate(x[$window:])", 7, 8, "`$window:`", "`$window` is not known: the only variable is `$phase`, in `query`"],
  ["$foo + x", 0, 4, "`$foo`", "`$foo` is not known: the only variable is `$phase`, in `query`"],
  ["x $phase", 2, 6, "`$phase`", "`$phase` stands for a duration, in `query` alone"],
])("what does not belong there is told: %s", (text, offset, length, word, hint) => {
  expect(told(text)).toEqual([offset, length, `PromQL does not allow ${word} here`, hint]);
});

it.each([
  ["quantil(x)", 0, "quantil"],
  ["sum(rate2 (x))", 4, "rate2"],
  ["1 + f(y)", 4, "f"],
])("a function that PromQL has not: %s", (text, offset, name) => {
  const hint = "https://prometheus.io/docs/prometheus/latest/querying/functions lists them";
  expect(told(text)).toEqual([offset, name.length, `PromQL has no function \`${name}\``, hint]);
});

it("as long as is read, and one more", () => {
  expect(parsePromql("x".repeat(32_768), "ANY")).toMatchObject({ kind: "ok", syntax: undefined });
  expect(parsePromql("x".repeat(32_769), "ANY")).toEqual({
    kind: "problem",
    problem: {
      offset: 0,
      length: 32_769,
      code: "too-long",
      message: "this PromQL is 32769 characters long; at most 32768 are read",
      hint: "use a recording rule",
    },
  });
});

it("every problem has a code that stays", () => {
  expect(parsePromql(" ", "ANY")).toMatchObject({ problem: { code: "empty" } });
  for (const text of ['m{a="', "a +", "x y", "f(x)"])
    expect(parsePromql(text, "ANY")).toMatchObject({ syntax: { code: "promql-syntax" } });
});

it("a regular expression that nests too deeply is refused, not crashed on", () => {
  expect(regexProblem(`${"(".repeat(100_000)}${")".repeat(100_000)}`)).toBe("expression nests too deeply");
});

import { expect, test } from "vitest";
import { parseObjectives } from "./parse-objectives.ts";

/** The doubts about a ratio of these two selectors, in words. */
function doubts(part: string, total: string): readonly string[] {
  const text = `service: s\nobjectives:\n  - { name: a, ratio: { good: '${part}', total: '${total}', atLeast: 99% } }\n`;
  const parsed = parseObjectives(text, "o.yaml");
  if (parsed.kind !== "ok") throw new Error(`refused: ${parsed.problems[0]?.message}`);
  return parsed.warnings.map(({ message }) => message);
}

test.each([
  ["it is narrower", 'x{job="a",code="200"}', 'x{job="a"}'],
  ["it is a bucket of a histogram", 'x_bucket{le="0.3"}', "x_count"],
  ["it is a lower bucket", 'x_bucket{job="a",le="0.3"}', 'x_bucket{job="a",le="+Inf"}'],
  ["it is a lower bucket than a finite one", 'x_bucket{le="0.3"}', 'x_bucket{le="1"}'],
  ["the edge is spelt otherwise", 'x_bucket{le="1"}', 'x_bucket{le="1.0"}'],
  ["what they say of a label is no equality", 'x{job="a"}', 'x{job=~"a|b"}'],
  ["what the part excludes is all of the total", 'x{job!="a"}', 'x{job="b"}'],
])("a part is not doubted where %s", (_, part, total) => {
  expect(doubts(part, total)).toEqual([]);
});

test.each([
  ['x{job="a"}', 'x{job="b"}', 'the part has job="a" but the total job="b": it is no part of it'],
  ['x{code="200"}', 'x{code="500"}', 'the part has code="200" but the total code="500": it is no part of it'],
  ['x_bucket{le="1"}', 'x_bucket{le="0.3"}', 'the part has le="1" but the total le="0.3": it is no part of it'],
  ['x_bucket{le="slow"}', 'x_bucket{le="1"}', 'the part has le="slow" but the total le="1": it is no part of it'],
  ['x{job="a"}', 'x{job="a"}', "part and total are the same: the share is always 1"],
])("a part is doubted: %s of %s", (part, total, message) => {
  expect(doubts(part, total)).toEqual([message]);
});

/** The doubts about a ratio's limit, in words. */
function ofLimit(part: "bad" | "good", limit: string): readonly (readonly [string, string])[] {
  const text = `service: s\nobjectives:\n  - { name: a, ratio: { ${part}: 'x{a="b"}', total: x, ${limit} } }\n`;
  const parsed = parseObjectives(text, "o.yaml");
  if (parsed.kind !== "ok") throw new Error(`refused: ${parsed.problems[0]?.message}`);
  return parsed.warnings.map(({ message, hint }) => [message, hint]);
}

test.each([
  ["bad", "atMost: 5%"],
  ["bad", "atMost: 50%"],
  ["bad", "atMost: 0.05"],
  ["good", "atLeast: 0.5"],
  ["good", "atLeast: 99.9%"],
] as const)("what is %s, %s, is not doubted", (part, limit) => {
  expect(ofLimit(part, limit)).toEqual([]);
});

const ALL = [
  "no number of requests proves that none is ever bad",
  "allow a little, such as 0.1%, or say `confidence: observed`",
];
const NEVER = ["this limit can never be broken", "write a stricter one"];

test.each([
  // Ten per cent is rarely meant; 0.1% often.
  ["bad", "atMost: 0.1", ["`0.1` is a share of 10%", "if 0.1% is meant, write the per cent sign"]],
  ["bad", "atMost: 0.29", ["`0.29` is a share of 29%", "if 0.29% is meant, write the per cent sign"]],
  ["bad", "atMost: 0%", ALL],
  ["good", "atLeast: 100%", ALL],
  ["bad", "atMost: 100%", NEVER],
  ["good", "atLeast: 0", NEVER],
  ["bad", "atLeast: 1%", ["`atLeast` with `bad` asks for a bad service", "did you mean `atMost`?"]],
  ["good", "atMost: 1%", ["`atMost` with `good` asks for a bad service", "did you mean `atLeast`?"]],
] as const)("what is %s, %s, is doubted", (part, limit, doubt) => {
  expect(ofLimit(part, limit)).toEqual([doubt]);
});

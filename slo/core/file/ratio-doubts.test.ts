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
])("a part is not doubted where %s", (_, part, total) => {
  expect(doubts(part, total)).toEqual([]);
});

test.each([
  ['x{job="a"}', 'x{job="b"}', 'the part has job="a" but the total job="b": it is no part of it'],
  ['x_bucket{le="1"}', 'x_bucket{le="0.3"}', 'the part has le="1" but the total le="0.3": it is no part of it'],
  ['x_bucket{le="slow"}', 'x_bucket{le="1"}', 'the part has le="slow" but the total le="1": it is no part of it'],
  ['x{job="a"}', 'x{job="a"}', "part and total are the same: the share is always 1"],
])("a part is doubted: %s of %s", (part, total, message) => {
  expect(doubts(part, total)).toEqual([message]);
});

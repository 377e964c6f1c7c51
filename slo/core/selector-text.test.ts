import { expect, it } from "vitest";
import type { Matcher } from "./objective.ts";
import { anyOf, loosened, nativeOfCount, selectorText, targetMatchers, unitedMatchers } from "./selector-text.ts";

const is = (label: string, value: string): Matcher => ({ label, op: "=", value });

it("equal selectors have equal texts, whatever their order and however often a matcher stands there", () => {
  const one = selectorText({ metric: "m", matchers: [is("b", "2"), is("a", "1"), is("b", "2")] });
  expect(one).toBe('m{a="1",b="2"}');
  expect(selectorText({ metric: "m", matchers: [is("a", "1"), is("b", "2")] })).toBe(one);
});

it("what every target has are its job and its instance", () => {
  const matchers: Matcher[] = [is("job", "a"), is("code", "200"), { label: "instance", op: "!~", value: "b.*" }];
  expect(targetMatchers({ metric: "m", matchers })).toEqual([matchers[0], matchers[2]]);
});

it("values stand for themselves in a regular expression", () => {
  expect(anyOf("path", ["/a.b", "c|d+"])).toEqual({ label: "path", op: "=~", value: "/a\\.b|c\\|d\\+" });
});

it.each<[string, Matcher[][], Matcher[]]>([
  ["the values of a label that each names", [[is("job", "b")], [is("job", "a")]], [anyOf("job", ["a", "b"])]],
  ["what stands in each, as it is", [[is("job", "a"), is("x", "1")], [is("job", "a")]], [is("job", "a")]],
  ["nothing of a label that one does not name", [[is("job", "a")], []], []],
  ["nothing of a label that one excludes", [[is("job", "a")], [{ label: "job", op: "!=", value: "b" }]], []],
  ["nothing of no list at all", [], []],
  ["no more than all three of them name", [[is("x", "1")], [is("x", "1")], [is("y", "1")]], []],
  ["every edge, which is stored in one spelling of several", [[is("le", "1")], [is("le", "1")]], []],
  [
    "every edge, of several lists",
    [
      [is("le", "1"), is("job", "a")],
      [is("le", "2"), is("job", "a")],
    ],
    [is("job", "a")],
  ],
])("united, lists of matchers admit %s", (_what, lists, expected) => {
  expect(unitedMatchers(lists)).toEqual(expected);
});

it("a hundred values are named, more are not", () => {
  const lists = Array.from({ length: 101 }, (_, index) => [is("job", `j${index}`)]);
  expect(unitedMatchers(lists.slice(1))).toHaveLength(1);
  expect(unitedMatchers(lists)).toEqual([]);
});

it("a selector loosened keeps what the other has as well", () => {
  const other = { metric: "n", matchers: [is("job", "a"), is("code", "500")] };
  expect(loosened({ metric: "m", matchers: [is("code", "200"), is("job", "a")] }, other)).toEqual({
    metric: "m",
    matchers: [is("job", "a")],
  });
});

it.each([
  ["a_count", { metric: "a", matchers: [] }],
  ["_count", null],
  ["count", null],
  ["calls_total", null],
])("the native histogram that %s counts", (metric, expected) => {
  expect(nativeOfCount({ metric, matchers: [] })).toEqual(expected);
});

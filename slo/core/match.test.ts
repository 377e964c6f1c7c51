import { describe, expect, it } from "vitest";
import { parseEdge } from "./edge.ts";
import { knownLabelTest, labelTest } from "./match.ts";
import type { MatchOperator } from "./objective.ts";
import { loosened, selectorText, sharedMatchers } from "./selector-text.ts";

const matcher = (label: string, op: MatchOperator, value: string) => ({ label, op, value });

describe("an edge in a selector", () => {
  it.each([
    ["1", "1.0", true],
    ["1.0", "1", true],
    ["1e+06", "1000000", true],
    ["+Inf", "+Inf", true],
    ["1", "10", false],
    ["wide", "wide", true],
    ["wide", "1", false],
    ["", "0", false],
  ])('le="%s" against %s: %s', (wanted, value, matches) => {
    expect(labelTest([matcher("le", "=", wanted)])({ le: value })).toBe(matches);
    expect(labelTest([matcher("le", "!=", wanted)])({ le: value })).toBe(!matches);
  });

  it("is a number in no other label", () => {
    expect(labelTest([matcher("version", "=", "1")])({ version: "1.0" })).toBe(false);
  });
});

describe("matching as Prometheus does", () => {
  it.each<[MatchOperator, string, string | undefined, boolean]>([
    ["=", "500", "500", true],
    ["=", "500", "5000", false],
    ["=", "", undefined, true],
    ["!=", "500", undefined, true],
    ["=~", "5..", "500", true],
    ["=~", "5..", "1500", false],
    ["=~", "5..", "5000", false],
    ["=~", "a|b", "ab", false],
    ["=~", "a.c", "a\nc", true],
    ["=~", "(?i)get", "GET", true],
    ["=~", ".*", undefined, true],
    ["=~", ".+", undefined, false],
    ["!~", "5..", undefined, true],
    ["!~", "5..", "503", false],
  ])("%s %j on %j: %s", (op, value, actual, expected) => {
    const labels: Record<string, string> = actual === undefined ? {} : { code: actual };
    expect(labelTest([matcher("code", op, value)])(labels)).toBe(expected);
  });

  it("takes an unknown label for a match where asked to", () => {
    expect(knownLabelTest([matcher("code", "=", "500")])({})).toBe(true);
    expect(knownLabelTest([matcher("code", "=", "500")])({ code: "200" })).toBe(false);
  });
});

describe("selectors", () => {
  const a = matcher("a", "=", "1");
  const b = matcher("b", "=~", 'x"\\y');

  it("have one text, whatever their order", () => {
    expect(selectorText({ metric: "m", matchers: [b, a, a] })).toBe('m{a="1",b=~"x\\"\\\\y"}');
    expect(selectorText({ metric: "m", matchers: [] })).toBe("m");
  });

  it("share what stands in all of them", () => {
    expect(sharedMatchers([[a, b, a], [b, a], [a]])).toEqual([a]);
    expect(sharedMatchers([[a], [matcher("a", "=~", "1")]])).toEqual([]);
    expect(sharedMatchers([])).toEqual([]);
    expect(loosened({ metric: "m", matchers: [a, b] }, { metric: "n", matchers: [a] })).toEqual({
      metric: "m",
      matchers: [a],
    });
  });
});

describe("edges", () => {
  it.each([
    ["+Inf", Number.POSITIVE_INFINITY],
    ["1.0", 1],
    ["1e+06", 1e6],
    ["", Number.NaN],
    [undefined, Number.NaN],
    ["x", Number.NaN],
  ])("%s is %d", (text, edge) => expect(parseEdge(text)).toBe(edge));
});

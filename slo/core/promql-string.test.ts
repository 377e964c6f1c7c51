import { expect, it } from "vitest";
import { decodePromqlString, encodePromqlString } from "./promql-string.ts";

it.each([
  ["a byte above 255", "\\400"],
  ["a point above the last", "\\U00110000"],
  ["the first half of a surrogate pair", "\\ud800"],
  ["the last half of one", "\\udfff"],
])("%s is no escape", (_what, written) => {
  expect(decodePromqlString(`"${written}"`)).toEqual({
    kind: "problem",
    offset: 1,
    length: written.length,
    text: `PromQL knows no escape \`${written}\``,
  });
});

it.each([
  ["a point beyond the first plane", "\\U0001F600", "😀"],
  ["the last point", "\\U0010FFFF", "\u{10FFFF}"],
  ["the last point before the surrogates", "\\ud7ff", "\ud7ff"],
  ["the first one after them", "\\ue000", "\ue000"],
  ["a byte order mark, which is a part of the value", "\ufeffx", "\ufeffx"],
])("%s is one", (_what, written, value) => {
  expect(decodePromqlString(`"${written}"`)).toEqual({ kind: "ok", value });
});

it("bytes that are not UTF-8 are refused as a whole", () => {
  const text = "the escapes of this string do not make valid UTF-8";
  expect(decodePromqlString('"\\377"')).toEqual({ kind: "problem", offset: 0, length: 6, text });
});

it("a value is written so that every version of Prometheus reads it back", () => {
  expect(encodePromqlString('a\tb\rc\nd\0e\x7f"\\é')).toBe('"a\\tb\\rc\\nd\\u0000e\\u007f\\"\\\\é"');
});

import { expect, it } from "vitest";
import { decodePromqlString } from "./promql-string.ts";

it.each([
  ["a byte above 255", "\\400"],
  ["a point above the last", "\\U00110000"],
  ["half of a surrogate pair", "\\ud800"],
])("%s is no escape", (_what, written) => {
  expect(decodePromqlString(`"${written}"`)).toEqual({
    kind: "problem",
    offset: 1,
    length: written.length,
    text: `PromQL knows no escape \`${written}\``,
  });
});

it("a point beyond the first plane is one", () => {
  expect(decodePromqlString('"\\U0001F600"')).toEqual({ kind: "ok", value: "😀" });
});

import { expect, test } from "vitest";
import { parseObjectives } from "./parse-objectives.ts";

/** What the caret stands under, with its line, for a query written so. */
function marked(promql: string, lineEnd = "\n"): string {
  const text = `service: s\nobjectives:\n  - name: n\n    query:\n      promql: ${promql}\n      atMost: 1\n`;
  const source = text.replaceAll("\n", lineEnd);
  const parsed = parseObjectives(source, "o.yaml");
  if (parsed.kind === "ok") throw new Error("this is read");
  const [{ line, column, length } = { line: 0, column: 0, length: 0 }] = parsed.problems.map(({ place }) => place);
  const at =
    source
      .split("\n")
      .slice(0, line - 1)
      .join("\n").length + column;
  return `${line}: ${source.slice(at, at + length)}`.trimEnd();
}

test.each<[string, string, string]>([
  ["plain", "sum(ODD b)", "5: b"],
  ["single quotes", "'sum(ODD b)'", "5: b"],
  ["single quotes behind doubled ones", "'sum({a=\"''''\"} b)'", "5: b"],
  ["double quotes", '"sum(ODD b)"', "5: b"],
  ["double quotes behind escapes", String.raw`"sum({a=\"\x41\u0041\U00000041\"} b)"`, "5: b"],
  ["double quotes behind two UTF-16 units", String.raw`"sum({a=\"\U0001F600\U00010000\"} b)"`, "5: b"],
  ["double quotes behind the last character that is one", String.raw`"sum({a=\"\U0000FFFF\"} b)"`, "5: b"],
  ["an escape itself", String.raw`"sum(ODD \u0062)"`, String.raw`5: \u0062`],
  ["single quotes at their end", "'max_over_time(up[$phase]'", "5: '"],
  ["double quotes at their end", '"max_over_time(up[$phase]"', '5: "'],
  ["a block at its end", "|\n        max_over_time(\n        up[$phase]", "7:"],
  ["a block", "|\n        sum(\n        ODD b)", "7: b"],
  ["a block that is deeper in its second line", "|\n        sum(\n           ODD b)", "7: b"],
  ["a block behind empty lines", "|\n\n   \n        sum(ODD b)", "8: b"],
  ["a block with trailing blanks", "|\n        sum(  \n        ODD b)  ", "7: b"],
  ["a block that says its indentation", "|2\n            sum(\n           ODD b)", "7: b"],
  ["a block that says its indentation, behind an empty line", "|2\n\n            sum(\n           ODD b)", "8: b"],
])("%s", (_what, promql, expected) => {
  expect(marked(promql)).toBe(expected);
  expect(marked(promql, "\r\n")).toBe(expected);
});

test.each([
  ["folded, as a whole", ">\n        up", 15, 13],
  ["in single quotes", "'up'", 16, 2],
  ["in a block, as its text", "|\n        up", 9, 2],
])("a doubt about a query, %s", (_what, promql, column, length) => {
  const text = `service: s\nobjectives:\n  - name: n\n    query:\n      promql: ${promql}\n      atMost: 1\n`;
  expect(parseObjectives(text, "o.yaml")).toMatchObject({
    kind: "ok",
    warnings: [{ severity: "warning", code: "query-instant", place: { column, length } }],
  });
});

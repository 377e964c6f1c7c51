import { describe, expect, test } from "vitest";
import { parseObjectives } from "./parse-objectives.ts";
import { yamlComplaint } from "./yaml-messages.ts";

const REST = "objectives: [{ name: one, query: { promql: 'max_over_time(up[$phase])', atMost: 1 } }]\n";
const QUOTES = "put PromQL and other text with special characters in single quotes: 'metric{label=\"value\"}'";

/** Each problem as a place with its width, message and hint. */
function problems(text: string): readonly string[] {
  const parsed = parseObjectives(text, "o.yaml");
  const all = parsed.kind === "ok" ? parsed.warnings : parsed.problems;
  expect(all.map(({ severity, code }) => `${severity} ${code}`)).toEqual(all.map(() => "error yaml"));
  return all.map(
    ({ place: { line, column, length }, message, hint }) => `${line}:${column}+${length} ${message}; ${hint}`,
  );
}

describe("YAML that is wrong, in a user's words", () => {
  test.each<[string, string, readonly string[]]>([
    [
      "an escape that is none",
      `service: "\\q"\n${REST}`,
      ["1:11+1 double quotes know no such escape; use single quotes, which take backslashes as they are"],
    ],
    [
      "a second colon",
      `service: a: b\n${REST}`,
      [`1:10+1 a second \`: \` stands in one line; ${QUOTES}, or start a new line`],
    ],
    ["two anchors", `service: &a &b s\n${REST}`, ["1:13+2 a value has at most one anchor; remove the second `&name`"]],
    [
      "a key between two columns",
      "defaults:\n  phase: a\n gating: true\n",
      [
        "3:1+1 the indentation does not fit, or a bracket is not closed; give all keys of one mapping the same column, and close each `{` and `[`",
      ],
    ],
    [
      "an unknown directive",
      `%FOO bar\n---\nservice: s\n${REST}`,
      ["1:1+8 this directive means nothing here; remove the line that starts with `%`"],
    ],
    [
      "a directive alone",
      "%YAML 1.2\n",
      ["1:10+1 a line that starts with `%` needs a line `---` behind it; remove it: an objectives file needs neither"],
    ],
    [
      "a comment that touches what it is about",
      `service: 's'#x\n${REST}`,
      ["1:13+2 a comment stands behind a blank; write a blank before `#`, or put the text in quotes"],
    ],
    [
      "a block that begins with blanks",
      "service: s\nobjectives:\n  - name: one\n    query:\n      promql: |\n            \n        up\n      atMost: 1\n",
      ["7:9+1 the block begins with a line of more blanks than its text has; remove the blanks of its empty lines"],
    ],
    ["a list that is closed twice", "service: s\nobjectives: ]\n", [`2:13+1 YAML does not allow this here; ${QUOTES}`]],
    [
      "a key without a colon behind others",
      `service: s\n${REST}coverage\n`,
      ["3:1+8 this line is no `key: value`; write a colon and a space after the key"],
    ],
    ["a bare asterisk, in the parser's words", "service: *\n", [`1:10+1 alias cannot be an empty string; ${QUOTES}`]],
  ])("%s", (_what, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test.each<[string, string, string]>([
    [
      "a single quote at the end",
      "service: 's",
      "1:10+2 a single quote is never closed; close it with ' (a quote inside is written '')",
    ],
    [
      "a single quote in the last line",
      "service: 's\n",
      "1:10+3 a single quote is never closed; close it with ' (a quote inside is written '')",
    ],
    [
      "a single quote behind doubled ones",
      "service: 'it''s\n",
      "1:10+7 a single quote is never closed; close it with ' (a quote inside is written '')",
    ],
    [
      "a double quote, lines before the end",
      `service: "s\n${REST}`,
      '1:10+90 a double quote is never closed; close it with "',
    ],
    [
      "a double quote in a flow",
      'service: s\nobjectives: [{ name: "one }]\n',
      '2:22+8 a double quote is never closed; close it with "',
    ],
  ])("%s is shown where it opens", (_what, text, expected) => {
    expect(problems(text)[0]).toBe(expected);
  });
});

describe("of several mistakes", () => {
  test("all are told, in the file's order, until the parser has lost its way", () => {
    expect(problems("service: !x s\ncoverage: @80\nname: &a &b c\nobjectives: [\nlost: ]]\n")).toEqual([
      "1:10+2 tags (`!…`) mean nothing here; remove the tag",
      `2:11+1 text cannot start with this character; ${QUOTES}`,
      "3:10+2 a value has at most one anchor; remove the second `&name`",
      "5:1+1 a list is not closed; close it with `]`",
    ]);
    expect(problems("service: ]\ncoverage: ]\n")).toEqual([`1:10+1 YAML does not allow this here; ${QUOTES}`]);
  });

  test("of those after which the parser goes on, all", () => {
    const text = '%FOO\n---\nservice: "\\q"\ncoverage: *\n\tname: @x\nphase: !y z\ngating: &a &b c\nburst: `\n';
    expect(problems(text).map((one) => one.replace(/\+.*/, ""))).toEqual([
      "1:1",
      "3:11",
      "4:11",
      "5:1",
      "5:8",
      "6:8",
      "7:12",
      "8:8",
    ]);
  });

  test("twenty at most", () => {
    expect(problems("\ta: 1\n".repeat(30))).toHaveLength(20);
  });
});

test("what nests without end, by whatever the engine says of its stack", () => {
  expect(yamlComplaint("RESOURCE_EXHAUSTION", "Maximum call stack size exceeded")).toEqual({
    code: "yaml",
    message: "this is nested too deeply",
    hint: "an objectives file is four levels deep",
  });
});

test("what is not known, in the parser's words on one line", () => {
  expect(yamlComplaint("IMPOSSIBLE", `This is\n\n  ${"x".repeat(300)}`).message).toBe(`this is ${"x".repeat(189)}`);
});

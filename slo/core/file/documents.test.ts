import { describe, expect, test } from "vitest";
import { parseObjectives } from "./parse-objectives.ts";

const ONE = "{ name: one, query: { promql: 'max_over_time(up[$phase])', atMost: 1 } }";
const FILE = `service: s\nobjectives: [${ONE}]\n`;

/** Each problem as a place with its width, code, message and hint, doubts as such; of a file that is read, its objectives. */
function outcome(text: string): readonly string[] {
  const parsed = parseObjectives(text, "o.yaml");
  if (parsed.kind === "ok") return parsed.value.objectives.map(({ name, phase }) => `${name} in ${phase}`);
  return parsed.problems.map(
    ({ severity, code, place: { line, column, length }, message, hint }) =>
      `${line}:${column}+${length} ${severity === "error" ? "" : "doubt "}${code}: ${message}; ${hint}`,
  );
}

describe("documents", () => {
  test.each<[string, string]>([
    ["with a start", `---\n${FILE}`],
    ["with an end", `${FILE}...\n`],
    ["behind empty ones", `---\n--- ~\n---\n# nothing\n---\n${FILE}`],
    ["before an empty one", `${FILE}---\n`],
    ["with a byte order mark", `\uFEFF${FILE}`],
  ])("one, %s, is read", (_what, text) => {
    expect(outcome(text)).toEqual(["one in steady"]);
  });

  test.each<[string, string, string]>([
    ["at its start", `${FILE}---\n${FILE}`, "3:1+3"],
    ["at its first character", `${FILE}...\n${FILE}`, "4:1+1"],
  ])("a second one is refused, %s", (_what, text, place) => {
    expect(outcome(text)).toEqual([
      `${place} yaml: a second document starts here; keep one document in a file: remove \`---\``,
    ]);
  });

  test("of a Kubernetes object, behind its start", () => {
    expect(outcome("---\napiVersion: v1\n")).toEqual([
      "1:1+1 other-format: this is a Kubernetes object, not an objectives file; an objectives file starts with `service` and `objectives`; of others only OpenSLO v1 is read",
    ]);
  });

  test.each(["", "# nothing\n", "---\n...\n"])("none at all: %j", (text) => {
    expect(outcome(text)).toEqual([
      "1:1+0 empty-file: the file declares nothing; start with `service: my-api` and a list of `objectives:`",
    ]);
  });

  test("two thousand are read, empty ones too, and of more is said that they are not", () => {
    expect(outcome(`${"---\n".repeat(1_999)}---\n${FILE}`)).toEqual(["one in steady"]);
    expect(outcome(`${"---\n".repeat(2_005)}---\n${FILE}`)).toEqual([
      "2001:1+3 too-large: the file has more than 2000 documents; split it, one file a service",
    ]);
  });
});

describe("text", () => {
  test("of 512 KiB is read, more is not", () => {
    const most = `${FILE}#${"x".repeat(512 * 1024 - FILE.length - 1)}`;
    expect(outcome(most)).toEqual(["one in steady"]);
    expect(outcome(`${most}x`)).toEqual([
      "1:1+0 too-large: the file is 512 KiB large; at most 512 KiB are read; split it, one file a service",
    ]);
  });

  test("that is no UTF-8 is shown where it begins", () => {
    expect(outcome("service: s\n# a\0b\0\n")).toEqual([
      "2:4+1 not-text: this is not UTF-8 text; save it as text in UTF-8",
    ]);
  });

  test("a byte order mark is none behind the file's start", () => {
    expect(outcome(FILE.replace("one", "o\uFEFFne"))).toEqual([expect.stringMatching(/^2:22\+4 bad-name: /)]);
  });
});

describe("anchors", () => {
  const item = (name: string, phase: string) =>
    `  - { name: ${name}, phase: ${phase}, query: { promql: 'max_over_time(up[$phase])', atMost: 1 } }\n`;
  const file = (...items: readonly string[]) => `service: s\nobjectives:\n${items.join("")}`;

  test("of one name: an alias stands for the nearest before it", () => {
    expect(outcome(file(item("a", "&p early"), item("b", "*p "), item("c", "&p late"), item("d", "*p ")))).toEqual([
      "a in early",
      "b in early",
      "c in late",
      "d in late",
    ]);
  });

  test.each<[string, string]>([
    ["behind the alias", file(item("a", "*p "), item("b", "&p late"))],
    ["in another document", `--- &p\n---\n${file(item("a", "*p "))}`],
  ])("%s are none", (_what, text) => {
    expect(outcome(text)).toEqual([
      expect.stringMatching(/\+2 unknown-anchor: no `&p` stands before this; put it in quotes if it is text$/),
    ]);
  });

  test("what several share by an alias is wrong once, and doubted once", () => {
    const text = file("  - { name: A, query: &q { promql: up, atMost: 1s } }\n", "  - { name: b, query: *q }\n");
    expect(outcome(text).map((one) => one.replace(/: .*/, ""))).toEqual([
      "3:13+1 bad-name",
      "3:36+2 doubt query-instant",
      "3:48+2 wrong-unit",
    ]);
  });

  test("an alias that repeats a whole objective repeats its name", () => {
    expect(outcome(`service: s\nobjectives: [&a ${ONE}, *a ]\n`)).toEqual([
      "2:25+3 same-name: a second objective is named `one`; the first is in line 2; give each objective its own name",
    ]);
  });
});

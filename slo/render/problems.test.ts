import { expect, test } from "vitest";
import type { Problem } from "../core/file/problem.ts";
import { type ProblemScreen, renderProblems } from "./problems.ts";

const problem = (column: number, length: number, change: Partial<Problem> = {}): Problem => ({
  severity: "error",
  code: "odd",
  place: { file: "o.yaml", line: 1, column, length },
  message: "this is odd",
  hint: "make it even",
  ...change,
});

const screen = (change: Partial<ProblemScreen>): ProblemScreen => ({
  width: 100,
  unicode: true,
  paint: (_tone, text) => text,
  ...change,
});

/** Source line and caret line. */
const frame = (source: string, column: number, length: number, change: Partial<ProblemScreen> = {}) =>
  renderProblems([problem(column, length)], source, screen(change))
    .split("\n")
    .slice(1, 3);

test("no problems, no text", () => {
  expect(renderProblems([], "a: 1\n")).toBe("");
});

test("a line longer than the screen is cut on both sides of the caret", () => {
  const [line, caret] = frame(`${"a".repeat(300)}ODD${"b".repeat(300)}`, 301, 3, { width: 47 });
  expect(line).toMatch(/^ 1 \| …a+ODDb+…$/);
  expect(line?.length).toBeLessThanOrEqual(47);
  expect(line?.slice(caret?.indexOf("^"))).toMatch(/^ODD/);
  expect(caret?.trim()).toBe("| ".concat(" ".repeat((caret?.indexOf("^") ?? 0) - 5), "^~~"));
});

test("a megabyte in one line is shown around the caret only", () => {
  const [line] = frame(`${"a".repeat(500_000)}ODD${"b".repeat(500_000)}`, 500_001, 3);
  expect(line).toMatch(/^ 1 \| …a+ODDb+…$/);
});

test.each([
  ["tabs", "\tx", 2, [" 1 |     x", "   |     ^"]],
  ["wide characters", "日本x", 3, [" 1 | 日本x", "   |     ^"]],
  ["combining characters", "e\u0301x", 3, [" 1 | e\u0301x", "   |  ^"]],
  ["emoji of several code points", "👩‍👩‍👧x", 9, [" 1 | 👩‍👩‍👧x", "   |   ^"]],
  ["control characters", "\u001b[2Jx", 5, [" 1 | ␛[2Jx", "   |     ^"]],
  ["the line's end", "ab", 3, [" 1 | ab", "   |   ^"]],
])("the caret stands under its character behind %s", (_what, source, column, expected) => {
  expect(frame(source, column, 1)).toEqual(expected);
});

test("a stretch over several lines is underlined to its first line's end", () => {
  expect(frame("ab: |\n  cd\n", 5, 8)).toEqual([" 1 | ab: |", "   |     ^"]);
});

test("a screen without UTF-8 gets ASCII, with the caret still in place", () => {
  const shown = renderProblems([problem(3, 1, { message: "µ ≤ 日" })], "日本x", screen({ unicode: false }));
  expect(shown.split("\n")).toEqual([
    "o.yaml:1:3: error: u <= ? [odd]",
    " 1 | ??x",
    "   |   ^",
    "   help: make it even",
    "",
  ]);
});

test("colours go by severity and add nothing else", () => {
  const paint: ProblemScreen["paint"] = (tone, text) => `<${tone}>${text}</>`;
  const shown = renderProblems([problem(1, 2, { severity: "warning" })], "ab", screen({ paint }));
  expect(shown).toContain("<unsure>warning:</> this is odd");
  expect(shown).toContain("<unsure>^~</>");
  expect(shown.replaceAll(/<[a-z]+>|<\/>/g, "")).toBe(renderProblems([problem(1, 2, { severity: "warning" })], "ab"));
});

test("what the file says cannot write to the terminal, in message, hint and file name", () => {
  const place = { file: "\u001b]0;x\u0007.yaml", line: 1, column: 1, length: 1 };
  const shown = renderProblems([problem(1, 1, { place, message: "a\nb\u202e", hint: "\u009b31m" })], "x");
  expect(shown.split("\n")[0]).toBe("␛]0;x␇.yaml:1:1: error: a␊b\uFFFD [odd]");
  expect(shown.split("\n")[3]).toBe("   help: \uFFFD31m");
});

test("at most fifty are shown, and how many more there are", () => {
  const shown = renderProblems(
    Array.from({ length: 53 }, () => problem(1, 1)),
    "x",
  );
  expect(shown.match(/error:/g)).toHaveLength(50);
  expect(shown).toMatch(/\nand 3 more\n$/);
});

test("an error is shown however many warnings stand before it", () => {
  const warnings = () => Array.from({ length: 60 }, () => problem(1, 1, { severity: "warning" }));
  const shown = renderProblems([...warnings(), problem(1, 1), ...warnings()], "x");
  expect(shown.match(/(?:warning|error):/g)).toEqual([...Array(49).fill("warning:"), "error:"]);
  expect(shown).toMatch(/\nand 71 more\n$/);
});

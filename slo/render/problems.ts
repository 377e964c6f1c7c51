import type { Problem } from "../core/file/problem.ts";
import { excerpt } from "./excerpt.ts";
import { visible } from "./visible.ts";

export type ProblemPart = "error" | "warning" | "place" | "gutter" | "caret" | "help";

/** Colours one part of the text; must add nothing that has a width. */
export type ProblemStyle = (part: ProblemPart, text: string) => string;

const plain: ProblemStyle = (_part, text) => text;

const ROOM = 100;
const LONGEST_TEXT = 400;
const MOST = 50;

/**
 * Problems of one file as compilers show them: place, what is wrong, the source line with a caret, what to do.
 * `source` is the file's text; ends with a line break, and is empty without problems.
 */
export function renderProblems(problems: readonly Problem[], source: string, style: ProblemStyle = plain): string {
  const lines = source.replace(/^\uFEFF/, "").split(/\r?\n/);
  const shown = problems.slice(0, MOST).map((problem) => renderProblem(problem, lines, style));
  const more = problems.length - shown.length;
  return [...shown, ...(more > 0 ? [`… and ${more} more\n`] : [])].join("\n");
}

function renderProblem(problem: Problem, lines: readonly string[], style: ProblemStyle): string {
  const { file, line, column, length } = problem.place;
  const number = String(line);
  const blank = " ".repeat(number.length);
  const { text, caretAt, caretWidth } = excerpt(lines[line - 1] ?? "", column, length, ROOM);
  const caret = `${" ".repeat(caretAt)}${style("caret", `^${"~".repeat(caretWidth - 1)}`)}`;
  const place = style("place", `${visible(file)}:${line}:${column}:`);
  return [
    `${place} ${style(problem.severity, `${problem.severity}:`)} ${clipped(problem.message)} [${problem.code}]`,
    `${style("gutter", ` ${number} |`)} ${text}`.trimEnd(),
    `${style("gutter", ` ${blank} |`)} ${caret}`,
    ` ${blank} ${style("help", "help:")} ${clipped(problem.hint)}`,
    "",
  ].join("\n");
}

function clipped(text: string): string {
  const short = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
  return visible(short);
}

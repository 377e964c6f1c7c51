import type { Problem, Severity } from "../core/file/problem.ts";
import type { Paint, Tone } from "./console.ts";
import { excerpt } from "./excerpt.ts";
import { toAscii } from "./text.ts";
import { visible } from "./visible.ts";

/** What the problems are shown on: its width in columns, whether it reads UTF-8, and its colours. */
export interface ProblemScreen {
  readonly width: number;
  readonly unicode: boolean;
  readonly paint: Paint;
}

const PLAIN: ProblemScreen = { width: 100, unicode: true, paint: (_tone, text) => text };

const TONES: Readonly<Record<Severity, Tone>> = { error: "bad", warning: "unsure" };
const LEAST_ROOM = 40;
const LONGEST_TEXT = 400;
const MOST = 50;

/**
 * Problems of one file as compilers show them: place, what is wrong, the source line with a caret, what to do.
 * `source` is the file's text; ends with a line break, and is empty without problems.
 */
export function renderProblems(problems: readonly Problem[], source: string, screen: ProblemScreen = PLAIN): string {
  const lines = source.replace(/^\uFEFF/, "").split(/\r?\n/);
  const show = (text: string) => (screen.unicode ? visible(text) : toAscii(visible(text)));
  const shown = mostOf(problems).map((problem) => renderProblem(problem, lines, show, screen));
  const more = problems.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more\n`] : [])].join("\n");
}

/** Where not all are shown, errors come before warnings; what is shown stays in order. */
function mostOf(problems: readonly Problem[]): readonly Problem[] {
  const rank = ({ severity }: Problem) => (severity === "error" ? 0 : 1);
  const most = new Set(problems.toSorted((a, b) => rank(a) - rank(b)).slice(0, MOST));
  return problems.filter((problem) => most.has(problem));
}

function renderProblem(
  { severity, code, place, message, hint }: Problem,
  lines: readonly string[],
  show: (text: string) => string,
  { width, paint }: ProblemScreen,
): string {
  const number = String(place.line);
  const blank = " ".repeat(number.length);
  const room = Math.max(LEAST_ROOM, width - number.length - 6);
  const { text, caretAt, caretWidth } = excerpt(lines[place.line - 1] ?? "", place.column, place.length, room, show);
  const tone = TONES[severity];
  const where = paint("strong", `${show(place.file)}:${place.line}:${place.column}:`);
  const caret = paint(tone, `^${"~".repeat(caretWidth - 1)}`);
  return [
    `${where} ${paint(tone, `${severity}:`)} ${show(clipped(message))} ${paint("quiet", `[${code}]`)}`,
    `${paint("quiet", ` ${number} |`)} ${text}`.trimEnd(),
    `${paint("quiet", ` ${blank} |`)} ${" ".repeat(caretAt)}${caret}`,
    ` ${blank} ${paint("strong", "help:")} ${show(clipped(hint))}`,
    "",
  ].join("\n");
}

const clipped = (text: string) => (text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text);

import type { Report, ReportedObjective, Verdict } from "../core/report.ts";
import { boundText, broken, countsText, limitText, MARKS, measuredText, VERDICT_TEXT } from "./phrases.ts";
import { because, grouped, nextStep, resourceOrigin, witnesses } from "./summary.ts";
import { length, oneLine, padEnd, toAscii, wrap } from "./text.ts";

/** What a piece of text is, for whoever colours it. */
export type Tone = "good" | "bad" | "unsure" | "quiet" | "strong";
export type Paint = (tone: Tone, text: string) => string;

export interface ConsoleOptions {
  /** Characters a line may have. */
  readonly width: number;
  /** False: nothing but ASCII. */
  readonly unicode: boolean;
  readonly paint: Paint;
  /** Where the report was written, or null. */
  readonly reportPath: string | null;
}

/** `show` comes before every measuring: a character may take more than one in ASCII. */
interface Context extends ConsoleOptions {
  readonly show: (text: string) => string;
}

const COLUMNS = ["objective", "limit", "measured", "bad of total", "share of bad"] as const;
const GAP = 2;
const INDENT = 6;
const LEAST_WIDTH = 40;

/** The report for a terminal: what passed first, what failed last with its why, then the verdict. Ends with a newline. */
export function renderConsole(report: Report, options: ConsoleOptions): string {
  const width = Math.max(LEAST_WIDTH, options.width);
  const context = { ...options, width, show: options.unicode ? (text: string) => text : toAscii };
  const { passed, advisory, open, failed } = grouped(report.objectives);
  const ordered = [...passed, ...advisory, ...open, ...failed];
  const sections = [
    headLines(report, context),
    objectiveLines(ordered, context),
    [
      ...validityLines(report, context),
      ...witnessLines(report, context),
      ...originLines(report, context),
      ...clockLines(report, context),
    ],
    verdictLines(report, context),
  ];
  const lines = sections
    .filter((section) => section.length > 0)
    .flatMap((section) => [...section, ""])
    .slice(0, -1);
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

function headLines(report: Report, context: Context): string[] {
  const { id, profile, from, to } = report.run;
  const parts = [
    report.service,
    ...(id === null ? [] : [`run ${id}`]),
    ...(profile === null ? [] : [`profile ${profile}`]),
  ];
  return wrapped(oneLine([...parts, spanText(from, to)].join(" · ")), 2, "quiet", context);
}

/** `2026-11-22 16:40:00 – 16:40:42 UTC`; the second day only where it is another. */
function spanText(from: string, to: string): string {
  const [start, end] = [from, to].map((time) => time.replace("T", " ").replace(/(\.\d+)?Z$/, ""));
  const sameDay = from.slice(0, 10) === to.slice(0, 10);
  return `${start} – ${sameDay ? end?.slice(11) : end} UTC`;
}

function objectiveLines(objectives: readonly ReportedObjective[], context: Context): string[] {
  const rows = objectives.map((objective) => ({ objective, cells: cellsOf(objective).map(context.show) }));
  const widths = COLUMNS.map((title, column) =>
    Math.max(length(title), ...rows.map(({ cells }) => length(cells[column] ?? ""))),
  );
  const fits = 4 + widths.reduce((sum, one) => sum + one + GAP, -GAP) <= context.width;
  const aligned = (cells: readonly string[]) =>
    cells.map((cell, column) => padEnd(cell, widths[column] ?? 0)).join(" ".repeat(GAP));
  const header = fits && rows.length > 0 ? [context.paint("quiet", `    ${aligned(COLUMNS).trimEnd()}`)] : [];
  const body = rows.flatMap(({ objective, cells }, index) => {
    const mark = context.paint(toneOf(objective.verdict), context.show(MARKS[objective.verdict]));
    const [name = "", ...rest] = cells;
    const row = fits ? [`  ${mark} ${aligned(cells)}`] : [`  ${mark} ${name}`, ...stacked(rest, context)];
    return [...row, ...whyLines(alike(objectives, index), objectives[index + 1], context)];
  });
  return [...header, ...body];
}

/** The objectives up to this one, without a break, that have its why: one cause is told once. */
function alike(objectives: readonly ReportedObjective[], index: number): readonly ReportedObjective[] {
  const last = objectives[index];
  const before = objectives.slice(0, index + 1);
  const first = before.findLastIndex((one) => last === undefined || !sameWhy(one, last)) + 1;
  return before.slice(first);
}

function sameWhy(one: ReportedObjective, other: ReportedObjective): boolean {
  return (
    one.verdict === other.verdict &&
    one.gating === other.gating &&
    one.phase === other.phase &&
    one.place.file === other.place.file &&
    one.reason.text === other.reason.text
  );
}

function cellsOf(objective: ReportedObjective): string[] {
  const name = `${oneLine(objective.name)}${objective.gating ? "" : " (advisory)"}`;
  return [name, limitText(objective), measuredText(objective), countsText(objective), boundText(objective)];
}

function stacked(cells: readonly string[], context: Context): string[] {
  const told = cells
    .map((cell, index) => `${COLUMNS[index + 1]} ${cell}`)
    .filter((cell) => !cell.endsWith(` ${context.show("–")}`));
  return wrapped(told.join(", "), INDENT, null, context);
}

function whyLines(
  group: readonly ReportedObjective[],
  following: ReportedObjective | undefined,
  context: Context,
): string[] {
  const last = group.at(-1);
  if (last === undefined || last.verdict === "pass") return [];
  if (following !== undefined && sameWhy(last, following)) return [];
  const lines = group.map(({ place }) => place.line).join(", ");
  const tone = last.gating ? toneOf(last.verdict) : "quiet";
  return [
    ...wrapped(oneLine(last.reason.text), INDENT, tone, context),
    ...wrapped(oneLine(`${last.place.file}:${lines}, phase ${last.phase}`), INDENT, "quiet", context),
  ];
}

function validityLines(report: Report, context: Context): string[] {
  const bad = broken(report.validity);
  const passed = report.validity.filter(({ verdict }) => verdict === "pass").length;
  if (bad.length > 0) {
    // Several checks often have one cause: it is told once.
    return [...Map.groupBy(bad, ({ text }) => text)].flatMap(([text, checks]) =>
      wrapped(oneLine(`! ${checks.map(({ check }) => check).join(", ")}: ${text}`), 2, "unsure", context),
    );
  }
  return passed === 0
    ? []
    : wrapped(`validity   ${passed === 1 ? "the one check passes" : `all ${passed} checks pass`}`, 2, "quiet", context);
}

function witnessLines({ reconciliation }: Report, context: Context): string[] {
  return reconciliation === null ? [] : wrapped(`witnesses  ${witnesses(reconciliation)}`, 2, "quiet", context);
}

function clockLines({ validity }: Report, context: Context): string[] {
  const clock = validity.find(({ check }) => check === "clock");
  return clock === undefined ? [] : wrapped(oneLine(`clock      ${clock.text}`), 2, "quiet", context);
}

function originLines(report: Report, context: Context): string[] {
  const origin = resourceOrigin(report);
  return origin === null ? [] : wrapped(`resources  ${origin}`, 2, "quiet", context);
}

/** One line, however wide: scripts and tired people read the last line. */
function verdictLines(report: Report, context: Context): string[] {
  const next = nextStep(report);
  const parts = [
    `${VERDICT_TEXT[report.verdict]}  ${because(report)}`,
    ...(context.reportPath === null ? [] : [`report: ${context.reportPath}`]),
    ...(next === null ? [] : [`next: ${next}`]),
  ];
  const tone = report.verdict === "invalid" ? "unsure" : toneOf(report.verdict);
  return [paintVerdict(context.show(parts.join(" · ")), tone, context.paint)];
}

function paintVerdict(text: string, tone: Tone, paint: Paint): string {
  const [word = "", ...rest] = text.split("  ");
  return [paint("strong", paint(tone, word)), ...rest].join("  ");
}

function wrapped(text: string, indent: number, tone: Tone | null, { width, paint, show }: Context): string[] {
  return wrap(show(text), width - indent).map(
    (line) => " ".repeat(indent) + (tone === null ? line : paint(tone, line)),
  );
}

function toneOf(verdict: Verdict): Tone {
  switch (verdict) {
    case "pass":
      return "good";
    case "fail":
      return "bad";
    case "inconclusive":
    case "no-data":
      return "unsure";
    default: {
      const never: never = verdict;
      return never;
    }
  }
}

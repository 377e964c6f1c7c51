import { formatAmount } from "../core/format.ts";
import type { Report, ReportedObjective, RunVerdict, ValidityCheck } from "../core/report.ts";
import { boundText, broken, countsText, limitText, MARKS, measuredText, VERDICT_TEXT } from "./phrases.ts";
import { because, grouped, nextStep, resourceOrigin, witnesses } from "./summary.ts";
import { oneLine } from "./text.ts";

const ICONS: Readonly<Record<RunVerdict, string>> = {
  pass: "✅",
  fail: "❌",
  inconclusive: "❔",
  "no-data": "⚪",
  invalid: "⚠️",
};

/** A comment may have 65,536 characters, and a job summary 1 MiB: this fits both, with room for what others add. */
export const MARKDOWN_LIMIT = 64_000;
/** Share of what the frame leaves that the table's rows may take; the whys get the rest. */
const ROWS = 0.6;
/** For what is said of what was cut. */
const SPARE = 600;

/**
 * For a job summary or a comment: the verdict, a table with what failed first, then the whys. At most
 * `MARKDOWN_LIMIT` characters: what does not fit is cut from the end, and that is said. Ends with a newline.
 */
export function renderMarkdown(report: Report): string {
  const { passed, advisory, open, failed } = grouped(report.objectives);
  const ordered = [...failed, ...open, ...passed, ...advisory];
  const next = nextStep(report);
  const head = [
    `### ${ICONS[report.verdict]} ${VERDICT_TEXT[report.verdict]}: ${escapeMarkdown(report.service)}`,
    escapeMarkdown(next === null ? because(report) : `${because(report)} · next: ${next}`),
  ];
  const last = footer(report);
  const checks = fitting(broken(report.validity).map(withdrawing), MARKDOWN_LIMIT / 4);
  const used = [...head, last, ...checks.kept].reduce((sum, block) => sum + block.length + 4, SPARE);
  const rows = fitting(ordered.map(rowOf), (MARKDOWN_LIMIT - used) * ROWS);
  const free = MARKDOWN_LIMIT - used - rows.length;
  const whys = fitting(ordered.filter(({ verdict }) => verdict !== "pass").map(why), free);
  const blocks = [
    ...head,
    ...(rows.kept.length === 0 ? [] : [[...TABLE_HEAD, ...rows.kept].join("\n")]),
    ...list(whys.kept),
    ...list(checks.kept),
    ...cut([
      [rows.left, "objective of the table", "objectives of the table"],
      [whys.left, "explanation", "explanations"],
      [checks.left, "check of the run", "checks of the run"],
    ]),
    last,
  ];
  return `${blocks.join("\n\n")}\n`;
}

interface Fitting {
  readonly kept: readonly string[];
  /** Characters, each with the break and the mark of a list's item. */
  readonly length: number;
  readonly left: number;
}

function fitting(lines: readonly string[], room: number): Fitting {
  const kept: string[] = [];
  let length = 0;
  for (const line of lines) {
    const own = line.length + 3;
    if (length + own > room) break;
    kept.push(line);
    length += own;
  }
  return { kept, length, left: lines.length - kept.length };
}

function cut(all: readonly (readonly [left: number, one: string, many: string])[]): readonly string[] {
  const said = all.flatMap(([left, one, many]) => (left === 0 ? [] : [formatAmount(left, one, many)]));
  return said.length === 0 ? [] : [`**Cut** to fit a comment: ${said.join(", ")}. The report has them all.`];
}

const TABLE_HEAD = [
  "| verdict | objective | limit | measured | bad of total | share of bad |",
  "| --- | --- | --- | --- | --- | --- |",
];

function rowOf(objective: ReportedObjective): string {
  const name = `${escapeMarkdown(objective.name)}${objective.gating ? "" : " *(advisory)*"}`;
  const cells = [limitText(objective), measuredText(objective), countsText(objective), boundText(objective)].map(
    escapeMarkdown,
  );
  return `| ${[`${MARKS[objective.verdict]} ${objective.verdict}`, name, ...cells].join(" | ")} |`;
}

function withdrawing({ check, text }: ValidityCheck): string {
  return `⚠️ **${escapeMarkdown(check)}**: ${escapeMarkdown(text)}`;
}

function why({ name, reason, place }: ReportedObjective): string {
  return `**${escapeMarkdown(name)}**: ${escapeMarkdown(reason.text)} (${escapeMarkdown(`${place.file}:${place.line}`)})`;
}

function list(items: readonly string[]): string[] {
  return items.length === 0 ? [] : [items.map((item) => `- ${item}`).join("\n")];
}

function footer(report: Report): string {
  const { run, reconciliation, validity } = report;
  const origin = resourceOrigin(report);
  const parts = [
    ...(run.id === null ? [] : [`run ${run.id}`]),
    ...(run.profile === null ? [] : [`profile ${run.profile}`]),
    `${run.from} – ${run.to}`,
    ...(reconciliation === null ? [] : [witnesses(reconciliation)]),
    ...(origin === null ? [] : [origin]),
    ...validity.flatMap(({ check, text }) => (check === "clock" ? [text] : [])),
  ];
  return `<sub>${escapeMarkdown(parts.join(" · "))}</sub>`;
}

/** Characters of one text: a name or a cause that fills the comment would hide all others. */
const LONGEST = 1500;

/** Text that Markdown and the page show as it is: no markup, no cell's end, no mention of anybody. */
function escapeMarkdown(text: string): string {
  return oneLine(text.length > LONGEST ? `${text.slice(0, LONGEST).toWellFormed()}…` : text)
    .replace(/[\\`*_{}[\]|#~]/g, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/@/g, "@\u200b");
}

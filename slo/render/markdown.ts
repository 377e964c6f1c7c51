import type { Report, ReportedObjective, RunVerdict } from "../core/report.ts";
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

/** For a job summary or a comment: the verdict, a table with what failed first, then the whys. Ends with a newline. */
export function renderMarkdown(report: Report): string {
  const { passed, advisory, open, failed } = grouped(report.objectives);
  const ordered = [...failed, ...open, ...passed, ...advisory];
  const next = nextStep(report);
  const blocks = [
    `### ${ICONS[report.verdict]} ${VERDICT_TEXT[report.verdict]}: ${escapeMarkdown(report.service)}`,
    escapeMarkdown(next === null ? because(report) : `${because(report)} · next: ${next}`),
    ...(ordered.length === 0 ? [] : [table(ordered)]),
    ...list(ordered.filter(({ verdict }) => verdict !== "pass").map(why)),
    ...list(
      broken(report.validity).map(({ check, text }) => `⚠️ **${escapeMarkdown(check)}**: ${escapeMarkdown(text)}`),
    ),
    footer(report),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function table(objectives: readonly ReportedObjective[]): string {
  const rows = objectives.map((objective) => {
    const name = `${escapeMarkdown(objective.name)}${objective.gating ? "" : " *(advisory)*"}`;
    const cells = [limitText(objective), measuredText(objective), countsText(objective), boundText(objective)].map(
      escapeMarkdown,
    );
    return `| ${[`${MARKS[objective.verdict]} ${objective.verdict}`, name, ...cells].join(" | ")} |`;
  });
  return [
    "| verdict | objective | limit | measured | bad of total | share of bad |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
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

/** Text that Markdown and the page show as it is: no markup, no cell's end, no mention of anybody. */
function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]|#~]/g, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/@/g, "@\u200b");
}

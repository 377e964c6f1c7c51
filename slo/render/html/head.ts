import { formatAmount, formatCount, formatDuration } from "../../core/format.ts";
import type { ReportedObjective } from "../../core/report.ts";
import { boundText, countsText, limitText, measuredText, VERDICT_TEXT } from "../phrases.ts";
import { because, nextStep, resourceOrigin } from "../summary.ts";
import type { Chosen } from "./budget.ts";
import { html, type Markup } from "./markup.ts";
import { badge } from "./objective.ts";
import type { Told } from "./told.ts";

/** The verdict, which stays in sight, and what it is of. */
export function headSection(told: Told): Markup {
  const { report } = told;
  const { verdict, service, run } = report;
  const next = nextStep(report);
  const parts = [
    ...(run.profile === null ? [] : [`profile ${run.profile}`]),
    `${run.from.slice(0, 10)} ${run.from.slice(11, 19)} UTC`,
    formatDuration(told.to - told.from),
    ...(run.id === null ? [] : [`run ${run.id}`]),
  ];
  return html`<header class="${verdict}"><h1><span class="verdict">${VERDICT_TEXT[verdict]}</span> <span class="service">${service}</span></h1><p>${because(report)}</p></header>
<section class="about" aria-label="About this run"><p>${parts.join(" · ")}</p>${next === null ? null : html`<p class="next">Next: ${next}</p>`}${failureOf(told)}${told.missing.map(
    (text) => html`<p class="left">${text}</p>`,
  )}</section>`;
}

function failureOf({ run }: Told): Markup | null {
  if (run === null || run.failure === null) return null;
  return html`<p class="next">The run did not go to its end: ${run.failure.text}</p>`;
}

export function verdictSection(rows: readonly Markup[], { report }: Told): Markup {
  if (rows.length === 0) return html`<section id="verdicts"><h2>Verdicts</h2><p>No objective was judged.</p></section>`;
  const heads = ["objective", "verdict", "limit", "measured", "bad of total", "share of bad", "phase"];
  const origin = resourceOrigin(report);
  return html`<section id="verdicts"><h2>Verdicts</h2><div class="scroll" tabindex="0" role="group" aria-label="Verdicts"><table class="verdicts"><thead><tr>${heads.map(
    (head) => html`<th scope="col">${head}</th>`,
  )}</tr></thead><tbody>${rows}</tbody></table></div><p class="note">Share of bad: where the true share lies, with each objective's confidence. A limit inside it is neither proven nor broken.${origin === null ? null : html` Resources: ${origin}.`}</p></section>`;
}

/** An objective's row in the table of verdicts, linked to its section where there is one. */
export function row(objective: ReportedObjective, id: string, linked: boolean): Markup {
  const { name, gating, verdict, phase } = objective;
  const cells = [limitText(objective), measuredText(objective), countsText(objective), boundText(objective), phase];
  const title = linked ? html`<a href="#${id}">${name}</a>` : name;
  return html`<tr class="${verdict}"><th scope="row">${title}${gating ? null : html` <small>advisory</small>`}</th><td>${badge(verdict)}</td>${cells.map(
    (cell) => html`<td>${cell}</td>`,
  )}</tr>\n`;
}

/** What was left out to keep the page small, and where it stands. */
export function leftSection({ rows, facts, pictures }: Chosen["left"], { report }: Told): Markup | null {
  if (rows.length + facts.length + pictures.length === 0) return null;
  const where = report.run.id === null ? "report.json has them all" : "report.json and evidence.json have them all";
  const lines = [
    ...told(rows, "is not in the table", "are not in the table"),
    ...told(facts, "has only its row", "have only their rows"),
    ...told(pictures, "has no charts here", "have no charts here"),
  ];
  return html`<section id="left-out" class="left"><h2>Left out</h2><p>To keep this page below 250 KiB:</p><ul>${lines.map(
    (line) => html`<li>${line}</li>`,
  )}</ul><p>${where}; <code>slo explain NAME</code> tells one objective's whole way.</p></section>`;
}

function told(left: readonly ReportedObjective[], one: string, many: string): readonly string[] {
  if (left.length === 0) return [];
  const count = (verdict: ReportedObjective["verdict"]) =>
    left.filter((objective) => objective.verdict === verdict).length;
  const kinds = (["fail", "inconclusive", "no-data", "pass"] as const)
    .filter((verdict) => count(verdict) > 0)
    .map((verdict) => `${formatCount(count(verdict))} ${VERDICT_TEXT[verdict].toLowerCase()}`);
  return [`${formatAmount(left.length, "objective")} ${left.length === 1 ? one : many} (${kinds.join(", ")}).`];
}

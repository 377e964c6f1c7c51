import type { CounterEvidence, QueryEvidence } from "../../core/evidence.ts";
import { formatDuration, formatLimit, formatShare, formatValue } from "../../core/format.ts";
import { meetsLimit } from "../../core/limit.ts";
import type { ReportedObjective } from "../../core/report.ts";
import { sidesOf } from "../../core/spans.ts";
import { evidenceOf } from "../evidence-of.ts";
import { boundText, countsText, limitText, MARKS, measuredText, VERDICT_TEXT } from "../phrases.ts";
import { courseChart } from "./course-chart.ts";
import { countedCourse } from "./courses.ts";
import { distribution } from "./distribution.ts";
import { html, type Markup, verbatim } from "./markup.ts";
import { proofBar } from "./proof-bar.ts";
import { resourceCourse } from "./resource-course.ts";
import { facts, table } from "./tables.ts";
import type { Told } from "./told.ts";

/** How much of an objective is told: beneath the table's row, its facts, or its pictures as well. */
export type Detail = "facts" | "pictures";

export function objectiveSection(objective: ReportedObjective, id: string, detail: Detail, told: Told): Markup {
  const { name, verdict, gating, reason } = objective;
  return html`<section class="objective ${verdict}" id="${id}" aria-labelledby="${id}-name">
<h3 id="${id}-name">${badge(verdict)} ${name}${gating ? null : html` <small>advisory</small>`}</h3>
<p class="why">${reason.text}</p>
${proofBar(objective)}${factsOf(objective)}
${detail === "pictures" ? pictures(objective, told) : null}${queriesOf(objective)}
</section>`;
}

export function badge(verdict: ReportedObjective["verdict"]): Markup {
  return html`<span class="badge ${verdict}"><span aria-hidden="true">${MARKS[verdict]}</span> ${VERDICT_TEXT[verdict].toLowerCase()}</span>`;
}

function factsOf(objective: ReportedObjective): Markup {
  const { confidence, span, phase, place, counts, bound, reason } = objective;
  const seconds = span === null ? 0 : (Date.parse(span.to) - Date.parse(span.from)) / 1000;
  const samples =
    span === null
      ? "no sample was used"
      : `samples ${span.from.slice(11, 23)} – ${span.to.slice(11, 23)} UTC (${formatDuration(seconds)}, ${formatShare(span.coverage)} covered)`;
  const sure =
    confidence === null ? ["observed, without a bound"] : [`${formatLimit(confidence, "ratio")} confidence, one-sided`];
  const small = [
    `phase ${phase}`,
    samples,
    ...(counts === null ? [] : sure),
    ...(bound?.burst === undefined
      ? []
      : [`bad ones taken to come ${formatValue(bound.burst.taken, "number")} at a time`]),
    `rule ${reason.code}`,
    `${place.file}:${place.line}`,
  ];
  return html`${facts([
    ["limit", limitText(objective)],
    ["measured", measuredText(objective)],
    ["bad of total", counts === null ? null : countsText(objective)],
    ["share of bad", counts === null ? null : boundText(objective)],
  ])}<p class="note">${small.join(" · ")}</p>`;
}

function pictures(objective: ReportedObjective, told: Told): Markup | null {
  const evidence = evidenceOf(objective, told.evidence);
  if (evidence === null) {
    const none = "No picture: evidence.json holds nothing of this objective.";
    return html`<p class="none">${told.evidence.phases.length === 0 ? null : none}</p>`;
  }
  if ("promql" in evidence) return queryTable(objective, evidence);
  if ("replicas" in evidence)
    return html`<div class="charts">${courseChart(resourceCourse(objective, evidence, told))}</div>`;
  return html`<div class="charts">${distributionOf(objective, evidence, told)}${courseChart(countedCourse(objective, evidence, told))}</div>`;
}

function distributionOf(objective: ReportedObjective, evidence: CounterEvidence, told: Told): Markup | null {
  const phase = told.evidence.phases.find(({ name }) => name === objective.phase);
  if (phase === undefined || objective.indicator !== "latency") return null;
  return distribution(objective, evidence, sidesOf(evidence, phase, told.evidence.phases).outer);
}

function queryTable({ limit }: ReportedObjective, { series }: QueryEvidence): Markup | null {
  if (series.length === 0) return null;
  const rows = series.map(({ labels, value }) => {
    const number = Number(
      value === "+Inf" ? Number.POSITIVE_INFINITY : value === "-Inf" ? Number.NEGATIVE_INFINITY : value,
    );
    const met = meetsLimit(number, limit.op, limit.value);
    const names = Object.entries(labels).map(([name, text]) => `${name}="${text}"`);
    return { met, row: [`{${names.join(", ")}}`, formatValue(number, limit.unit), met ? "met" : "not met"] };
  });
  const worstFirst = rows.toSorted((a, b) => Number(a.met) - Number(b.met));
  return table(
    "Series of the query",
    ["series", "value at the phase's end", "limit"],
    worstFirst.map(({ row }) => row),
  );
}

const MOST_QUERIES = 6;

function queriesOf({ queries }: ReportedObjective): Markup | null {
  if (queries.length === 0) return null;
  const more = queries.length - MOST_QUERIES;
  return html`<details class="queries"><summary>${queries.length === 1 ? "Query" : `${queries.length} queries`}</summary>${queries
    .slice(0, MOST_QUERIES)
    .map(
      (query) =>
        html`<div class="query"><pre tabindex="0"><code>${verbatim(query)}</code></pre><button type="button" class="copy" hidden>Copy</button></div>`,
    )}${more > 0 ? html`<p class="left">Left out: ${more} more queries.</p>` : null}</details>`;
}

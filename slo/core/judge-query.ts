import { targetName, troubleReason } from "./blockers.ts";
import { byKey } from "./by-key.ts";
import type { QueryEvidence, Watch } from "./evidence.ts";
import { type Decision, decided, type Finding, noData, type Reason } from "./finding.ts";
import { formatAmount, formatBeside, formatLimit, formatValue } from "./format.ts";
import { rfc3339 } from "./instants.ts";
import { itemAt } from "./item-at.ts";
import type { Scene } from "./judge-counted.ts";
import { atMost, meetsLimit } from "./limit.ts";
import type { QueryObjective } from "./objective.ts";
import { coverageOf } from "./spans.ts";

type Value = QueryEvidence["series"][number]["value"];

function numberOf(value: Value): number {
  switch (value) {
    case "NaN":
      return Number.NaN;
    case "+Inf":
      return Number.POSITIVE_INFINITY;
    case "-Inf":
      return Number.NEGATIVE_INFINITY;
    default:
      return value;
  }
}

function named(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).toSorted(byKey);
  return pairs.length === 0 ? "The result" : `{${pairs.map(([name, value]) => `${name}="${value}"`).join(",")}}`;
}

interface Result {
  readonly name: string;
  readonly value: number;
}

/** What is not a number comes first, then what is furthest from meeting the limit. */
function worstFirst({ op }: QueryObjective, evidence: QueryEvidence): readonly Result[] {
  const badness = ({ value }: Result) =>
    Number.isNaN(value) ? Number.POSITIVE_INFINITY : op === "atMost" ? value : -value;
  return evidence.series
    .map(({ labels, value }) => ({ name: named(labels), value: numberOf(value) }))
    .toSorted((a, b) => {
      const [one, other] = [badness(a), badness(b)];
      if (one !== other) return one > other ? -1 : 1;
      return a.name < b.name ? -1 : 1;
    });
}

/** Infinity that breaks a limit breaks it; one that would meet it is a division by nothing. */
function decide(objective: QueryObjective, evidence: QueryEvidence): Decision {
  const values = worstFirst(objective, evidence);
  const broken = values.find(({ value }) => !Number.isNaN(value) && !meetsLimit(value, objective.op, objective.limit));
  const comparison = objective.op === "atMost" ? "at most" : "at least";
  const beside = (value: number) => formatBeside(value, objective.limit, "number");
  const allowed = (value: number) => `${comparison} ${formatLimit(objective.limit, "number", value)} is allowed`;
  if (broken !== undefined) {
    return decided("fail", "broken", `${broken.name} is ${beside(broken.value)}; ${allowed(broken.value)}.`);
  }
  const odd = values.find(({ value }) => !Number.isFinite(value));
  if (odd !== undefined) {
    const text = `${odd.name} is ${formatValue(odd.value, "number")}, as after a division by zero: that says nothing of the limit.`;
    return decided("no-data", "not-a-number", text);
  }
  const { value } = itemAt(values, 0);
  const text =
    values.length === 1
      ? `The result is ${beside(value)}`
      : `The worst of ${formatAmount(values.length, "series", "series")} is ${beside(value)}`;
  return decided("pass", "met", `${text}; ${allowed(value)}.`);
}

function measuredOf(objective: QueryObjective, evidence: QueryEvidence): Finding["measured"] {
  const finite = worstFirst(objective, evidence).filter(({ value }) => Number.isFinite(value));
  const value = finite[0]?.value;
  return value === undefined ? null : { value, lower: value, upper: value, unit: "number" };
}

/** What is read of a target that was not watched throughout is no account of the phase; for a gauge each gap counts. */
function troubled({ targets, everywhere }: Watch): Reason | null {
  for (const target of targets) {
    const [trouble] = target.troubles;
    if (trouble === undefined) continue;
    const { code, text } = troubleReason(trouble, targetName(target));
    const hint =
      everywhere === null ? "" : ` ${everywhere} does not say whose it is, so every target counts: name its job.`;
    return { code, text: `${text}${hint}` };
  }
  return null;
}

function unwatched({ unwatched: [first] }: Watch): Decision | null {
  if (first === undefined) return null;
  const { selector, why } = first;
  const text =
    why === "recorded"
      ? `${selector} is a rule's own series, which no "up" tells of: whether what it rests on was watched throughout is not known. Query that instead.`
      : `There is no "up" of a target of ${selector} in the phase: whether it was watched throughout is not known. Check its job, and that it is scraped.`;
  return decided("inconclusive", "no-clock", text);
}

/** Why a pass is withdrawn (rule 8); null where it stands. */
function withdrawn({ watch }: QueryEvidence, { coverage, phase }: Scene): Decision | null {
  if (watch.failure !== null) return decided("no-data", watch.failure.code, watch.failure.text);
  const [fault] = watch.faults;
  if (fault !== undefined)
    return decided("inconclusive", fault.code, `${fault.text}: nothing is decided on such data.`);
  const clockless = unwatched(watch);
  if (clockless !== null) return clockless;
  const block = troubled(watch);
  const covered = coverageOf(watch.targets);
  if (!atMost(coverage, covered)) {
    const why = block === null ? "" : ` ${block.text}`;
    const text = `Only ${formatBeside(covered, coverage, "ratio")} of ${phase.name} is covered, ${formatLimit(coverage, "ratio", covered)} must be.${why}`;
    return decided("inconclusive", "coverage", text);
  }
  return block === null ? null : { verdict: "inconclusive", reason: block };
}

function decideWatched(objective: QueryObjective, evidence: QueryEvidence, scene: Scene): Decision {
  if (evidence.watch.selectors.length === 0) {
    const text = "The query reads no series, so its result tells nothing of the phase: name a metric in it.";
    return decided("inconclusive", "reads-nothing", text);
  }
  const decision = decide(objective, evidence);
  return decision.verdict === "pass" ? (withdrawn(evidence, scene) ?? decision) : decision;
}

/** Rules 8 and 12: every resulting series must meet the limit, watched throughout; nothing and NaN are no data. */
export function judgeQuery(objective: QueryObjective, evidence: QueryEvidence, scene: Scene): Finding {
  const queries = [evidence.promql];
  if (evidence.failure !== null) return noData({ code: evidence.failure.code, text: evidence.failure.text }, queries);
  if (evidence.series.length === 0) {
    const block = troubled(evidence.watch);
    const text = block?.text ?? "Check its metric and labels, and that there are samples at the phase's end.";
    return noData({ code: "no-series", text: `The query returned nothing. ${text}` }, queries);
  }
  const { from, to } = scene.phase;
  return {
    ...decideWatched(objective, evidence, scene),
    measured: measuredOf(objective, evidence),
    counts: null,
    bound: null,
    span: { from: rfc3339(from), to: rfc3339(to), coverage: coverageOf(evidence.watch.targets) },
    queries,
  };
}

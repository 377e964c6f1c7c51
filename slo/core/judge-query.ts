import type { QueryEvidence } from "./evidence.ts";
import { type Decision, decided, type Finding, noData } from "./finding.ts";
import { formatAmount, formatBeside, formatValue } from "./format.ts";
import { rfc3339 } from "./instants.ts";
import { meetsLimit } from "./limit.ts";
import type { QueryObjective } from "./objective.ts";
import type { Phase } from "./run.ts";

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
  const pairs = Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1));
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
  const limit = `${objective.op === "atMost" ? "at most" : "at least"} ${formatValue(objective.limit, "number")}`;
  if (broken !== undefined) {
    const text = `${broken.name} is ${formatBeside(broken.value, objective.limit, "number")}; ${limit} is allowed.`;
    return decided("fail", "broken", text);
  }
  const odd = values.find(({ value }) => !Number.isFinite(value));
  if (odd !== undefined) {
    const text = `${odd.name} is ${formatValue(odd.value, "number")}, as after a division by zero: that says nothing of the limit.`;
    return decided("no-data", "not-a-number", text);
  }
  const worst = values[0];
  const value = formatBeside(worst?.value ?? 0, objective.limit, "number");
  const text =
    values.length === 1
      ? `The result is ${value}`
      : `The worst of ${formatAmount(values.length, "series", "series")} is ${value}`;
  return decided("pass", "met", `${text}; ${limit} is allowed.`);
}

function measuredOf(objective: QueryObjective, evidence: QueryEvidence): Finding["measured"] {
  const finite = worstFirst(objective, evidence).filter(({ value }) => Number.isFinite(value));
  const value = finite[0]?.value;
  return value === undefined ? null : { value, lower: value, upper: value, unit: "number" };
}

/** Rule 12: every resulting series must meet the limit; nothing and NaN are no data. */
export function judgeQuery(objective: QueryObjective, evidence: QueryEvidence, phase: Phase): Finding {
  const queries = [evidence.promql];
  if (evidence.failure !== null) return noData({ code: evidence.failure.code, text: evidence.failure.text }, queries);
  if (evidence.series.length === 0) {
    const text = "The query returned nothing: check its metric and labels, and that there are samples in the phase.";
    return noData({ code: "no-series", text }, queries);
  }
  return {
    ...decide(objective, evidence),
    measured: measuredOf(objective, evidence),
    counts: null,
    bound: null,
    span: { from: rfc3339(phase.from), to: rfc3339(phase.to), coverage: 1 },
    queries,
  };
}

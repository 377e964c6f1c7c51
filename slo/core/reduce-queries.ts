import type { Answers } from "./answers.ts";
import type { QueryEvidence } from "./evidence.ts";
import { resolvedQuery } from "./fetch-plan.ts";
import type { Fetched, FetchFailure, RawSeries } from "./fetched.ts";
import type { QueryObjective } from "./objective.ts";
import { queryReads } from "./promql-reads.ts";
import type { Phase } from "./run.ts";
import { watchOf } from "./watch.ts";

/** JSON has no NaN and no infinity. */
function jsonable(value: number): QueryEvidence["series"][number]["value"] {
  if (Number.isNaN(value)) return "NaN";
  if (Number.isFinite(value)) return value;
  return value > 0 ? "+Inf" : "-Inf";
}

interface Answered {
  readonly failure: FetchFailure | null;
  readonly result: readonly RawSeries[];
}

function answerTo(fetched: Fetched, promql: string, phase: Phase): Answered {
  const answer = fetched.instants.find(({ request }) => request.promql === promql && request.at === phase.to);
  if (answer === undefined) {
    const text = "This query was not asked; fetch again with these objectives.";
    return { failure: { request: promql, code: "not-fetched", text }, result: [] };
  }
  if (answer.kind === "failure") return { failure: answer.failure, result: [] };
  if (answer.result.every(({ times }) => times.length === 1)) return { failure: null, result: answer.result };
  const text =
    "Prometheus answered the query with samples over time instead of one value: does a cache or a proxy mix answers up?";
  return { failure: { request: promql, code: "bad-answer", text }, result: [] };
}

export function reduceQuery(
  fetched: Fetched,
  answers: Answers,
  objective: QueryObjective,
  phase: Phase,
): QueryEvidence {
  const promql = resolvedQuery(objective, phase);
  const { failure, result } = answerTo(fetched, promql, phase);
  const series = result.map(({ labels, values }) => ({ labels, value: jsonable(values.at(-1) ?? Number.NaN) }));
  const watch = watchOf(answers, queryReads(promql), result, phase);
  return { promql, phase: phase.name, failure, series, watch };
}

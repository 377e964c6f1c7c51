import type { Fetched, QueryEvidence } from "./evidence.ts";
import { resolvedQuery } from "./fetch-plan.ts";
import type { QueryObjective } from "./objective.ts";
import type { Phase } from "./run.ts";

/** JSON has no NaN and no infinity. */
function jsonable(value: number): QueryEvidence["series"][number]["value"] {
  if (Number.isNaN(value)) return "NaN";
  if (Number.isFinite(value)) return value;
  return value > 0 ? "+Inf" : "-Inf";
}

export function reduceQuery(fetched: Fetched, objective: QueryObjective, phase: Phase): QueryEvidence {
  const promql = resolvedQuery(objective, phase);
  const answer = fetched.instants.find(({ request }) => request.promql === promql && request.at === phase.to);
  if (answer === undefined) {
    const failure = {
      request: promql,
      code: "not-fetched",
      text: "This query was not asked; fetch again with these objectives.",
    };
    return { promql, phase: phase.name, failure, series: [] };
  }
  if (answer.kind === "failure") return { promql, phase: phase.name, failure: answer.failure, series: [] };
  const series = answer.result.map(({ labels, values }) => ({ labels, value: jsonable(values.at(-1) ?? Number.NaN) }));
  return { promql, phase: phase.name, failure: null, series };
}

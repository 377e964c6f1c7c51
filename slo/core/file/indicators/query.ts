import type { QueryObjective } from "../../objective.ts";
import { OF_AN_INDICATOR } from "../elsewhere.ts";
import { type Kind, refine } from "../kind.ts";
import { object, optional, required } from "../object.ts";
import { number } from "../values/number.ts";
import { promql } from "../values/promql.ts";

export type QueryPart = Pick<QueryObjective, "indicator" | "promql" | "op" | "limit">;

const keys = object(
  "`query`",
  {
    promql: required(
      promql,
      "'max_over_time(db_pool_waiting[$phase])'",
      "Any PromQL, evaluated at the phase's end; $phase is the phase's length. Every series must meet the limit.",
    ),
    atMost: optional(number, "2", "Largest value allowed, in the query's own unit."),
    atLeast: optional(number, "0.5", "Smallest value allowed, in the query's own unit."),
  },
  [["atMost", "atLeast"]],
  OF_AN_INDICATOR,
);

/** Any PromQL against a limit. */
export const query: Kind<QueryPart> = refine(keys, ({ value }) => {
  const common = { indicator: "query", promql: value.promql.value } as const;
  if (value.atMost !== undefined) return { ...common, op: "atMost", limit: value.atMost.value };
  return value.atLeast && { ...common, op: "atLeast", limit: value.atLeast.value };
});

import type { CounterEvidence, Evidence, QueryEvidence, ResourceEvidence } from "../core/evidence.ts";
import type { ReportedObjective } from "../core/report.ts";

/** The evidence that an objective was judged by: the report's queries are the evidence's own, so they name it. */
export function evidenceOf(
  { indicator, phase, queries }: ReportedObjective,
  { counters, resources, queries: asked }: Evidence,
): CounterEvidence | ResourceEvidence | QueryEvidence | null {
  switch (indicator) {
    case "latency":
    case "ratio":
      return (
        counters.find((one) => one.counted.kind === indicator && one.phase === phase && same(one.queries, queries)) ??
        null
      );
    case "resource":
      return resources.find((one) => one.phase === phase && same(one.queries, queries)) ?? null;
    case "query":
      return asked.find((one) => one.phase === phase && same([one.promql], queries)) ?? null;
    default: {
      const never: never = indicator;
      return never;
    }
  }
}

function same(own: readonly string[], others: readonly string[]): boolean {
  return own.length === others.length && own.every((one, at) => one === others[at]);
}

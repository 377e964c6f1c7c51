import { resolvedLimit } from "./limit.ts";
import type { Objective } from "./objective.ts";
import type { ReportedObjective, Verdict } from "./report.ts";

/** What judging one objective came to; the rest of its report is the objective's own. */
export type Finding = Pick<
  ReportedObjective,
  "verdict" | "measured" | "counts" | "bound" | "span" | "reason" | "queries"
>;

export interface Reason {
  readonly code: string;
  readonly text: string;
}

export interface Decision {
  readonly verdict: Verdict;
  readonly reason: Reason;
}

export function decided(verdict: Verdict, code: string, text: string): Decision {
  return { verdict, reason: { code, text } };
}

/** Nothing to judge: no figures, only why. */
export function noData(reason: Reason, queries: readonly string[]): Finding {
  return { verdict: "no-data", measured: null, counts: null, bound: null, span: null, reason, queries };
}

export function reported(objective: Objective, phase: string, finding: Finding): ReportedObjective {
  const { name, indicator, gating, confidence, place } = objective;
  return {
    name,
    indicator,
    gating,
    phase,
    limit: resolvedLimit(objective),
    confidence: confidence.kind === "bounded" ? confidence.level : null,
    place: { file: place.file, line: place.line, column: place.column },
    ...finding,
  };
}

import type { Replica } from "./evidence.ts";
import { type Decision, decided } from "./finding.ts";
import { formatAmount, formatBeside } from "./format.ts";
import { atMost } from "./limit.ts";
import type { UsageObjective } from "./objective.ts";
import type { ReportedObjective } from "./report.ts";
import { type Budget, budgetOf, inUnit, originText } from "./usage-budget.ts";

export interface ReplicaFinding extends Decision {
  readonly measured: NonNullable<ReportedObjective["measured"]> | null;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

interface Marks {
  /** Of the samples: the peak, or the mean. */
  readonly sampled: number | null;
  /** The kernel's mark after the phase: nothing inside it was higher. */
  readonly ceiling: number | null;
  /** A peak that the kernel's mark reached inside the phase, and that means the same as the gauge. */
  readonly reached: number | null;
}

/** A mark that grew between two samples inside the phase says what was reached there. */
function marksOf({ gauge, highWater }: Replica, stat: UsageObjective["stat"]): Marks {
  const values = gauge?.values ?? [];
  const sampled = values.length === 0 ? null : stat === "mean" ? mean(values) : Math.max(...values);
  const ceiling = highWater?.atEnd ?? null;
  const { atStart = null, beforeEnd = null, comparable = false } = highWater ?? {};
  const grew = comparable && atStart !== null && beforeEnd !== null && beforeEnd > atStart;
  return { sampled, ceiling, reached: grew && stat === "peak" ? beforeEnd : null };
}

function measuredOf({ sampled, ceiling, reached }: Marks, budget: Budget): ReplicaFinding["measured"] {
  const lower = sampled === null || reached === null ? (sampled ?? reached) : Math.max(sampled, reached);
  return lower === null && ceiling === null ? null : inUnit({ value: lower ?? ceiling, lower, upper: ceiling }, budget);
}

/** Why a kernel's mark above the limit decides nothing. */
function undecided({ highWater }: Replica): string {
  return highWater?.comparable === false
    ? 'and with page cache, which the limit is not about. Say "confidence: observed" to take samples for the peak.'
    : 'and not from samples in this phase. Start the service afresh before the run, or say "confidence: observed".';
}

/** Rule 11: samples can prove a breach, the kernel's high-water mark a pass. */
export function judgeMemory(
  replica: Replica,
  objective: UsageObjective,
  origin: "container" | "process",
): ReplicaFinding {
  const budget = budgetOf(replica, objective);
  if (budget.kind === "none") return { ...budget.decision, measured: null };
  const marks = marksOf(replica, objective.stat);
  const measured = measuredOf(marks, budget);
  const { limit } = budget;
  const { sampled, ceiling, reached } = marks;
  const beside = (value: number) => formatBeside(value, limit, "bytes");
  const by = `${replica.name} (${originText(origin)})`;
  const named = (metric: { metric: string; measure: string } | null) =>
    `${metric?.measure ?? "memory"} (${metric?.metric ?? "?"})`;
  const result = (decision: Decision): ReplicaFinding => ({ ...decision, measured });
  const allowed = `${budget.text(sampled, reached, ceiling)} is allowed`;
  if (sampled !== null && !atMost(sampled, limit)) {
    const text = `The ${objective.stat} of ${named(replica.gauge)} of ${by} was ${beside(sampled)}; only ${allowed}.`;
    return result(decided("fail", "broken", text));
  }
  if (reached !== null && !atMost(reached, limit)) {
    const text = `The kernel's mark of ${named(replica.highWater)} of ${by} grew to ${beside(reached)}; only ${allowed}.`;
    return result(decided("fail", "broken", text));
  }
  if (ceiling !== null && atMost(ceiling, limit)) {
    const text = `The kernel's mark of ${named(replica.highWater)} of ${by} is ${beside(ceiling)}; ${allowed}.`;
    return result(decided("pass", "proven", text));
  }
  if (sampled === null) {
    const text = `${by} has no samples of memory in the phase: it may not be scraped, or not export it.`;
    return result(decided("no-data", "no-series", text));
  }
  const seen = `The ${objective.stat} of ${formatAmount(replica.gauge?.values.length ?? 0, "sample")} of ${named(replica.gauge)} of ${by} is ${beside(sampled)}, ${allowed}`;
  if (objective.confidence.kind === "observed")
    return result(decided("pass", "sampled", `${seen}; peaks between samples are not seen.`));
  if (ceiling === null) {
    const text = `${seen}, but a peak between two samples is not seen and there is no high-water mark. Say "confidence: observed" to take samples for it.`;
    return result(decided("inconclusive", "sampled", text));
  }
  const text = `${seen}, but the kernel's mark of ${named(replica.highWater)} stands at ${beside(ceiling)}, ${undecided(replica)}`;
  return result(decided("inconclusive", "high-water-before", text));
}

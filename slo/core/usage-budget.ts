import type { Replica } from "./evidence.ts";
import { type Decision, decided } from "./finding.ts";
import { formatShare, formatValue } from "./format.ts";
import { nearlySame } from "./limit.ts";
import type { UsageObjective } from "./objective.ts";
import type { ReportedObjective } from "./report.ts";

/** What one replica may use: bytes or cores. */
export interface Budget {
  readonly kind: "budget";
  readonly limit: number;
  readonly text: string;
  /** What is measured is told in this unit, as a share of the container's own limit where the limit is one. */
  readonly unit: "bytes" | "cores" | "ratio";
  readonly whole: number;
}

export type Resolved = Budget | { readonly kind: "none"; readonly decision: Decision };

type Measured = NonNullable<ReportedObjective["measured"]>;

export function originText(origin: "container" | "process"): string {
  return origin === "container" ? "the container's, by cAdvisor" : "the process's own, without cAdvisor";
}

/** What the objective allows this replica; a share of a limit that is not set, or did not stay, is no budget. */
export function budgetOf({ name, limit }: Replica, { resource, atMost, ofLimit }: UsageObjective): Resolved {
  const unit = resource === "memory" ? "bytes" : "cores";
  if (!ofLimit) return { kind: "budget", limit: atMost, text: formatValue(atMost, unit), unit, whole: 1 };
  const what = resource === "memory" ? "memory limit" : "CPU quota";
  if (limit === null) {
    const text = `${name} has no ${what} that cAdvisor tells of, so ${formatShare(atMost)} of it is nothing: set one, or write the budget in ${resource === "memory" ? "bytes" : "cores"}.`;
    return { kind: "none", decision: decided("no-data", "no-limit", text) };
  }
  const { lowest, highest } = limit;
  if (!nearlySame(lowest, highest)) {
    const text = `The ${what} of ${name} changed in the phase, from ${formatValue(lowest, unit)} to ${formatValue(highest, unit)} or back: ${formatShare(atMost)} of it is no one budget.`;
    return { kind: "none", decision: decided("inconclusive", "limit-changed", text) };
  }
  const allowed = atMost * lowest;
  const text = `${formatValue(allowed, unit)}, ${formatShare(atMost)} of its ${what} of ${formatValue(lowest, unit)},`;
  return { kind: "budget", limit: allowed, text, unit: "ratio", whole: lowest };
}

/** Amounts in the budget's unit. */
export function inUnit({ value, lower, upper }: Omit<Measured, "unit">, { unit, whole }: Budget): Measured {
  const share = (amount: number | null) => (amount === null ? null : amount / whole);
  return { value: share(value), lower: share(lower), upper: share(upper), unit };
}

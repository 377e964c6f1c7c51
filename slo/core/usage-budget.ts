import type { Replica } from "./evidence.ts";
import { type Decision, decided } from "./finding.ts";
import { formatBeside, formatLimit } from "./format.ts";
import { nearlySame } from "./limit.ts";
import type { UsageObjective } from "./objective.ts";
import type { ReportedObjective } from "./report.ts";

/** What one replica may use: bytes or cores. */
export interface Budget {
  readonly kind: "budget";
  readonly limit: number;
  /** What is allowed, beside these amounts. */
  readonly text: (...amounts: readonly (number | null)[]) => string;
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
  if (!ofLimit) {
    const text: Budget["text"] = (...amounts) => formatLimit(atMost, unit, ...amounts);
    return { kind: "budget", limit: atMost, text, unit, whole: 1 };
  }
  const part = formatLimit(atMost, "ratio");
  const what = resource === "memory" ? "memory limit" : "CPU quota";
  if (limit === null) {
    const text = `${name} has no ${what} that cAdvisor tells of, so ${part} of it is nothing: set one, or write the budget in ${resource === "memory" ? "bytes" : "cores"}.`;
    return { kind: "none", decision: decided("no-data", "no-limit", text) };
  }
  const { lowest, highest } = limit;
  if (!nearlySame(lowest, highest)) {
    const text = `The ${what} of ${name} changed in the phase, from ${formatBeside(lowest, highest, unit)} to ${formatBeside(highest, lowest, unit)} or back: ${part} of it is no one budget.`;
    return { kind: "none", decision: decided("inconclusive", "limit-changed", text) };
  }
  const allowed = atMost * lowest;
  const text: Budget["text"] = (...amounts) =>
    `${formatLimit(allowed, unit, ...amounts)}, ${part} of its ${what} of ${formatLimit(lowest, unit)},`;
  return { kind: "budget", limit: allowed, text, unit: "ratio", whole: lowest };
}

/** Amounts in the budget's unit. */
export function inUnit({ value, lower, upper }: Omit<Measured, "unit">, { unit, whole }: Budget): Measured {
  const share = (amount: number | null) => (amount === null ? null : amount / whole);
  return { value: share(value), lower: share(lower), upper: share(upper), unit };
}

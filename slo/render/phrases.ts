import { formatBeside, formatCount, formatLimit, formatShare } from "../core/format.ts";
import type { ReportedObjective, RunVerdict, ValidityCheck, Verdict } from "../core/report.ts";

const COMPARISONS = { atMost: "≤", atLeast: "≥" } as const;

/** `p99 ≤ 300 ms`, `≤ 0.1 %`. */
export function limitText({ limit, measured }: ReportedObjective): string {
  const amounts = measured === null ? [] : [measured.value, measured.lower, measured.upper];
  const prefix = limit.percentile === undefined ? "" : `p${limit.percentile} `;
  return `${prefix}${COMPARISONS[limit.op]} ${formatLimit(limit.value, limit.unit, ...amounts)}`;
}

/** `41 ms (35 – 50 ms)`; the interval only of a latency, or where the limit lies within it. */
export function measuredText({ measured, limit }: ReportedObjective): string {
  if (measured === null) return "no data";
  const show = (value: number) => formatBeside(value, limit.value, measured.unit);
  const { value, lower, upper } = measured;
  const interval = openText(lower, upper, show);
  if (value === null) return interval ?? "no data";
  if (lower === value && upper === null) return `≥ ${show(value)}`;
  if (upper === value && lower === null) return `≤ ${show(value)}`;
  const matters = limit.percentile !== undefined || within(limit.value, lower, upper);
  return interval === null || interval === show(value) || !matters ? show(value) : `${show(value)} (${interval})`;
}

function within(limit: number, lower: number | null, upper: number | null): boolean {
  return (lower === null || lower <= limit) && (upper === null || limit <= upper);
}

function openText(lower: number | null, upper: number | null, show: (value: number) => string): string | null {
  if (lower !== null && upper !== null) return rangeText(show(lower), show(upper));
  if (lower !== null) return `≥ ${show(lower)}`;
  return upper === null ? null : `≤ ${show(upper)}`;
}

/** `35 – 50 ms`: the unit once where it is the same. */
function rangeText(lower: string, upper: string): string {
  if (lower === upper) return lower;
  const unit = / [^ ]+$/.exec(upper)?.[0] ?? "";
  const bare = unit !== "" && lower.endsWith(unit) ? lower.slice(0, -unit.length) : lower;
  return `${bare} – ${upper}`;
}

/** `3 of 6000`, `3 to 12 of 6000`; a dash for what is not counted. */
export function countsText({ counts }: ReportedObjective): string {
  if (counts === null) return "–";
  const bad = formatCount(counts.bad);
  const open =
    counts.badAtMost === undefined || counts.badAtMost === counts.bad
      ? bad
      : `${bad} to ${formatCount(counts.badAtMost)}`;
  return `${open} of ${formatCount(counts.total)}`;
}

/** Share (0..1) of bad ones that an objective allows; null for what is not counted. */
export function allowedShare({ indicator, limit }: ReportedObjective): number | null {
  if (limit.percentile !== undefined) return (100 - limit.percentile) / 100;
  if (indicator !== "ratio") return null;
  return limit.op === "atMost" ? limit.value : 1 - limit.value;
}

/** `0.01 – 0.13 %`: where the true share of bad lies; how sure of it stands in `confidence`. */
export function boundText(objective: ReportedObjective): string {
  const { bound, confidence, measured } = objective;
  const allowed = allowedShare(objective);
  const show = (share: number) => (allowed === null ? formatShare(share) : formatBeside(share, allowed, "ratio"));
  if (bound !== null) return rangeText(show(bound.lower), show(bound.upper));
  return confidence === null && measured !== null ? "observed" : "–";
}

export const VERDICT_TEXT: Readonly<Record<RunVerdict, string>> = {
  pass: "PASS",
  fail: "FAIL",
  inconclusive: "INCONCLUSIVE",
  "no-data": "NO DATA",
  invalid: "INVALID",
};

export const MARKS: Readonly<Record<Verdict, string>> = { pass: "✓", fail: "✗", inconclusive: "?", "no-data": "○" };

/** Checks that withdraw a pass. */
export function broken(validity: readonly ValidityCheck[]): readonly ValidityCheck[] {
  return validity.filter(({ verdict }) => verdict === "fail" || verdict === "no-data");
}

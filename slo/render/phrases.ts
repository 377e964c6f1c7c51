import { formatBeside, formatCount, formatShare, formatValue } from "../core/format.ts";
import type { ReportedObjective, RunVerdict, ValidityCheck, Verdict } from "../core/report.ts";

const COMPARISONS = { atMost: "≤", atLeast: "≥" } as const;

/** `p99 ≤ 300 ms`, `≤ 0.1 %`. */
export function limitText({ limit }: ReportedObjective): string {
  const prefix = limit.percentile === undefined ? "" : `p${limit.percentile} `;
  return `${prefix}${COMPARISONS[limit.op]} ${formatValue(limit.value, limit.unit)}`;
}

/** `41 ms (35 ms – 50 ms)`; the interval only where it says more than the value. */
export function measuredText({ measured, limit }: ReportedObjective): string {
  if (measured === null) return "no data";
  const show = (value: number) => formatBeside(value, limit.value, measured.unit);
  const { value, lower, upper } = measured;
  if (value === null) return openText(lower, upper, show) ?? "no data";
  if (lower === value && upper === value) return show(value);
  if (lower === value && upper === null) return `≥ ${show(value)}`;
  if (upper === value && lower === null) return `≤ ${show(value)}`;
  const interval = openText(lower, upper, show);
  return interval === null ? show(value) : `${show(value)} (${interval})`;
}

function openText(lower: number | null, upper: number | null, show: (value: number) => string): string | null {
  if (lower !== null && upper !== null) return lower === upper ? show(lower) : `${show(lower)} – ${show(upper)}`;
  if (lower !== null) return `≥ ${show(lower)}`;
  return upper === null ? null : `≤ ${show(upper)}`;
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

/** `0.01 % – 0.13 %`: where the true share of bad lies; how sure of it stands in `confidence`. */
export function boundText({ bound, confidence, measured }: ReportedObjective): string {
  if (bound !== null) return `${formatShare(bound.lower)} – ${formatShare(bound.upper)}`;
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

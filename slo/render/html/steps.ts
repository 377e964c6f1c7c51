import type { CounterEvidence, Course } from "../../core/evidence.ts";
import { edgesOf, quantileOf } from "../../core/quantile.ts";
import { columnsOf, type Sums } from "../../core/spans.ts";

/** A stretch of time, unix seconds. */
export interface Step {
  readonly from: number;
  readonly to: number;
}

/** What a line shows in one step; `lower` and `upper` enclose the true value, null: open on that side. */
export interface Reading {
  readonly value: number | null;
  readonly lower?: number | null;
  readonly upper?: number | null;
}

export interface Line {
  readonly name: string;
  /** One for each step; null: nothing was measured in it. */
  readonly readings: readonly (Reading | null)[];
}

/** What is drawn over time: every line on the same steps. */
export interface Lines {
  readonly steps: readonly Step[];
  readonly lines: readonly Line[];
}

/** More points than this say nothing more on a page. */
export const MOST_STEPS = 72;

/** Neighbours joined until each takes at least its share of the time: samples may lie closer in some places. */
export function joined(times: readonly number[], most: number = MOST_STEPS): readonly Step[] {
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0];
  const least = ((last - first) / most) * (1 - 1e-9);
  const steps: Step[] = [];
  let from = first;
  for (const to of times.slice(1)) {
    if (to - from < least && to !== last) continue;
    steps.push({ from, to });
    from = to;
  }
  return steps;
}

/**
 * What several targets counted in each step of the one with the most scrapes. Its own counts are whole; another's
 * scrapes lie elsewhere, and its counts are spread evenly over the steps that each interval meets: for looking at only.
 */
export function countedSteps(evidence: CounterEvidence): {
  readonly steps: readonly Step[];
  readonly sums: readonly Sums[];
} {
  const longest = evidence.targets.reduce<Course | null>(
    (best, one) => (best === null || one.times.length > best.times.length ? one : best),
    null,
  );
  const steps = joined(longest?.times ?? []);
  const width = columnsOf(evidence);
  const sums = steps.map(() => ({ total: 0, columns: Array.from({ length: width }, () => 0) }));
  for (const course of evidence.targets) {
    for (const { interval, step, share } of overlaps(course.times, steps)) {
      const sum = sums[step];
      if (sum === undefined) continue;
      sum.total += share * (course.total[interval] ?? 0);
      for (let column = 0; column < width; column += 1)
        sum.columns[column] = (sum.columns[column] ?? 0) + share * (course.columns[column]?.[interval] ?? 0);
    }
  }
  return { steps, sums };
}

interface Overlap {
  readonly interval: number;
  readonly step: number;
  /** Share (0..1) of the interval that lies in the step. */
  readonly share: number;
}

/** What lies before the first step or after the last belongs to none. */
export function overlaps(times: readonly number[], steps: readonly Step[]): readonly Overlap[] {
  const found: Overlap[] = [];
  let first = 0;
  for (let interval = 0; interval + 1 < times.length; interval += 1) {
    const [from, to] = [times[interval] ?? 0, times[interval + 1] ?? 0];
    while (first < steps.length && (steps[first]?.to ?? 0) <= from) first += 1;
    for (let step = first; step < steps.length; step += 1) {
      const { from: start, to: end } = steps[step] ?? { from: to, to };
      if (start >= to) break;
      const share = to > from ? (Math.min(to, end) - Math.max(from, start)) / (to - from) : 0;
      if (share > 0) found.push({ interval, step, share });
    }
  }
  return found;
}

/** The quantile of each step. */
export function quantileReadings(
  evidence: CounterEvidence,
  sums: readonly Sums[],
  percentile: number,
): readonly (Reading | null)[] {
  const edges = edgesOf(evidence);
  return sums.map((sum) => {
    if (edges === null || sum.total < 0.5) return null;
    const { value, lower, upper } = quantileOf({ outer: sum, inner: sum, exact: true }, edges, percentile);
    return { value, lower, upper };
  });
}

/** The share that `part` is of each step's total. */
export function shareReadings(sums: readonly Sums[], part: (sums: Sums) => number): readonly (Reading | null)[] {
  return sums.map((sum) => (sum.total < 0.5 ? null : { value: part(sum) / sum.total }));
}

/** By the second. */
export function rateReadings(steps: readonly Step[], counts: readonly number[]): readonly (Reading | null)[] {
  return steps.map(({ from, to }, index) => (to > from ? { value: (counts[index] ?? 0) / (to - from) } : null));
}

/** The highest sample of each step; null where there is none. */
export function peakReadings(
  steps: readonly Step[],
  times: readonly number[],
  values: readonly number[],
): readonly (Reading | null)[] {
  const peaks: (number | null)[] = steps.map(() => null);
  let at = 0;
  times.forEach((time, index) => {
    while (at < steps.length && time > (steps[at]?.to ?? 0)) at += 1;
    const step = steps[at];
    const value = values[index];
    if (step === undefined || value === undefined || time < step.from) return;
    peaks[at] = Math.max(peaks[at] ?? value, value);
  });
  return peaks.map((value) => (value === null ? null : { value }));
}

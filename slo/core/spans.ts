import type { CounterEvidence, Course, Trouble } from "./evidence.ts";
import { itemAt } from "./item-at.ts";
import type { Phase } from "./run.ts";
import { unreachable } from "./unreachable.ts";

/** Whole numbers: in all, and for each column of the evidence. */
export interface Sums {
  readonly total: number;
  readonly columns: readonly number[];
}

/** With the scrape intervals that cross the phase's edges, and without them: the truth lies between. */
export interface Sides {
  readonly outer: Sums;
  readonly inner: Sums;
  /** The load paused and the samples show it: both are the truth. */
  readonly exact: boolean;
}

type Keep = (index: number) => boolean;

function sum(values: readonly number[], keep: Keep): number {
  return values.reduce((all, value, index) => (keep(index) ? all + value : all), 0);
}

function sumsOf(courses: readonly Course[], columns: number, keep: (course: Course) => Keep): Sums {
  return {
    total: courses.reduce((all, course) => all + sum(course.total, keep(course)), 0),
    columns: Array.from({ length: columns }, (_, column) =>
      courses.reduce((all, course) => all + sum(itemAt(course.columns, column), keep(course)), 0),
    ),
  };
}

/** How many columns of counts each course of this evidence has. */
export function columnsOf(evidence: CounterEvidence): number {
  const { counted } = evidence;
  switch (counted.kind) {
    case "latency":
      return counted.edges.length * (counted.uniform ? 1 : 2);
    case "ratio":
      return 1;
    case "counter":
      return 0;
  }
  return unreachable(counted);
}

const EPSILON = 5e-4;

/** Does the course run into another phase, whose counts would then be in its edge intervals? */
function reachesInto({ times }: Course, phase: Phase, others: readonly Phase[]): boolean {
  const first = times[0] ?? phase.from;
  const last = times.at(-1) ?? phase.to;
  return others.some((other) => other !== phase && other.to > first && other.from < last);
}

/**
 * Adds up the targets. A phase is exact where it was quiet: its counts stood still on both sides at every target, and
 * no other phase of the run lies between the samples taken.
 */
export function sidesOf(evidence: CounterEvidence, phase: Phase, others: readonly Phase[]): Sides {
  const columns = columnsOf(evidence);
  const outer = sumsOf(evidence.targets, columns, () => () => true);
  const exact =
    phase.quiet &&
    evidence.targets.every(
      (course) => course.before === "still" && course.after === "still" && !reachesInto(course, phase, others),
    );
  if (exact) return { outer, inner: outer, exact };
  const inside = ({ times }: Course): Keep => {
    return (index) => itemAt(times, index) >= phase.from - EPSILON && itemAt(times, index + 1) <= phase.to + EPSILON;
  };
  return { outer, inner: sumsOf(evidence.targets, columns, inside), exact };
}

/** Least of the targets; 0 without any. */
export function coverageOf(targets: readonly { readonly coverage: number }[]): number {
  return targets.length === 0 ? 0 : Math.min(...targets.map(({ coverage }) => coverage));
}

/** First and last sample that was used, unix seconds; null without samples. */
export function reachedSpan(
  courses: readonly { readonly times: readonly number[] }[],
): { from: number; to: number } | null {
  const firsts = courses.flatMap(({ times }) => times.slice(0, 1));
  const lasts = courses.flatMap(({ times }) => times.slice(-1));
  return firsts.length === 0 ? null : { from: Math.min(...firsts), to: Math.max(...lasts) };
}

/** A late scrape inside the phase with the process unchanged costs counters nothing; all else blocks a pass. */
export function blocksCounters(trouble: Trouble): boolean {
  return !(trouble.kind === "gap" && !trouble.atEdge && trouble.process === "unchanged");
}

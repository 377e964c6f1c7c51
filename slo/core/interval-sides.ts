import { itemAt } from "./item-at.ts";
import type { Phase } from "./run.ts";

const EPSILON = 5e-4;

/** What was counted in the intervals that lie within the phase, and in those that cross its edges. */
export interface IntervalSides {
  readonly inside: number;
  readonly edges: number;
}

/** Does the interval after `times[index]` lie within the phase? */
export function isInside(times: readonly number[], phase: Phase, index: number): boolean {
  return itemAt(times, index) >= phase.from - EPSILON && itemAt(times, index + 1) <= phase.to + EPSILON;
}

export function intervalSides(times: readonly number[], counts: readonly number[], phase: Phase): IntervalSides {
  const sum = (wanted: boolean) =>
    counts.reduce((all, count, index) => (isInside(times, phase, index) === wanted ? all + count : all), 0);
  return { inside: sum(true), edges: sum(false) };
}

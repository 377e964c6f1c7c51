import { type Clock, START_ROUNDING_MS, startsBackwards } from "./clock.ts";
import { itemAt } from "./item-at.ts";
import { processBetween, type Reach } from "./reach.ts";

/** The points at which one target's counters are read, and what its clock tells of them: the same for every counter. */
export interface Walk {
  /** Milliseconds, rising: the bounds, and the scrapes next to them. */
  readonly points: readonly number[];
  /** For each point but the first: the process is known to be another one than at the point before. */
  readonly restarted: readonly boolean[];
  /** Process starts go back: those are several processes by turns. */
  readonly backwards: boolean;
}

function walk(clock: Clock, reach: Reach): Walk {
  const before = reach.beforeBound === null ? [] : [reach.beforeBound];
  const after = reach.afterBound === null ? [] : [reach.afterBound];
  const points = [...before, ...reach.bounds, ...after];
  return {
    points,
    restarted: points.slice(1).map((point, index) => processBetween(clock, itemAt(points, index), point) === "changed"),
    backwards: startsBackwards(clock, points, START_ROUNDING_MS),
  };
}

const walks = new WeakMap<Clock, WeakMap<Reach, Walk>>();

/** Reckoned once for a target, however many counters it has. */
export function walkOf(clock: Clock, reach: Reach): Walk {
  const known = walks.get(clock) ?? new WeakMap<Reach, Walk>();
  walks.set(clock, known);
  const found = known.get(reach) ?? walk(clock, reach);
  known.set(reach, found);
  return found;
}

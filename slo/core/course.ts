import type { Clock } from "./clock.ts";
import type { Course, Stillness, Trouble } from "./evidence.ts";
import { itemAt } from "./item-at.ts";
import { processBetween, type Reach } from "./reach.ts";
import type { Tally } from "./tally.ts";

function stillness(moves: readonly (number | null)[], bound: number | null): Stillness {
  if (bound === null || moves.includes(null)) return "unknown";
  return moves.every((move) => move === 0) ? "still" : "moved";
}

function stillAfter(tallies: readonly Tally[], reach: Reach): Stillness {
  const present = tallies.filter((one) => one.present);
  // A scrape newer than the series' own answer: they are not gone, they were asked for earlier.
  if (present.length > 0 && present.every((one) => !one.presentAfter)) return "unknown";
  return stillness(
    tallies.map((one) => one.after),
    reach.afterBound,
  );
}

/** Restarts between two scrapes that the target's process start tells of. */
export function restarts(clock: Clock, reach: Reach): readonly Trouble[] {
  return reach.bounds.slice(1).flatMap((bound, index): readonly Trouble[] => {
    const from = itemAt(reach.bounds, index);
    return processBetween(clock, from, bound) === "changed" ? [{ kind: "restart", at: bound / 1000 }] : [];
  });
}

function resets(tallies: readonly Tally[], reach: Reach, metric: string): readonly Trouble[] {
  const intervals = new Set(tallies.flatMap((one) => one.resets));
  return [...intervals]
    .toSorted((a, b) => a - b)
    .map((index) => ({
      kind: "reset",
      at: itemAt(reach.bounds, index + 1) / 1000,
      metric,
    }));
}

export function sumOf(tallies: readonly Tally[], intervals: number): readonly number[] {
  return Array.from({ length: intervals }, (_, index) =>
    tallies.reduce((sum, one) => sum + itemAt(one.deltas, index), 0),
  );
}

export function intervalsOf(reach: Reach): number {
  return Math.max(0, reach.bounds.length - 1);
}

/** One target's course: `tallies` are every counter that it rests on, `total` and `columns` what they add up to. */
export function courseOf(
  clock: Clock,
  reach: Reach,
  counted: {
    readonly metric: string;
    readonly tallies: readonly Tally[];
    readonly total: readonly number[];
    readonly columns: readonly (readonly number[])[];
  },
): Course {
  const before = counted.tallies.map((one) => one.before);
  return {
    job: clock.job,
    instance: clock.instance,
    times: reach.bounds.map((bound) => bound / 1000),
    total: counted.total,
    columns: counted.columns,
    scrapeInterval: clock.spacing === null ? null : clock.spacing / 1000,
    before: reach.born ? "still" : stillness(before, reach.beforeBound),
    after: stillAfter(counted.tallies, reach),
    coverage: reach.coverage,
    troubles: [...reach.troubles, ...restarts(clock, reach), ...resets(counted.tallies, reach, counted.metric)],
  };
}

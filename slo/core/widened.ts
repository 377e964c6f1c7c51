import { upperBound } from "./bound.ts";
import type { Clumping, Dispersion } from "./dispersion.ts";
import { itemAt } from "./item-at.ts";
import type { Share } from "./proof.ts";

/** The bound that a pass rests on, with what it is from. */
export interface Widened {
  /** Upper bound on the share of bad requests, 0..1. */
  readonly bound: number;
  /** By how much they are taken to come together (φ, at least 1): so many requests say as much as one. */
  readonly burst: number;
  /** What φ was estimated from; null: it is the floor. */
  readonly clumping: Clumping | null;
  /** The counts that gave the bound: of the bad requests those that come together most, the others taken away. */
  readonly of: Share;
}

/** So many bad requests one by one, then in steps of so small a part: the same steps whatever was counted. */
const FINE = 200;

/** The first number of each step up to `most`. */
function stepsUpTo(most: number): readonly number[] {
  const steps: number[] = [];
  for (let from = 1; from <= most; from += Math.max(1, Math.floor(from / FINE))) steps.push(from);
  return steps;
}

function burstAmong(bad: number, clumping: Clumping): number {
  return clumping.kind === "unseen" ? bad : Math.min(bad, clumping.burst);
}

/**
 * The bound on k/φ of n/φ, the effective sample, as the largest over all smaller numbers of bad requests, the others
 * taken away. A bad request between bursts evens out what is estimated: without this, one more of them could turn
 * `inconclusive` into `pass`. Each step takes its most bad requests with its largest φ, so that a bad one that joins,
 * in place of a good one or besides, never lowers the bound.
 */
export function widenedBound({ bad, total }: Share, dispersion: Dispersion, floor: number, level: number): Widened {
  const steps = stepsUpTo(bad);
  const at = (some: number, clumping: Clumping | null): Widened => {
    const estimated = clumping === null ? 1 : burstAmong(some, clumping);
    const burst = Math.max(floor, estimated);
    const among = total - (bad - some);
    const bound = upperBound(some / burst, among / burst, level);
    return { bound, burst, clumping: estimated > floor ? clumping : null, of: { bad: some, total: among } };
  };
  // The bound of several steps is at least that of each of them: most need not be looked into.
  const largest = (best: Widened, first: number, last: number): Widened => {
    const whole = at((steps[last + 1] ?? bad + 1) - 1, dispersion(itemAt(steps, first)));
    if (whole.bound < best.bound) return best;
    if (first === last) return whole;
    const middle = Math.floor((first + last) / 2);
    return largest(largest(best, middle + 1, last), first, middle);
  };
  const none = at(0, null);
  return steps.length === 0 ? none : largest(none, 0, steps.length - 1);
}

import type { Clock } from "./clock.ts";
import { itemAt } from "./item-at.ts";
import { processBetween } from "./reach.ts";
import type { Walk } from "./walk.ts";

/** Points after a fall within which a counter that is back where it was is another process's, by turns. */
const SOON = 3;
const ONCE_MAY_BE_A_RESTART = 1;

/**
 * A counter that is missing from some scrapes and then stands no lower was counting all along: what it held before is
 * not counted anew. Where the process changed meanwhile it is another one.
 */
export function bridged(
  values: readonly (number | null)[],
  points: readonly number[],
  clock: Clock,
): readonly (number | null)[] {
  const filled = [...values];
  let last = -1;
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    const before = values[last] ?? null;
    if (before !== null && index - last > 1 && value >= before) {
      const same = processBetween(clock, itemAt(points, last), itemAt(points, index)) !== "changed";
      if (same) filled.fill(before, last + 1, index);
    }
    last = index;
  }
  return filled;
}

/** Do the values come from several processes by turns, as behind a balancer? No difference between them is a count. */
export function takesTurns(values: readonly (number | null)[], { restarted, backwards }: Walk): boolean {
  if (backwards) return true;
  const returns = values.filter((value, index) => {
    const next = values[index + 1] ?? null;
    if (value === null || next === null || next >= value || restarted[index] === true) return false;
    return values.slice(index + 2, index + 1 + SOON).some((later) => later !== null && later >= value);
  });
  return returns.length > ONCE_MAY_BE_A_RESTART;
}

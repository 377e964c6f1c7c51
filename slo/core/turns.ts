import { type Clock, START_ROUNDING_MS, startsBackwards } from "./clock.ts";
import { itemAt } from "./item-at.ts";
import { processBetween } from "./reach.ts";

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
    const before = last === -1 ? null : itemAt(values, last);
    const [from, to] = [points[last], points[index]];
    const same = from !== undefined && to !== undefined && processBetween(clock, from, to) !== "changed";
    if (before !== null && same && value >= before) filled.fill(before, last + 1, index);
    last = index;
  }
  return filled;
}

/** Do the values come from several processes by turns, as behind a balancer? No difference between them is a count. */
export function takesTurns(values: readonly (number | null)[], points: readonly number[], clock: Clock): boolean {
  if (startsBackwards(clock, points, START_ROUNDING_MS)) return true;
  const returns = values.filter((value, index) => {
    const [next, from, to] = [values[index + 1], points[index], points[index + 1]];
    if (value === null || next === undefined || next === null || next >= value) return false;
    if (from === undefined || to === undefined || processBetween(clock, from, to) === "changed") return false;
    return values.slice(index + 2, index + 1 + SOON).some((later) => later !== null && later >= value);
  });
  return returns.length > ONCE_MAY_BE_A_RESTART;
}

import { itemAt } from "./item-at.ts";
import type { Share } from "./proof.ts";

/** How much bad requests come together (φ, at least 1), and over how many cells at a time it was seen. */
export type Clumping =
  | { readonly kind: "seen"; readonly burst: number; readonly cells: number }
  /** Too little time to tell: all of them may be one burst. */
  | { readonly kind: "unseen" };

/** The clumping if only so many of the bad requests had been bad: those that lie where most of them are. */
export type Dispersion = (bad: number) => Clumping;

/** Fewer cells than this tell nothing about bursts. */
const FEWEST = 5;

/**
 * The longest stretch looked at is this part of the time. Of fewer stretches a variance can be told only so badly that
 * much less passes (docs/decisions/0007).
 */
const LONGEST = 10;

/** Sums over each stretch of so many values; past the last one it goes on with the first, so each is in as many. */
function stretches(values: readonly number[], length: number): readonly number[] {
  let sum = values.slice(0, length).reduce((all, value) => all + value, 0);
  return values.map((value, index) => {
    const own = sum;
    sum += itemAt(values, (index + length) % values.length) - value;
    return own;
  });
}

interface Step {
  /** Bad requests of all cells up to here, heaviest first, and the sum of their weights. */
  readonly bad: number;
  readonly weight: number;
  /** Weight of each bad request of this cell. */
  readonly each: number;
}

/** Σ kᵢ²/nᵢ over stretches, divided by their length, as a sum over bad requests: each weighs the rates around it. */
function stepsOf(cells: readonly Share[], length: number): readonly Step[] {
  const bads = stretches(
    cells.map(({ bad }) => bad),
    length,
  );
  const totals = stretches(
    cells.map(({ total }) => total),
    length,
  );
  const rates = bads.map((bad, index) => bad / itemAt(totals, index));
  const around = stretches(rates.toReversed(), length).toReversed();
  let [bad, weight] = [0, 0];
  return cells
    .flatMap((cell, index) => (cell.bad > 0 ? [{ bad: cell.bad, each: itemAt(around, index) / length }] : []))
    .toSorted((a, b) => b.each - a.each)
    .map((cell) => {
      bad += cell.bad;
      weight += cell.bad * cell.each;
      return { bad, weight, each: cell.each };
    });
}

/**
 * Pearson's Σ (kᵢ − nᵢp)² / (nᵢ p (1 − p)) over stretches of time, by its degrees of freedom: 1 where bad requests come
 * singly, and the mean size of a burst (each weighed by its size) where they do not. All stretches that overlap are
 * taken (overlapping batch means, Meketon and Schmeiser 1984): that tells more than stretches side by side, and no burst
 * is cut by all of them. For fewer bad requests than there are, Σ kᵢ²/nᵢ is the most that any choice of them has at the
 * rates there are: so φ never falls where a bad request joins, and never rises with `bad`.
 */
function pearson(cells: readonly Share[], length: number): (bad: number) => number {
  const total = cells.reduce((sum, cell) => sum + cell.total, 0);
  const steps = stepsOf(cells, length);
  const freedom = cells.length / length - 1;
  return (bad) => {
    const step = steps.find((one) => one.bad >= bad);
    if (step === undefined || bad >= total) return 1;
    const rate = (step.weight - (step.bad - bad) * step.each) / bad;
    return ((rate - bad / total) * total) / (1 - bad / total) / freedom;
  };
}

/** Lengths of stretches, in cells: a burst may be longer than the time between two scrapes. */
function lengthsOf(cells: number): readonly number[] {
  const most = Math.max(1, Math.floor(cells / LONGEST));
  const doubled = Array.from({ length: Math.floor(Math.log2(most)) + 1 }, (_, power) => 2 ** power);
  return [...new Set([...doubled, most])];
}

/** The largest φ over all lengths of stretches. `cells` are equal parts of the time; those without requests tell nothing. */
export function dispersionOf(cells: readonly Share[]): Dispersion {
  const busy = cells.filter(({ total }) => total > 0);
  if (busy.length < FEWEST) return () => ({ kind: "unseen" });
  const each = lengthsOf(busy.length).map((length) => ({ length, burst: pearson(busy, length) }));
  return (bad) =>
    each
      .map(({ length, burst }) => ({ kind: "seen", burst: Math.max(1, burst(bad)), cells: length }) as const)
      .reduce((most, one) => (one.burst > most.burst ? one : most));
}

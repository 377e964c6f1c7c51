/** A run of the simulation: as many scrape intervals, each with as many requests. */
export const INTERVALS = 20;
export const EACH = 50;

/** Share of bad requests that is allowed: p95. Small enough a sample to simulate, and large enough to prove something. */
export const ALLOWED = 0.05;

/** How bad requests come. */
export interface Model {
  readonly name: string;
  /** Bad requests of a burst, or their mean. */
  readonly size: number;
  readonly sizes: "fixed" | "geometric";
  /** Requests over which a burst is spread; a scrape interval has `EACH`. */
  readonly spread: number;
}

export const INDEPENDENT: Model = { name: "one by one", size: 1, sizes: "fixed", spread: 1 };

/** Within a scrape interval, most of them, and at least five a phase at the limit. */
export const SHORT: readonly Model[] = [
  { name: "3 at once", size: 3, sizes: "fixed", spread: 10 },
  { name: "5 at once", size: 5, sizes: "fixed", spread: 10 },
  { name: "10 at once", size: 10, sizes: "fixed", spread: 10 },
  { name: "3 at once, in the mean", size: 3, sizes: "geometric", spread: 10 },
  { name: "5 at once, in the mean", size: 5, sizes: "geometric", spread: 10 },
];

/** Over several scrape intervals. */
export const LONG: readonly Model[] = [
  { name: "5 over 2 intervals", size: 5, sizes: "fixed", spread: 100 },
  { name: "10 over 4 intervals", size: 10, sizes: "fixed", spread: 200 },
];

/** By how much the bad requests of a model come together: the mean size of a burst, each weighed by its size. */
export function burstOf({ size, sizes }: Model): number {
  return sizes === "fixed" ? size : 2 * size - 1;
}

function sizeOf({ size, sizes }: Model, random: () => number): number {
  if (sizes === "fixed") return size;
  let drawn = 1;
  while (random() < 1 - 1 / size) drawn += 1;
  return drawn;
}

/** The bad requests of each interval of one run of a service whose true share of bad ones is `share`. */
export function badOf(model: Model, share: number, random: () => number): readonly number[] {
  const bad = Array<number>(INTERVALS).fill(0);
  // Bursts that began before the run reach into it.
  for (let start = -model.spread; start < INTERVALS * EACH; start += 1) {
    if (random() >= share / model.size) continue;
    const size = sizeOf(model, random);
    for (let one = 0; one < size; one += 1) {
      const at = Math.floor((start + Math.floor((one * model.spread) / size)) / EACH);
      const before = bad[at];
      if (before !== undefined) bad[at] = Math.min(EACH, before + 1);
    }
  }
  return bad;
}

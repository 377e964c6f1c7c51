import { type Clock, GAP } from "./clock.ts";
import { itemAt } from "./item-at.ts";

/**
 * When Prometheus scraped anybody at all, in vain or not. Where it scraped nobody, it may have been away itself, and
 * who lived then is not known. Milliseconds.
 */
export interface Watched {
  /** Was anybody scraped after `from`, and at or before `to`? */
  readonly between: (from: number, to: number) => boolean;
  /** Since when there was always somebody scraped, up to this moment; the moment itself where there was not. */
  readonly since: (time: number) => number;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Scrapes of one target that follow upon each other without a gap. */
function stretchesOf({ times, spacing }: Clock): readonly Stretch[] {
  const starts = times.flatMap((time, index) => {
    const follows = index > 0 && spacing !== null && time - itemAt(times, index - 1) <= GAP * spacing;
    return follows ? [] : [index];
  });
  return starts.map((start, index) => ({
    from: itemAt(times, start),
    to: itemAt(times, (starts[index + 1] ?? times.length) - 1),
  }));
}

function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const all: Stretch[] = [];
  for (const stretch of stretches.toSorted((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last === undefined || stretch.from > last.to) all.push(stretch);
    else all[all.length - 1] = { from: last.from, to: Math.max(last.to, stretch.to) };
  }
  return all;
}

export function watchedOf(clocks: Iterable<Clock>): Watched {
  const known = [...clocks];
  const stretches = joined(known.flatMap(stretchesOf));
  return {
    between: (from, to) => known.some(({ times }) => times.some((time) => time > from && time <= to)),
    since: (time) => stretches.find((stretch) => stretch.from <= time && time <= stretch.to)?.from ?? time,
  };
}

import { targetKey, toMs, usualSpacing } from "../clock.ts";
import type { RawSeries } from "../fetched.ts";
import type { SeenTarget, TargetState } from "./facts.ts";

/** Scrape intervals without a sample after which discovery has dropped a target, and seconds of patience; as the wait has it. */
const GONE_AFTER = 3;
const VISIBLE_AFTER = 2;

function stateOf({ times, values }: RawSeries, interval: number | null, now: number): TargetState {
  const last = times.at(-1) ?? Number.NEGATIVE_INFINITY;
  if (interval !== null && now - last > GONE_AFTER * interval + VISIBLE_AFTER) return "gone";
  return values.at(-1) === 1 ? "up" : "down";
}

/** Targets by their latest samples of `up`, up to `now` (unix seconds); one that is told of twice is one. */
export function seenTargets(ups: readonly RawSeries[], now: number): readonly SeenTarget[] {
  const seen = ups.map((up): SeenTarget => {
    const spacing = usualSpacing(up.times.map(toMs));
    const interval = spacing === null ? null : spacing / 1000;
    const { __name__: _, ...labels } = up.labels;
    return { labels, state: stateOf(up, interval, now), why: null, interval };
  });
  const bestLast = seen.toSorted(
    (a, b) => Number(b.state === "gone") - Number(a.state === "gone") || (a.interval ?? 0) - (b.interval ?? 0),
  );
  const byKey = new Map(bestLast.map((target) => [targetKey(target.labels), target]));
  return [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, target]) => target);
}

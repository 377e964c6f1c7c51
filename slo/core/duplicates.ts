import { byKey } from "./by-key.ts";
import { START_ROUNDING_MS } from "./clock.ts";
import type { Fault } from "./evidence.ts";
import type { RawSeries } from "./fetched.ts";
import type { Target } from "./targets.ts";

/** Classic buckets and a native histogram are one; so are the buckets of two layouts. */
const NOT_OF_THE_PROCESS: readonly string[] = ["__name__", "job", "le"];

function identity({ labels }: RawSeries): string {
  const own = Object.entries(labels).filter(([name]) => !NOT_OF_THE_PROCESS.includes(name));
  return JSON.stringify(own.toSorted(byKey));
}

/** Of two jobs' targets at one address, is it known that they are two processes? */
function differ(a: Target, b: Target): boolean {
  const [first, second] = [a, b].map(({ clock, reach }) => clock.startAt(reach.bounds.at(-1) ?? 0));
  return typeof first === "number" && typeof second === "number" && Math.abs(first - second) > START_ROUNDING_MS;
}

/** One process that two jobs scrape is counted twice, and twice the requests prove what half of them do not. */
export function countedTwice(
  targets: readonly Target[],
  seriesAt: (target: Target) => readonly RawSeries[],
): readonly Fault[] {
  const groups = Map.groupBy(targets, ({ clock }) => clock.instance);
  return [...groups].flatMap(([instance, same]): readonly Fault[] => {
    if (instance === "" || same.length < 2) return [];
    const known = same.map((target) => ({ target, names: new Set(seriesAt(target).map(identity)) }));
    const pair = known.flatMap((a, index) =>
      known
        .slice(index + 1)
        .filter((b) => !differ(a.target, b.target) && [...a.names].some((name) => b.names.has(name)))
        .map((b) => [a.target.clock.job, b.target.clock.job]),
    )[0];
    if (pair === undefined) return [];
    const text = `${instance} is scraped by the jobs ${pair.join(" and ")}, so its requests are counted twice; name one job in the selector`;
    return [{ code: "duplicate-series", text }];
  });
}

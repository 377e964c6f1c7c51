import { type RawSeries, sliceSeries } from "../core/fetched.ts";
import { inRange, seriesIn, type World } from "../core/fixtures/world.ts";
import { matrixBody, scalarBody, vectorBody } from "./prometheus-json.ts";

/** A query as it comes over HTTP. */
export interface Asked {
  readonly query: string;
  /** Unix seconds. */
  readonly at: number;
  /** Seconds that an instant query looks back. */
  readonly lookback: number;
}

const DEFAULT_LOOKBACK = 300;

export function readAsked(body: string, now: number): Asked {
  const given = new URLSearchParams(body);
  const time = given.get("time");
  return {
    query: given.get("query") ?? "",
    // The driver writes a date.
    at: time === null ? now : /^[\d.]+$/.test(time) ? Number(time) : Date.parse(time) / 1000,
    lookback: Number(given.get("lookback_delta") ?? DEFAULT_LOOKBACK),
  };
}

function targetOf({ labels }: RawSeries): string {
  return `${labels.job} ${labels.instance}`;
}

/** Series that are alive: what was not there at its target's last scrape has been marked as stale. */
function alive(all: readonly RawSeries[], selector: string, { at, lookback }: Asked): readonly RawSeries[] {
  const [from, to] = [at - lookback, at];
  const ups = new Map(inRange({ selector: "up", from, to }, all).map((up) => [targetOf(up), up]));
  return inRange({ selector, from, to }, all).flatMap((series) => {
    const [scrapes, last] = [ups.get(targetOf(series))?.times ?? [], series.times.at(-1)];
    const stale = last !== undefined && scrapes.includes(last) && last !== scrapes.at(-1);
    return stale ? [] : [sliceSeries(series, -1)];
  });
}

/** What a healthy Prometheus that holds this world answers, as JSON; null: it is never asked that. */
export function healthyPrometheus(world: World): (asked: Asked) => unknown {
  const all = seriesIn(world);
  return (asked) => {
    const { query, at } = asked;
    if (query === "time()") return scalarBody(at, at);
    const range = /^(.*)\[(\d+)ms\]$/s.exec(query);
    if (range !== null) {
      const [, selector = "", length] = range;
      return matrixBody(inRange({ selector, from: at - Number(length) / 1000, to: at }, all));
    }
    const told = world.instants?.[query];
    if (told !== undefined) return vectorBody("code" in told ? [] : told);
    const [, stamped] = /^timestamp\((.*)\)$/s.exec(query) ?? [];
    if (stamped === undefined) return isSelector(query) ? vectorBody(alive(all, query, asked)) : null;
    return vectorBody(
      alive(all, stamped, asked).map(({ labels: { __name__: _, ...labels }, times }) => {
        return { labels, times: [at], values: times };
      }),
    );
  };
}

function isSelector(query: string): boolean {
  return /^[\w:]*(\{.*\})?$/s.test(query);
}

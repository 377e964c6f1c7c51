import type { Answers } from "./answers.ts";
import { targetKey, toMs, usualSpacing } from "./clock.ts";
import type { Fault } from "./evidence.ts";
import type { RangeRequest, RawSeries } from "./fetched.ts";
import { labelTest } from "./match.ts";
import type { Selector } from "./objective.ts";
import { nativeOfCount, selectorText } from "./selector-text.ts";

/** Seconds before a phase in which such series are looked for: Prometheus takes no sample older than that by default. */
export const LAG_LOOKBACK = 3600;

/** Spacings after which the next scrape is so late that Prometheus itself may have been away, and could not mark an end. */
const AWAY = 2.5;

/** A series that lives on by its own timestamps, all of them before what is fetched. */
export interface LaggingSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** Unix seconds of its newest sample at or before the phase's start. */
  readonly newest: number;
}

/** A series' labels without its metric's name, as a key. */
export function unnamed({ __name__: _, ...others }: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(others).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function named(metric: string, labels: Readonly<Record<string, string>>): string {
  return `${metric} ${unnamed(labels)}`;
}

/** Of the series alive as the phase began, those without a sample in what was fetched. */
export function unseenOf(
  alive: readonly RawSeries[],
  fetched: readonly { readonly request: RangeRequest; readonly result: readonly RawSeries[] }[],
): readonly RawSeries[] {
  const seen = new Set(
    fetched.flatMap(({ request, result }) => result.map(({ labels }) => named(request.metric, labels))),
  );
  const metrics = new Set(fetched.map(({ request }) => request.metric));
  return alive.filter(({ labels }) => {
    const metric = labels.__name__ ?? "";
    return metrics.has(metric) && !seen.has(named(metric, labels));
  });
}

/**
 * Those that lag. A series that ends at a scrape is marked as stale at the next one and no longer alive; only where its
 * newest sample is a scrape's, and no scrape followed in time, was there nobody to mark it (Prometheus was restarted).
 */
export function laggingOf(
  unseen: readonly LaggingSeries[],
  ups: readonly RawSeries[],
  at: number,
): readonly LaggingSeries[] {
  const groups = Map.groupBy(ups, ({ labels }) => targetKey(labels));
  return unseen.filter(({ labels, newest }) => {
    const times = (groups.get(targetKey(labels)) ?? []).flatMap((up) => up.times.map(toMs)).toSorted((a, b) => a - b);
    const last = toMs(newest);
    if (!times.includes(last)) return true;
    const spacing = usualSpacing(times);
    const next = times.find((time) => time > last) ?? toMs(at);
    return spacing !== null && next - last <= AWAY * spacing;
  });
}

/** Lagging series that the selectors count: what they counted in the phase is not known. */
export function laggingFaults({ lagging }: Answers, selectors: readonly Selector[]): readonly Fault[] {
  const tests = selectors
    .flatMap((selector) => [selector, nativeOfCount(selector) ?? []].flat())
    .map(({ metric, matchers }) => ({ metric, test: labelTest(matchers) }));
  const found = lagging.filter(({ labels }) =>
    tests.some(({ metric, test }) => labels.__name__ === metric && test(labels)),
  );
  const [first] = found;
  if (first === undefined) return [];
  const { __name__: metric = "", ...labels } = first.labels;
  const matchers = Object.entries(labels).map(([label, value]) => ({ label, op: "=" as const, value }));
  const others = found.length === 1 ? "" : ` (and ${found.length - 1} more)`;
  const text = `${selectorText({ metric, matchers })}${others} carries timestamps of its own that lag behind its scrapes, so what it counted in the phase is not seen; scrape it with honor_timestamps: false`;
  return [{ code: "own-clock", text }];
}

import type { RawSeries } from "./fetched.ts";
import { itemAt } from "./item-at.ts";

/** Whole milliseconds, Prometheus' own precision: what makes timestamps comparable. */
export function toMs(seconds: number): number {
  return Math.round(seconds * 1000);
}

/** One target's `up`: when it was scraped, how that went, and since when its process lived. Times in milliseconds. */
export interface Clock {
  readonly job: string;
  readonly instance: string;
  readonly labels: Readonly<Record<string, string>>;
  /** `up`: the real clock. `own`: the series' own timestamps, for want of one. */
  readonly kind: "up" | "own";
  /** Every scrape, rising. */
  readonly times: readonly number[];
  /** Times of the successful ones. */
  readonly successes: readonly number[];
  /** Usual spacing of scrapes; null with fewer than two. */
  readonly spacing: number | null;
  /** Start of the process as exported at a scrape, milliseconds; null where it is not known. */
  readonly startAt: (time: number) => number | null;
  /** Same process at both scrapes, another one, or not known. */
  readonly between: (from: number, to: number) => "unchanged" | "changed" | "unknown";
  /** Starts are told that cannot be read: no times, or none of the scrapes'. */
  readonly startsUnread: boolean;
  /**
   * Two `up` series of one job and instance at the same time, be it from two Prometheus behind one address: their
   * scrapes cannot be told apart. One that follows upon the other is the same target, with labels changed.
   */
  readonly ambiguous: boolean;
}

export function targetKey(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify([labels.job ?? "", labels.instance ?? ""]);
}

/** The middle spacing of rising times; null with fewer than two. */
export function usualSpacing(times: readonly number[]): number | null {
  const spacings = times
    .slice(1)
    .map((time, index) => time - itemAt(times, index))
    .toSorted((a, b) => a - b);
  return spacings[Math.floor(spacings.length / 2)] ?? null;
}

function samples(series: readonly RawSeries[]): readonly (readonly [number, number])[] {
  return series
    .flatMap(({ times, values }) =>
      times.map((time, index): readonly [number, number] => [toMs(time), itemAt(values, index)]),
    )
    .toSorted(([a], [b]) => a - b);
}

function readStarts(series: readonly RawSeries[]): (time: number) => number | null {
  const starts = new Map<number, number>();
  for (const [time, value] of samples(series)) {
    if (!Number.isFinite(value)) continue;
    starts.set(time, Math.max(starts.get(time) ?? 0, toMs(value)));
  }
  return (time) => starts.get(time) ?? null;
}

/** Spacings above this many times the usual one are gaps. */
export const GAP = 2.5;

/** Exporters round the start of their process to whole seconds. */
export const START_ROUNDING_MS = 1000;

function byStart(startAt: Clock["startAt"]): Clock["between"] {
  return (from, to) => {
    const before = startAt(from);
    const after = startAt(to);
    if (before === null || after === null) return "unknown";
    return Math.abs(after - before) > START_ROUNDING_MS ? "changed" : "unchanged";
  };
}

/** Milliseconds by which a target's own clock may be ahead. */
const AHEAD = 24 * 3600 * 1000;

function areUnread(starts: readonly RawSeries[], times: readonly number[]): boolean {
  const [known, first, last] = [new Set(times), times[0] ?? 0, times.at(-1) ?? 0];
  return samples(starts).some(([time, start]) => {
    // NaN is what exporters tell where they do not know.
    if (Number.isNaN(start)) return false;
    return start < 0 || toMs(start) > time + AHEAD || (time >= first && time <= last && !known.has(time));
  });
}

function overlapInTime(series: readonly RawSeries[]): boolean {
  const spans = series
    .flatMap(({ times }) => {
      const [first, last] = [times[0], times.at(-1)];
      return first === undefined || last === undefined ? [] : [{ first, last }];
    })
    .toSorted((a, b) => a.first - b.first);
  return spans.slice(1).some(({ first }, index) => spans.slice(0, index + 1).some(({ last }) => last >= first));
}

function readClock(ups: readonly RawSeries[], starts: readonly RawSeries[]): Clock {
  const { labels } = itemAt(ups, 0);
  const all = samples(ups);
  const times = [...new Set(all.map(([time]) => time))];
  const startAt = readStarts(starts);
  const failed = new Set(all.flatMap(([time, value]) => (value === 1 ? [] : [time])));
  return {
    job: labels.job ?? "",
    instance: labels.instance ?? "",
    labels,
    kind: "up",
    times,
    successes: times.filter((time) => !failed.has(time)),
    spacing: usualSpacing(times),
    startAt,
    between: byStart(startAt),
    startsUnread: areUnread(starts, times),
    ambiguous: overlapInTime(ups),
  };
}

/** Does a process start lie before the one told earlier? A restart never goes back: those are processes by turns. */
export function startsBackwards(clock: Clock, points: readonly number[], tolerance: number): boolean {
  const starts = points.flatMap((point) => clock.startAt(point) ?? []);
  return starts.slice(1).some((start, index) => itemAt(starts, index) - start > tolerance);
}

/** The clock of every target that `up` tells of, by `targetKey`. */
export function readClocks(ups: readonly RawSeries[], starts: readonly RawSeries[]): ReadonlyMap<string, Clock> {
  const startsOf = Map.groupBy(starts, ({ labels }) => targetKey(labels));
  const groups = Map.groupBy(ups, ({ labels }) => targetKey(labels));
  return new Map([...groups].map(([key, group]) => [key, readClock(group, startsOf.get(key) ?? [])]));
}

/** For series without an `up`: their own timestamps. What is counted on it never proves a pass. */
export function ownClock(series: readonly RawSeries[]): Clock {
  const labels = series[0]?.labels ?? {};
  const times = [...new Set(series.flatMap((one) => one.times.map(toMs)))].toSorted((a, b) => a - b);
  return {
    job: labels.job ?? "",
    instance: labels.instance ?? "",
    labels,
    kind: "own",
    times,
    successes: times,
    spacing: usualSpacing(times),
    startAt: () => null,
    between: () => "unknown",
    startsUnread: false,
    ambiguous: false,
  };
}

import { type Clock, toMs } from "./clock.ts";
import type { Fault } from "./evidence.ts";
import { type RawSeries, sliceSeries } from "./fetched.ts";
import { itemAt } from "./item-at.ts";
import type { NativeBucket, NativeLayout, NativeSample } from "./native-sample.ts";
import type { Reach } from "./reach.ts";
import { type Tally, tally, whole } from "./tally.ts";
import { walkOf } from "./walk.ts";

/** Schemas reckon one edge to other last bits; the finest has edges 0.3 % apart. */
const DIGITS = 12;

function rounded(bound: number): number {
  return Number.isFinite(bound) ? Number(bound.toPrecision(DIGITS)) : bound;
}

/** Does it hold what is at most `edge` as well as what is above? Then how many lie below the edge is not known. */
function straddles({ lower, upper, closed }: NativeBucket, edge: number): boolean {
  return (closed ? lower <= edge : lower < edge) && edge < upper;
}

/**
 * Finite edges, rising, of which every layout tells how many lie at or below. Where a client makes its buckets coarser,
 * the coarser ones are what is left; where no request fell, an edge is known whatever the schema.
 */
export function commonEdges(layouts: Iterable<NativeLayout>): readonly number[] {
  const buckets = new Map<string, NativeBucket>();
  for (const layout of layouts) {
    for (const { lower, upper, closed } of layout) {
      const bucket = { lower: rounded(lower), upper: rounded(upper), closed };
      buckets.set(`${bucket.lower} ${bucket.upper} ${closed}`, bucket);
    }
  }
  const all = [...buckets.values()];
  const bounds = new Set(all.flatMap(({ lower, upper }) => [lower, upper]).filter(Number.isFinite));
  return [...bounds].filter((edge) => !all.some((bucket) => straddles(bucket, edge))).toSorted((a, b) => a - b);
}

/** For each edge, how many of the layout's buckets lie at or below it. */
function bucketsWithin(layout: NativeLayout, edges: readonly number[]): readonly number[] {
  let index = 0;
  return edges.map((edge) => {
    while (index < layout.length && rounded(layout[index]?.upper ?? edge) <= edge) index += 1;
    return index;
  });
}

/** For each edge the series of what was counted at or below it: as classic buckets tell. */
function cumulated(series: RawSeries, samples: readonly NativeSample[], edges: readonly number[]) {
  const known = new Map<NativeLayout, readonly number[]>();
  const sums = samples.map(({ layout, counts }) => {
    const places = known.get(layout) ?? bucketsWithin(layout, edges);
    known.set(layout, places);
    let [at, sum] = [0, 0];
    return places.map((place) => {
      for (; at < place; at += 1) sum += itemAt(counts, at);
      return sum;
    });
  });
  return edges.map((_, edge): RawSeries => ({ ...floats(series), values: sums.map((one) => itemAt(one, edge)) }));
}

function floats({ labels, times, values }: RawSeries): RawSeries {
  return { labels, times, values };
}

/** Buckets that are no counts, or hold more than there is; NaN observed is in the count and in no bucket. */
function faultOf({ values, histograms = [] }: RawSeries, where: string): Fault | null {
  for (const [index, { counts }] of histograms.entries()) {
    const odd = counts.find((count) => whole(count) === null);
    if (odd !== undefined) return { code: "bad-value", text: `A bucket of ${where} holds ${odd}, which is no count` };
    const held = counts.reduce((sum, count) => sum + count, 0);
    const count = itemAt(values, index);
    if (held - count > 0.5) {
      return {
        code: "buckets-not-rising",
        text: `The buckets of ${where} hold ${held}, more than its count of ${count}`,
      };
    }
  }
  return null;
}

/** A bucket that fell while the count rose: the histogram began anew, and quickly counted more than before. */
function fall(rising: readonly Tally[], total: Tally, reach: Reach, where: string): Fault | null {
  const at = reach.bounds.slice(1).findIndex((_, interval) => {
    const deltas = rising.map((one) => itemAt(one.deltas, interval));
    return !total.resets.includes(interval) && deltas.some((delta, index) => delta < (deltas[index - 1] ?? 0));
  });
  if (at === -1) return null;
  const text = `A bucket of ${where} fell while its count rose: it began anew, and what it had counted is lost`;
  return { code: "buckets-not-rising", text };
}

/** The samples between two moments, both included, milliseconds. */
function between(series: RawSeries, from: number, to: number): RawSeries {
  const first = series.times.findIndex((time) => toMs(time) >= from);
  const last = series.times.findLastIndex((time) => toMs(time) <= to);
  return sliceSeries(series, first === -1 ? series.times.length : first, last + 1);
}

export interface NativeReading {
  readonly edges: readonly number[];
  readonly within: readonly Tally[];
  readonly total: Tally;
  readonly fault: Fault | null;
}

/**
 * One label set of a native histogram, counted at the edges that all of its samples in reach have in common, whatever
 * their schemas and zero buckets: exact there, and what lies between is not guessed at.
 */
export function readNativeGroup(all: readonly RawSeries[], clock: Clock, reach: Reach): NativeReading {
  const metric = all[0]?.labels.__name__ ?? "a histogram";
  const { points } = walkOf(clock, reach);
  const [first = 0, last = 0] = [points[0], points.at(-1)];
  const series = all.map((one) => (clock.kind === "own" ? one : between(one, first, last)));
  const where = `${metric} at ${clock.instance}`;
  const fault = series.map((one) => faultOf(one, where)).find((one) => one !== null) ?? null;
  const edges = commonEdges(series.flatMap(({ histograms = [] }) => histograms.map(({ layout }) => layout)));
  const rows = series.map((one) => cumulated(one, one.histograms ?? [], edges));
  const within = edges.map((edge, index) =>
    tally({ name: `${metric} at or below ${edge}`, series: rows.flatMap((row) => itemAt(row, index)) }, clock, reach),
  );
  const total = tally({ name: metric, series: series.map(floats) }, clock, reach);
  return { edges, within, total, fault: fault ?? fall([...within, total], total, reach, where) };
}

import type { NativeBucket, NativeLayout, NativeSample } from "../../core/native-sample.ts";
import { field, isRecord, list, quote, toValue, Unreadable } from "./sample.ts";

/** Boundary rules of Prometheus' HTTP API: 0 open left, 1 open right, 2 open on both sides, 3 closed on both. */
type Rule = 0 | 1 | 2 | 3;

/** One layout for all samples alike: an hour of them differ in their counts only. */
export type Layouts = Map<string, NativeLayout>;

/**
 * Reads the histogram of a sample: its count of observations, and its buckets, whatever the schema. Throws Unreadable.
 * Source: Prometheus' HTTP API, "Native histograms".
 */
export function readNative(histogram: unknown, layouts: Layouts): { count: number; sample: NativeSample } {
  const count = toValue(field(histogram, "count"), "a histogram's count");
  const told = isRecord(histogram) ? histogram.buckets : undefined;
  // Prometheus leaves the list out where every bucket is empty.
  const buckets = told === undefined || told === null ? [] : list(told, "a histogram's buckets");
  const rows = buckets.map(readBucket);
  const key = rows.map(([rule, lower, upper]) => `${rule} ${lower} ${upper}`).join("\n");
  const layout = layouts.get(key) ?? rising(rows.map(toBucket));
  layouts.set(key, layout);
  return { count, sample: { layout, counts: rows.map(([, , , counted]) => toValue(counted, "a bucket's count")) } };
}

type Row = readonly [rule: Rule, lower: unknown, upper: unknown, count: unknown];

function readBucket(bucket: unknown): Row {
  if (!Array.isArray(bucket) || bucket.length !== 4) throw new Unreadable("a bucket has not rule, bounds and count");
  const [rule, lower, upper, count] = bucket as readonly unknown[];
  if (rule !== 0 && rule !== 1 && rule !== 2 && rule !== 3)
    throw new Unreadable(`a bucket's boundary rule is ${quote(rule)}`);
  return [rule, lower, upper, count];
}

function toBucket([rule, lower, upper]: Row): NativeBucket {
  const bounds = { lower: toValue(lower, "a bucket's bound"), upper: toValue(upper, "a bucket's bound") };
  return { ...bounds, closed: rule === 1 || rule === 3 };
}

/** No observation is in two buckets; the zero bucket may be as wide as nothing. */
function rising(layout: NativeLayout): NativeLayout {
  const good = layout.every(
    ({ lower, upper, closed }, index) =>
      (lower < upper || (closed && lower === upper)) && lower >= (layout[index - 1]?.upper ?? Number.NEGATIVE_INFINITY),
  );
  if (!good) throw new Unreadable("a histogram's buckets do not rise from bound to bound");
  return layout;
}

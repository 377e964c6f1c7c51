/** A bucket of a native histogram: what lies above `lower` (or at it, where `closed`) and is at most `upper`. */
export interface NativeBucket {
  readonly lower: number;
  readonly upper: number;
  /** An observation at `lower` itself is in it: the zero bucket, negative ones, the first custom one. */
  readonly closed: boolean;
}

/** The buckets of a sample that hold anything, rising; those between them are empty. Samples alike share one. */
export type NativeLayout = readonly NativeBucket[];

/** One sample of a native histogram, of any schema; its count of observations is the series' value. */
export interface NativeSample {
  readonly layout: NativeLayout;
  /** Observations in each bucket of the layout, as Prometheus told them. */
  readonly counts: readonly number[];
}

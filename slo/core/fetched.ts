import type { Thinned } from "./coarse.ts";
import type { LaggingSeries } from "./lagging.ts";
import type { NativeSample } from "./native-sample.ts";

/** One time series as Prometheus returned it: parallel arrays, times in unix seconds, rising. */
export interface RawSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly times: readonly number[];
  readonly values: readonly number[];
  /** Of a native histogram, one a time; its values are the counts of observations. Cut by `sliceSeries`. */
  readonly histograms?: readonly NativeSample[];
}

/** The samples from index `from` on, and before index `to`. */
export function sliceSeries({ labels, times, values, histograms }: RawSeries, from: number, to?: number): RawSeries {
  const floats = { labels, times: times.slice(from, to), values: values.slice(from, to) };
  return histograms === undefined ? floats : { ...floats, histograms: histograms.slice(from, to) };
}

export interface RangeRequest {
  /** `__name__` of the series asked for, or the name of a request for several (`container-plan.ts`); `up` is the clock. */
  readonly metric: string;
  /** Instant vector selector without range, as sent. */
  readonly selector: string;
  readonly from: number;
  readonly to: number;
  /** Series are only counted: far from the edges a sample now and then may do (`coarse.ts`). */
  readonly counter?: true;
}

export interface InstantRequest {
  /** The first objective that asks it. */
  readonly objective: string;
  /** `$phase` replaced. */
  readonly promql: string;
  readonly at: number;
  /** Seconds, to send as `lookback_delta`: what died before the phase's end must not be revived (rule 12). */
  readonly lookback?: number;
}

/** Everything the judge needs to ask Prometheus: one range request for each metric name, and the `query` objectives'. */
export interface FetchPlan {
  readonly ranges: readonly RangeRequest[];
  readonly instants: readonly InstantRequest[];
  /** Unix seconds that phases begin and end at; within `margin` seconds of them every sample is wanted. */
  readonly edges?: { readonly at: readonly number[]; readonly margin: number };
  /** All that is counted, alive at `at`: what is not among the ranges' answers then lags behind them (`lagging.ts`). */
  readonly lagging?: { readonly selector: string; readonly at: number };
}

export interface FetchFailure {
  readonly request: string;
  /** Stable code: unreachable, timeout, bad-query, too-expensive, bad-answer, unauthorized, redirected, …; */
  readonly code: string;
  readonly text: string;
}

export type Answer<Request, Result> =
  | { readonly kind: "answer"; readonly request: Request; readonly result: readonly Result[] }
  | { readonly kind: "failure"; readonly request: Request; readonly failure: FetchFailure };

/** What the I/O room brings back for a plan, answer by answer, in the plan's order. */
export interface Fetched {
  readonly ranges: readonly Answer<RangeRequest, RawSeries>[];
  readonly instants: readonly Answer<InstantRequest, RawSeries>[];
  /** Where samples of counters were left out, since they say nothing more. */
  readonly thinned?: readonly Thinned[];
  readonly lagging?:
    | { readonly kind: "answer"; readonly series: readonly LaggingSeries[] }
    | { readonly kind: "failure"; readonly failure: FetchFailure };
}

/** One time series as Prometheus returned it: parallel arrays, times in unix seconds, rising. */
export interface RawSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly times: readonly number[];
  readonly values: readonly number[];
}

export interface RangeRequest {
  /** `__name__` of the series asked for; `up` is the clock. */
  readonly metric: string;
  /** Instant vector selector without range, as sent. */
  readonly selector: string;
  readonly from: number;
  readonly to: number;
}

export interface InstantRequest {
  readonly objective: string;
  readonly promql: string;
  readonly at: number;
}

/** Everything the judge needs to ask Prometheus: one range request for each metric name, and the `query` objectives'. */
export interface FetchPlan {
  readonly ranges: readonly RangeRequest[];
  readonly instants: readonly InstantRequest[];
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
}

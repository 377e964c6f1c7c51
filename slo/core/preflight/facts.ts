import type { FetchFailure } from "../fetched.ts";
import type { Labels } from "../match.ts";
import type { NativeLayout } from "../native-sample.ts";

/** A series that is there now. */
export interface SeenSeries {
  readonly metric: string;
  /** Without `__name__`. */
  readonly labels: Labels;
  /** Its latest sample, of a native histogram the count; null where it was not read. */
  readonly value: number | null;
  /** Buckets of its latest sample where that is a native histogram; null where it is a number. */
  readonly native: NativeLayout | null;
}

/** `gone`: no longer scraped; `unscraped`: looked at directly, Prometheus has not scraped it yet. */
export type TargetState = "up" | "down" | "gone" | "unscraped";

export interface SeenTarget {
  readonly labels: Labels;
  readonly state: TargetState;
  /** Why it is down, where that is known. */
  readonly why: string | null;
  /** Seconds between scrapes; null with fewer than two. */
  readonly interval: number | null;
}

export type QueryAnswer =
  | { readonly kind: "values"; readonly values: readonly number[]; readonly remarks: readonly string[] }
  | { readonly kind: "failure"; readonly failure: FetchFailure };

/** Prometheus itself. */
export interface ServerFacts {
  readonly address: string;
  readonly version: string | null;
  /** Why nothing could be asked. */
  readonly failure: FetchFailure | null;
  /** Seconds its clock is ahead of ours, ± uncertainty; null: not told. */
  readonly clock: { readonly skew: number; readonly uncertainty: number } | null;
}

/** Everything the preflight knows of the running system. */
export interface Facts {
  readonly server: ServerFacts;
  readonly series: readonly SeenSeries[];
  /** Why series or targets are not known. */
  readonly failure: FetchFailure | null;
  readonly targets: readonly SeenTarget[];
  /** By PromQL, `$phase` replaced. */
  readonly queries: ReadonlyMap<string, QueryAnswer>;
  /** Names of metrics, to tell what was probably meant; not whole. */
  readonly names: readonly string[];
  /** Metrics that a target declares (`# TYPE`), with or without series yet. */
  readonly declared: ReadonlySet<string>;
  /** Targets show all their metrics from their start: what is absent now stays absent. */
  readonly complete: boolean;
}

/** Where something stands in a file; line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type MatchOperator = "=" | "!=" | "=~" | "!~";

export interface Matcher {
  readonly label: string;
  readonly op: MatchOperator;
  readonly value: string;
}

/** A Prometheus instant vector selector, parsed. `metric` never carries `_bucket` in a `histogram`. */
export interface Selector {
  readonly metric: string;
  readonly matchers: readonly Matcher[];
}

export type Comparison = "atMost" | "atLeast";

/** `observed` compares what was measured without a bound; `bounded` demands a one-sided bound at `level` (0..1). */
export type Confidence = { readonly kind: "bounded"; readonly level: number } | { readonly kind: "observed" };

interface Common {
  readonly name: string;
  /** Advisory objectives (`gating: false`) are judged and shown, but never decide the run. */
  readonly gating: boolean;
  /** Name of the phase the objective holds in. */
  readonly phase: string;
  readonly confidence: Confidence;
  readonly place: Place;
}

interface Counting extends Common {
  /** Bad requests come in groups of about so many: at least 1; what is estimated from the run may be more. */
  readonly burst: number;
}

/** At least `percentile` per cent of requests take at most `atMost` seconds. */
export interface LatencyObjective extends Counting {
  readonly indicator: "latency";
  readonly histogram: Selector;
  /** Per cent, exclusive 0..100. */
  readonly percentile: number;
  /** Seconds. */
  readonly atMost: number;
}

/** A share (0..1) of `total`: of what is bad, or of what is good. */
export interface RatioObjective extends Counting {
  readonly indicator: "ratio";
  readonly part: { readonly kind: "bad" | "good"; readonly selector: Selector };
  readonly total: Selector;
  readonly op: Comparison;
  /** Share, 0..1, of the part in the total. */
  readonly limit: number;
}

export type UsageKind = "memory" | "cpu";
export type EventKind = "throttling" | "oomKills" | "restarts";
export type ResourceKind = UsageKind | EventKind;
export type ResourceStat = "peak" | "mean";

/** Whose resources: every replica of a service counts, the worst decides. */
export interface ResourceSubject {
  readonly service: string;
  /** Kubernetes namespace, or Compose project; null: the only one that holds such a service. */
  readonly namespace: string | null;
  /** Container of the service's pods; null: the one that is named as the service, or the only one. */
  readonly container: string | null;
}

/** A budget of one service: memory in bytes, CPU in cores, or either as a share (0..1) of the container's own limit. */
export interface UsageObjective extends Common, ResourceSubject {
  readonly indicator: "resource";
  readonly resource: UsageKind;
  readonly stat: ResourceStat;
  readonly atMost: number;
  readonly ofLimit: boolean;
}

/** What happened to a service: the share (0..1) of CPU periods throttled, or whole numbers of OOM kills and restarts. */
export interface EventObjective extends Common, ResourceSubject {
  readonly indicator: "resource";
  readonly resource: EventKind;
  readonly atMost: number;
}

export type ResourceObjective = UsageObjective | EventObjective;

/** Any PromQL, evaluated at the phase's end with `$phase` as the phase's length; every series must meet the limit. */
export interface QueryObjective extends Common {
  readonly indicator: "query";
  readonly promql: string;
  readonly op: Comparison;
  readonly limit: number;
}

export type Objective = LatencyObjective | RatioObjective | ResourceObjective | QueryObjective;
export type Indicator = Objective["indicator"];

/** The objectives file, read and checked. */
export interface ObjectivesFile {
  readonly file: string;
  readonly service: string;
  /** Least share (0..1) of a phase that evidence must cover for a verdict. */
  readonly coverage: number;
  readonly objectives: readonly Objective[];
}

import type { ClockCorrection } from "./clock-correction.ts";
import type { FetchFailure } from "./fetched.ts";
import type { ResourceKind, ResourceSubject } from "./objective.ts";
import type { Phase } from "./run.ts";

/**
 * What is wrong with one target's samples in a phase. Times are unix seconds. None of these lets an objective pass,
 * but for a gap inside the phase with the process unchanged: that costs counters nothing.
 */
export type Trouble =
  /** A count fell, or its series went away, with the target's process start unchanged or unknown. */
  | { readonly kind: "reset"; readonly at: number; readonly metric: string }
  | { readonly kind: "restart"; readonly at: number }
  /** `up` was 0 between these two samples. */
  | { readonly kind: "down"; readonly from: number; readonly to: number }
  /** No `up` sample for more than 2.5 times the usual spacing. */
  | {
      readonly kind: "gap";
      readonly from: number;
      readonly to: number;
      readonly atEdge: boolean;
      readonly process: "unchanged" | "changed" | "unknown";
    }
  | { readonly kind: "start-missing"; readonly first: number | null }
  | { readonly kind: "end-missing"; readonly last: number | null }
  /** Process starts that are no times, or not the scrapes': a restart would not be seen. */
  | { readonly kind: "start-unread" }
  /** No `up` with the same job and instance, or samples beside its timestamps. */
  | { readonly kind: "own-clock" };

/** Samples that cannot be counted with: nothing is decided on them. */
export interface Fault {
  readonly code:
    | "bad-value"
    | "part-exceeds-total"
    | "duplicate-series"
    | "no-inf-bucket"
    | "buckets-not-rising"
    | "bad-edge"
    | "forms-differ"
    | "own-clock"
    | "ambiguous-service";
  readonly text: string;
}

/** How a histogram stands in Prometheus: buckets by `le`, a native histogram, or some of each. */
export type HistogramForm = "classic" | "native" | "both";

export type Stillness = "still" | "moved" | "unknown";

/** One target (job, instance) on its clock: what was counted from one successful scrape to the next. */
export interface Course {
  readonly job: string;
  readonly instance: string;
  /** Unix seconds, rising; one more than there are intervals. Reaches over the phase's edges where scrapes do. */
  readonly times: readonly number[];
  /** Requests counted in each interval. */
  readonly total: readonly number[];
  /** For each column of the evidence: what was counted in each interval. */
  readonly columns: readonly (readonly number[])[];
  /** Usual seconds between scrapes; null with fewer than two. */
  readonly scrapeInterval: number | null;
  /** Did a count move in the scrape interval before `times[0]`, and in the one after the last of them? */
  readonly before: Stillness;
  readonly after: Stillness;
  /** Share (0..1) of the phase in which this target's counts are known. */
  readonly coverage: number;
  readonly troubles: readonly Trouble[];
}

/** A metric or a label that an objective names and that no series has: a misspelling must not look like health. */
export interface Missing {
  readonly kind: "metric" | "label";
  readonly name: string;
  readonly selector: string;
  /** Where the traffic is that should have it; null: anywhere. */
  readonly instance: string | null;
}

/**
 * What is counted. Selectors are canonical texts (`selectorText`). A latency's columns are, for each of `edges` (finite,
 * rising, seconds), requests that took at most that long; where series differ in their edges and the counts between them
 * (`uniform` false), as many columns follow with the most they can have been. A ratio's only column is its part. A plain counter has none.
 */
export type Counted =
  | {
      readonly kind: "latency";
      readonly histogram: string;
      readonly form: HistogramForm;
      readonly edges: readonly number[];
      readonly uniform: boolean;
    }
  | { readonly kind: "ratio"; readonly part: string; readonly total: string }
  | { readonly kind: "counter"; readonly selector: string };

export interface CounterEvidence {
  readonly counted: Counted;
  readonly phase: string;
  /** Selectors of the objective, canonical, to paste into Prometheus. */
  readonly queries: readonly string[];
  readonly failure: FetchFailure | null;
  /** Series that matched the total (or the histogram's buckets). */
  readonly series: number;
  readonly missing: readonly Missing[];
  readonly faults: readonly Fault[];
  readonly targets: readonly Course[];
}

export interface SampledGauge {
  readonly metric: string;
  /** What it is, in words: working set, RSS. */
  readonly measure: string;
  /** Samples inside the phase. */
  readonly times: readonly number[];
  readonly values: readonly number[];
}

/** The kernel's mark of the most there ever was. */
export interface HighWater {
  readonly metric: string;
  readonly measure: string;
  /** Same thing as the gauge's, so that a mark above the limit is a breach; else it only bounds it from above. */
  readonly comparable: boolean;
  /** At the first sample at or after the phase's start, the last at or before its end, the first at or after its end. */
  readonly atStart: number | null;
  readonly beforeEnd: number | null;
  readonly atEnd: number | null;
}

/** A counter of CPU seconds, from one scrape to the next. */
export interface CpuCourse {
  readonly metric: string;
  readonly times: readonly number[];
  /** CPU seconds used in each interval. */
  readonly used: readonly number[];
}

/** What a container may use at the most, as exported through the phase: bytes, or cores (quota ÷ period). */
export interface ContainerLimit {
  readonly metric: string;
  readonly lowest: number;
  readonly highest: number;
}

/** Periods of the CPU's scheduler, from one sample to the next: all in which the container ran, and those it was held back in. */
export interface Throttling {
  readonly metric: string;
  readonly times: readonly number[];
  readonly periods: readonly number[];
  readonly throttled: readonly number[];
}

/** OOM kills or restarts, from one sample to the next: at least so many. */
export interface EventCourse {
  readonly metric: string;
  readonly times: readonly number[];
  readonly counts: readonly number[];
  /** Intervals in which the container may have begun anew without a sign of it, and with it the count. */
  readonly unsure: number;
}

export interface Replica {
  /** Instance, or container. */
  readonly name: string;
  readonly gauge: SampledGauge | null;
  readonly highWater: HighWater | null;
  readonly cpu: CpuCourse | null;
  /** Of the memory or CPU judged; null where none is set. */
  readonly limit: ContainerLimit | null;
  readonly throttling: Throttling | null;
  readonly events: EventCourse | null;
  readonly coverage: number;
  readonly troubles: readonly Trouble[];
  readonly faults: readonly Fault[];
}

export interface ResourceEvidence extends ResourceSubject {
  readonly resource: ResourceKind;
  readonly phase: string;
  /** Where it was measured: the container's cgroup, or the process's own account. */
  readonly origin: "container" | "process" | "none";
  readonly queries: readonly string[];
  readonly failure: FetchFailure | null;
  readonly replicas: readonly Replica[];
}

/** One target that a query reads, as its clock tells. */
export interface WatchedTarget {
  readonly job: string;
  readonly instance: string;
  /** Share (0..1) of the phase in which it was scraped. */
  readonly coverage: number;
  readonly troubles: readonly Trouble[];
}

/** How the targets that a query reads were watched through its phase (rule 8). */
export interface Watch {
  /** The query's vector selectors as they stand in it; empty: it reads nothing. */
  readonly selectors: readonly string[];
  /** The clock could not be had. */
  readonly failure: FetchFailure | null;
  /** Selectors that no clock tells of: a rule writes their series, or `up` knows no target of theirs. */
  readonly unwatched: readonly { readonly selector: string; readonly why: "recorded" | "no-target" }[];
  /** The first selector whose targets are not known, so that every target there is was looked at. */
  readonly everywhere: string | null;
  readonly faults: readonly Fault[];
  readonly targets: readonly WatchedTarget[];
}

export interface QueryEvidence {
  /** `$phase` replaced. */
  readonly promql: string;
  readonly phase: string;
  readonly failure: FetchFailure | null;
  readonly series: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly value: number | "NaN" | "+Inf" | "-Inf";
  }[];
  readonly watch: Watch;
}

/** What Prometheus said, reduced: enough to judge again without it, also by other limits on the same selectors. */
export interface Evidence {
  readonly schema: 1;
  /** By Prometheus' clock. */
  readonly phases: readonly Phase[];
  /** How the run's times came to be Prometheus'; absent where they were taken as they are. */
  readonly clock?: ClockCorrection | undefined;
  readonly counters: readonly CounterEvidence[];
  readonly resources: readonly ResourceEvidence[];
  readonly queries: readonly QueryEvidence[];
}

import type { Comparison, Indicator } from "./objective.ts";

export type Verdict = "pass" | "fail" | "inconclusive" | "no-data";
export type RunVerdict = Verdict | "invalid";

export const EXIT = { met: 0, broken: 1, usage: 2, notJudged: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export type Unit = "s" | "ratio" | "bytes" | "cores" | "number";

/** Times are RFC 3339 with milliseconds. */
export interface Span {
  readonly from: string;
  readonly to: string;
  /** Share (0..1) of the phase that the evidence covers. */
  readonly coverage: number;
}

export interface ReportedObjective {
  readonly name: string;
  readonly indicator: Indicator;
  readonly gating: boolean;
  readonly phase: string;
  readonly verdict: Verdict;
  readonly limit: {
    readonly op: Comparison;
    readonly value: number;
    readonly unit: Unit;
    readonly percentile?: number;
  };
  /** null where there is no data. `lower` and `upper` enclose the true value; null where it is open on that side. */
  readonly measured: {
    readonly value: number | null;
    readonly lower: number | null;
    readonly upper: number | null;
    readonly unit: Unit;
  } | null;
  /** Whole numbers; `badAtMost` where bucket edges leave `bad` open. null for resource and query. */
  readonly counts: { readonly total: number; readonly bad: number; readonly badAtMost?: number } | null;
  /**
   * One-sided each, on the share of bad; null for resource, query, no data. `upper`, which a pass rests on, is that of
   * a sample so many times smaller as bad requests are taken to come together: `burst.taken`, at least the objective's
   * own `burst.declared`; absent where it is 1. `lower`, which a breach rests on, speaks of this very run.
   */
  readonly bound: {
    readonly lower: number;
    readonly upper: number;
    readonly burst?: { readonly taken: number; readonly declared: number };
  } | null;
  /** null: observed. */
  readonly confidence: number | null;
  readonly span: Span | null;
  readonly reason: { readonly code: string; readonly text: string };
  readonly queries: readonly string[];
  /** Where the objective stands in its file. */
  readonly place: { readonly file: string; readonly line: number; readonly column: number };
}

export interface ValidityCheck {
  readonly check: string;
  /** `fail` withdraws a pass; `no-data`: could not be checked, and withdraws it as well; `skip`: does not apply. */
  readonly verdict: "pass" | "fail" | "no-data" | "skip";
  readonly text: string;
}

export interface Reconciliation {
  readonly client: number;
  readonly server: number;
  readonly unanswered: number;
  readonly interrupted: number;
}

export interface Report {
  readonly schema: 1;
  readonly verdict: RunVerdict;
  readonly exitCode: ExitCode;
  readonly service: string;
  readonly run: {
    readonly id: string | null;
    readonly profile: string | null;
    readonly from: string;
    readonly to: string;
    readonly phases: readonly { readonly name: string; readonly from: string; readonly to: string }[];
  };
  readonly objectives: readonly ReportedObjective[];
  readonly validity: readonly ValidityCheck[];
  readonly reconciliation: Reconciliation | null;
}

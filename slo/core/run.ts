/**
 * What `run.json` says: what was run, when each phase was, what the client counted. The folder's other files hang on
 * it. Written by whoever ran the load (here `scripts/`), read by the judge; times are unix seconds with fractions.
 */
export interface Phase {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** The load paused before `from` and after `to` until nothing was in flight (rule 2, quiet edges). */
  readonly quiet: boolean;
}

/** What the client counted in one phase; all whole numbers. */
export interface ClientCounts {
  readonly phase: string;
  /** Requests that got a response, whatever its status. */
  readonly answered: number;
  /** Refused, reset or timed out. */
  readonly unanswered: number;
  /** Started, and cut off by the generator itself. */
  readonly interrupted: number;
  readonly retries: number;
  /** Responses below 500 with a status that the journey does not expect (401, 404, 429, …). */
  readonly unexpected: number;
  /** Responses with a status of 500 or above. */
  readonly serverErrors: number;
  readonly iterations: number;
  /** null when the generator did not tell. */
  readonly droppedIterations: number | null;
  /** Client-side latency of answered requests, seconds; null without requests. */
  readonly latency: { readonly p50: number; readonly p95: number; readonly p99: number; readonly max: number } | null;
}

export interface LoadFacts {
  /** Offered and achieved iterations per second of the phase. */
  readonly phase: string;
  readonly offeredRate: number;
  readonly achievedRate: number;
  readonly maxVUs: number;
  readonly peakVUs: number | null;
  /** Share (0..1) of the one or several cores the generator may use; null when not measured. */
  readonly generatorCpu: number | null;
}

export interface Fingerprint {
  readonly gitRevision: string | null;
  readonly gitDirty: boolean | null;
  readonly versions: Readonly<Record<string, string>>;
  readonly machine: {
    readonly os: string;
    readonly arch: string;
    readonly cpu: string;
    readonly cores: number;
    readonly memoryBytes: number;
  };
}

export interface RunFile {
  readonly schema: 1;
  readonly id: string;
  readonly profile: string;
  readonly from: number;
  readonly to: number;
  readonly phases: readonly Phase[];
  readonly client: readonly ClientCounts[];
  readonly load: readonly LoadFacts[];
  /** Selector of the server's own request counter, to reconcile with the client; null when there is none. */
  readonly serverCounter: string | null;
  /** Selector of the same count by what stands before the server (a load balancer): a third witness, where there is one. */
  readonly frontCounter?: string | null | undefined;
  readonly fingerprint: Fingerprint;
  /** Seconds, by stage; filled as the run goes on. */
  readonly timings: Readonly<Record<string, number>>;
  /** Why the run did not go to its end, or null. A run with a failure never passes. */
  readonly failure: { readonly code: string; readonly text: string } | null;
}

/** A window of somebody's traffic, judged without a run. */
export interface WindowFacts {
  readonly window: Phase;
}

/** What `plan.json` says: what a profile will offer, read from the load generator's own understanding of its script. */
export interface PlannedRequests {
  readonly name: string;
  /** Labels that the server will put on these requests, as far as the client can know (`method`, `route`). */
  readonly labels: Readonly<Record<string, string>>;
  readonly count: number;
}

export interface PlannedPhase {
  readonly name: string;
  /** Seconds after the load's start. */
  readonly offset: number;
  /** Seconds. */
  readonly duration: number;
  /** Seconds that iterations under way may take after the phase's duration; what is left then is interrupted. */
  readonly drain: number;
  readonly quiet: boolean;
  /** Iterations per second, iterations in all, and most virtual users. */
  readonly rate: number;
  readonly iterations: number;
  readonly maxVUs: number;
  readonly requests: readonly PlannedRequests[];
}

export interface PlanFile {
  readonly schema: 1;
  readonly profile: string;
  /** Seconds, the whole load at the longest. */
  readonly duration: number;
  readonly phases: readonly PlannedPhase[];
}

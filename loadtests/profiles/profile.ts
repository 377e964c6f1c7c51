/** One span of a load at one rate. */
export interface PhaseShape {
  readonly name: string;
  /** Requests per second, offered; a whole number. */
  readonly rate: number;
  /** Seconds for which journeys are started. */
  readonly duration: number;
  /** Seconds that journeys under way may still take; what is left then is interrupted and counted as such. */
  readonly drain: number;
  /** Seconds without any load before the next phase, the drain included: two scrapes must fit behind the drain. */
  readonly pause: number;
}

/** The shape of a load. Phases follow one another in order. */
export interface Profile {
  readonly name: string;
  readonly description: string;
  readonly phases: readonly PhaseShape[];
}

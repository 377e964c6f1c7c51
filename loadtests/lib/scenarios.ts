import type { Scenario } from "k6/options";
import type { PhaseShape, Profile } from "../profiles/profile.ts";
import { countedMetrics } from "./counters.ts";

/** Longest that journeys may take at the rate before virtual users run out, seconds. */
const SLOWEST_JOURNEY = 10;
const MOST_VUS = 1000;
/** Stall of the system or the machine that is ridden out without new virtual users, seconds. */
const LONGEST_STALL = 2;

interface Timed {
  readonly phase: PhaseShape;
  /** Seconds after the load's start. */
  readonly offset: number;
}

export function timeline(profile: Profile): readonly Timed[] {
  let offset = 0;
  return profile.phases.map((phase) => {
    const timed = { phase, offset };
    offset += phase.duration + phase.pause;
    return timed;
  });
}

/**
 * Open model: journeys start at a constant rate whatever the answers take, so that a stall shows in the latency instead
 * of thinning the load. k6 wants whole iterations, hence a time unit of as many seconds as a journey has requests.
 */
export function scenarios(profile: Profile, requestsPerJourney: number): Record<string, Scenario> {
  return Object.fromEntries(
    timeline(profile).map(({ phase, offset }) => {
      const journeysPerSecond = phase.rate / requestsPerJourney;
      const maxVUs = Math.min(MOST_VUS, Math.max(20, Math.ceil(journeysPerSecond * SLOWEST_JOURNEY)));
      const scenario: Scenario = {
        executor: "constant-arrival-rate",
        exec: "journey",
        rate: phase.rate,
        timeUnit: `${requestsPerJourney}s`,
        duration: `${phase.duration}s`,
        startTime: `${offset}s`,
        gracefulStop: `${phase.drain}s`,
        // A stall must not find k6 making users: what is due meanwhile is dropped, and the run is worth nothing.
        preAllocatedVUs: Math.min(maxVUs, Math.ceil(journeysPerSecond * LONGEST_STALL) + 10),
        maxVUs,
        tags: { phase: phase.name },
      };
      return [phase.name, scenario];
    }),
  );
}

/** k6 sums up by tag only what a threshold names; these never fail but the first, which refuses a load of nothing. */
export function thresholds(profile: Profile): Record<string, string[]> {
  const named: Record<string, string[]> = { http_reqs: ["count>0"] };
  for (const { name } of profile.phases) {
    for (const metric of countedMetrics) named[`${metric}{phase:${name}}`] = ["count>=0"];
    // k6 counts what it drops outside of any iteration: by scenario, without the scenario's own tags.
    named[`dropped_iterations{scenario:${name}}`] = ["count>=0"];
    named[`http_req_duration{phase:${name}}`] = ["max>=0"];
    named[`phase_start_ms{phase:${name}}`] = ["value>=0"];
    named[`phase_end_ms{phase:${name}}`] = ["value>=0"];
  }
  return named;
}

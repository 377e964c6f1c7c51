import { CLOCK_QUERY, type PrometheusClient } from "./client.ts";

export interface ServerClock {
  /** Seconds that Prometheus' clock is ahead of ours (behind: negative). */
  readonly skew: number;
  /** Seconds: the true skew lies within `skew` ± this, half the request's way there and back, and what the clocks' grain hides. */
  readonly uncertainty: number;
}

/** Both clocks are read in whole milliseconds. */
const GRAIN = 0.002;
/** Of the first request, which finds nothing ready, and two more. */
const TRIES = 3;
/** Seconds of uncertainty that nobody needs to better, and beyond which asking again is not worth the wait. */
const GOOD = 0.003;
const HOPELESS = 0.25;

/** Measures Prometheus' clock against `now` (unix seconds); the quickest of a few answers tells most. Rejects with PrometheusFault. */
export async function serverClock(client: PrometheusClient, now: () => number): Promise<ServerClock> {
  let best = await measured(client, now);
  for (let tried = 1; tried < TRIES && best.uncertainty > GOOD && best.uncertainty < HOPELESS; tried += 1) {
    const next = await measured(client, now);
    if (next.uncertainty < best.uncertainty) best = next;
  }
  return best;
}

async function measured(client: PrometheusClient, now: () => number): Promise<ServerClock> {
  const before = now();
  const { series } = await client.query(CLOCK_QUERY, before);
  const after = now();
  const told = series[0]?.values[0] ?? Number.NaN;
  return { skew: told - (before + after) / 2, uncertainty: (after - before) / 2 + GRAIN };
}

/** Largest skew, in seconds, that a window given by our clock tolerates. */
export const MAX_SKEW = 1;

/** Whether the clocks differ by more than MAX_SKEW for certain, or the skew is not known at all. */
export function isSkewed({ skew, uncertainty }: ServerClock): boolean {
  return !(Math.abs(skew) - uncertainty <= MAX_SKEW);
}

import { CLOCK_QUERY, type PrometheusClient } from "./client.ts";

export interface ServerClock {
  /** Seconds that Prometheus' clock is ahead of ours (behind: negative). */
  readonly skew: number;
  /** Seconds: the true skew lies within `skew` ± this, half the request's way there and back. */
  readonly uncertainty: number;
}

/** Measures Prometheus' clock against `now` (unix seconds). Rejects with PrometheusFault. */
export async function serverClock(client: PrometheusClient, now: () => number): Promise<ServerClock> {
  const before = now();
  const { series } = await client.query(CLOCK_QUERY, before);
  const after = now();
  const told = series[0]?.values[0] ?? Number.NaN;
  return { skew: told - (before + after) / 2, uncertainty: (after - before) / 2 };
}

/** Largest skew, in seconds, that a window given by our clock tolerates. */
export const MAX_SKEW = 1;

/** Whether the clocks differ by more than MAX_SKEW for certain, or the skew is not known at all. */
export function isSkewed({ skew, uncertainty }: ServerClock): boolean {
  return !(Math.abs(skew) - uncertainty <= MAX_SKEW);
}

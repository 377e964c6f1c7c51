import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { Fault } from "../../lib/fault.ts";
import { askPrometheus, scalar } from "../prometheus.ts";

const targets = z.object({
  activeTargets: z.array(
    z.object({
      labels: z.record(z.string(), z.string()),
      health: z.string(),
      lastScrape: z.string(),
      lastError: z.string(),
    }),
  ),
});
export type Targets = z.infer<typeof targets>["activeTargets"];

/** Jobs that a verdict rests on, and how many targets each has. */
export interface Awaited {
  readonly [job: string]: number;
}

const POLL_MS = 200;
/** Scrapes in so many seconds, of the slowest of these jobs as well (cAdvisor, every 2 s). */
const BEAT = 3;
const BEAT_WITHIN = 15;

/** What is still missing, in a few words; null once every target of these jobs was scraped after `since`, and well. */
export function missingScrapes(active: Targets, awaited: Awaited, since: number): string | null {
  for (const [job, count] of Object.entries(awaited)) {
    const own = active.filter(({ labels }) => labels.job === job);
    const bad = own.find(({ health }) => health === "down");
    if (bad !== undefined) return `${job} (${bad.labels.instance}) cannot be scraped: ${bad.lastError}`;
    const fresh = own.filter(({ health, lastScrape }) => health === "up" && Date.parse(lastScrape) / 1000 > since);
    if (own.length !== count || fresh.length !== count)
      return `${job} has ${own.length} of ${count} targets, ${fresh.length} of them scraped`;
  }
  return null;
}

/**
 * Samples of an earlier life of the same volume may lie before: only with some new ones in a row does the preflight see
 * how often a target is scraped.
 */
async function missingBeat(prometheus: string, awaited: Awaited): Promise<string | null> {
  const jobs = Object.keys(awaited).join("|");
  const often = `count(count_over_time(up{job=~"${jobs}"}[${BEAT_WITHIN}s]) >= ${BEAT})`;
  const seen = (await scalar(prometheus, often, 2000)) ?? 0;
  const wanted = Object.values(awaited).reduce((sum, count) => sum + count, 0);
  return seen >= wanted ? null : `${seen} of ${wanted} targets were scraped ${BEAT} times in ${BEAT_WITHIN} s`;
}

/** Resolves once Prometheus has fresh samples of all. Throws a Fault after `within` milliseconds. */
export async function scraped(
  prometheus: string,
  awaited: Awaited,
  within: number,
  signal: AbortSignal,
): Promise<void> {
  const since = Date.now() / 1000;
  const deadline = performance.now() + within;
  for (;;) {
    const missing = await askPrometheus(prometheus, "targets", { state: "active" }, 2000).then(
      async (data) =>
        missingScrapes(targets.parse(data).activeTargets, awaited, since) ?? (await missingBeat(prometheus, awaited)),
      (error: unknown) => `Prometheus does not answer (${error instanceof Error ? error.message : error})`,
    );
    if (missing === null) return;
    if (signal.aborted) throw new Fault("aborted", "The start of the stack was interrupted.", "");
    if (performance.now() > deadline)
      throw new Fault("not-ready", `Prometheus does not see the system: ${missing}.`, "See: npm run stack:status");
    await pause(POLL_MS);
  }
}

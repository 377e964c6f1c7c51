import { setTimeout as delay } from "node:timers/promises";
import { containerClocks } from "../../core/container-plan.ts";
import type { FetchPlan, RawSeries } from "../../core/fetched.ts";
import type { PrometheusClient } from "./client.ts";
import { PrometheusFault } from "./fault.ts";
import { sideBySide } from "./side-by-side.ts";
import { judgeTargets, type TargetState } from "./target.ts";

export interface WaitOptions {
  /** Unix seconds by Prometheus' clock. */
  readonly now: () => number;
  /** Seconds; null: 15, or two of the slowest target's scrape intervals if that is longer. */
  readonly timeout: number | null;
  /** Samples at or after the end that a live target must have. */
  readonly samples: number;
  readonly signal?: AbortSignal | undefined;
  /** Told once, when the wait has lasted 2 s. */
  readonly onWait?: (waiting: readonly TargetState[]) => void;
}

export type WaitResult =
  | {
      readonly kind: "complete" | "past" | "timeout";
      readonly waited: number;
      readonly targets: readonly TargetState[];
    }
  | { readonly kind: "failure"; readonly waited: number; readonly fault: PrometheusFault };

const DEFAULT_TIMEOUT = 15;
const POLL = 0.2;
/** Seconds of waiting that need no word. */
const QUIET = 2;
const SLOWEST_POLL = 1;
/** Seconds before the end in which a target must have been scraped to count as in use. */
const IN_USE = 300;

/**
 * Rule 7: waits until every target in use has been scraped at or after `drainedEnd` (unix seconds). Targets that are
 * down or gone end their part of the wait, and a window well in the past does not wait at all. cAdvisor looks at
 * containers on a beat of its own, beside the scrape's: each of them must have been looked at since the end as well.
 */
export async function waitForEvidence(
  client: PrometheusClient,
  plan: FetchPlan,
  drainedEnd: number,
  options: WaitOptions,
): Promise<WaitResult> {
  const selectors = [...new Set(plan.ranges.filter(({ metric }) => metric === "up").map(({ selector }) => selector))];
  const begin = options.now();
  const waited = () => Math.max(0, options.now() - begin);
  const containers = containerClocks(plan);
  if (selectors.length + containers.length === 0) return { kind: "complete", waited: 0, targets: [] };
  let told = false;
  for (;;) {
    const asked = await lookAt(client, selectors, drainedEnd, options);
    const looked = await lookAt(client, containers, drainedEnd, { ...options, samples: 1 });
    if (asked instanceof PrometheusFault) return { kind: "failure", waited: waited(), fault: asked };
    // What cannot be told of containers is told by the fetch.
    const all = looked instanceof PrometheusFault ? asked : [...asked, ...looked];
    const waiting = all.filter(({ state }) => state === "waiting");
    if (begin - drainedEnd > IN_USE) return { kind: "past", waited: waited(), targets: asked };
    if (waiting.length === 0) return { kind: "complete", waited: waited(), targets: asked };
    if (waited() >= patience(waiting, options.timeout)) return { kind: "timeout", waited: waited(), targets: asked };
    if (!told && waited() >= QUIET) {
      options.onWait?.(waiting);
      told = true;
    }
    await pause(waiting, options.signal);
  }
}

async function lookAt(
  client: PrometheusClient,
  selectors: readonly string[],
  end: number,
  { now, samples }: WaitOptions,
): Promise<readonly TargetState[] | PrometheusFault> {
  const at = Math.min(now(), end + IN_USE);
  const range = Math.max(1, Math.ceil((at - end + IN_USE) * 1000));
  try {
    const answers = await sideBySide(selectors, 4, (selector) => client.query(`${selector}[${range}ms]`, at));
    return judgeTargets(distinct(answers.flatMap(({ series }) => series)), { end, now: at, samples });
  } catch (error) {
    if (error instanceof PrometheusFault) return error;
    throw error;
  }
}

/** Selectors may overlap: one target is one target. */
function distinct(series: readonly RawSeries[]): RawSeries[] {
  return [...new Map(series.map((one) => [JSON.stringify(Object.entries(one.labels).sort()), one])).values()];
}

function patience(waiting: readonly TargetState[], timeout: number | null): number {
  if (timeout !== null) return timeout;
  return Math.max(DEFAULT_TIMEOUT, ...waiting.map(({ interval }) => 2 * (interval ?? 0)));
}

async function pause(waiting: readonly TargetState[], signal: AbortSignal | undefined): Promise<void> {
  const fastest = Math.min(...waiting.map(({ interval }) => interval ?? 1));
  const seconds = Math.min(SLOWEST_POLL, Math.max(POLL, fastest / 5));
  // An interrupt shows in the next query, which the same signal ends.
  await delay(seconds * 1000, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
}

import { correctionFor, movedBy } from "../core/clock-correction.ts";
import type { Evidence } from "../core/evidence.ts";
import { DEFAULT_MARGIN_SECONDS, marginFor, planFetch } from "../core/fetch-plan.ts";
import type { FetchPlan } from "../core/fetched.ts";
import type { ObjectivesFile, Selector } from "../core/objective.ts";
import { reduceEvidence } from "../core/reduce.ts";
import type { Phase } from "../core/run.ts";
import { Fault } from "../io/fault.ts";
import type { PrometheusAddress } from "../io/prometheus/address.ts";
import { createClient, type PrometheusClient } from "../io/prometheus/client.ts";
import { isSkewed, MAX_SKEW, type ServerClock, serverClock } from "../io/prometheus/clock.ts";
import { PrometheusFault } from "../io/prometheus/fault.ts";
import { fetchPlan } from "../io/prometheus/fetch-plan.ts";
import { type WaitResult, waitForEvidence } from "../io/prometheus/wait.ts";
import { note, type Shell } from "./shell.ts";

export interface Wanted {
  readonly objectives: ObjectivesFile;
  readonly phases: readonly Phase[];
  readonly serverCounter: Selector | null;
  readonly frontCounter: Selector | null;
}

export interface GatherOptions {
  readonly address: PrometheusAddress;
  /** Seconds a request. */
  readonly timeout: number;
  /** Seconds; null: as the wait decides. */
  readonly wait: number | null;
}

export interface Gathered {
  readonly evidence: Evidence;
  /** Seconds until the last scrape was there. */
  readonly waited: number;
}

/**
 * Evidence from Prometheus: waits for the last scrape, asks for everything, reduces it. What could not be had is in
 * the evidence as a failure; rejects only where the user interrupts.
 */
export async function gather(wanted: Wanted, options: GatherOptions, shell: Shell): Promise<Gathered> {
  const { objectives, serverCounter, frontCounter } = wanted;
  const client = createClient({ address: options.address, timeout: options.timeout, signal: shell.signal });
  const clock = await clockOf(client, shell);
  const correction = clock instanceof PrometheusFault ? null : correctionFor(clock);
  const phases = movedBy(wanted.phases, correction);
  const plan = (marginSeconds: number) => planFetch(objectives, phases, { marginSeconds, serverCounter, frontCounter });
  const first = plan(DEFAULT_MARGIN_SECONDS);
  const wait =
    clock instanceof PrometheusFault ? clock : await awaited(client, first, { phases, clock }, options, shell);
  const asked = wait instanceof PrometheusFault ? first : plan(marginOf(wait));
  const fetched = await fetchPlan(wait instanceof PrometheusFault ? refusing(client, wait) : client, asked);
  if (shell.signal.aborted) throw new Fault("interrupted", 3, "interrupted: nothing is judged");
  const evidence = reduceEvidence(objectives, phases, fetched, { serverCounter, frontCounter, clock: correction });
  return { evidence, waited: wait instanceof PrometheusFault ? 0 : wait.waited };
}

type Awaited = WaitResult | PrometheusFault;

async function awaited(
  client: PrometheusClient,
  plan: FetchPlan,
  { phases, clock }: { readonly phases: readonly Phase[]; readonly clock: ServerClock },
  { wait }: GatherOptions,
  shell: Shell,
): Promise<Awaited> {
  const result = await waitForEvidence(client, plan, Math.max(...phases.map(({ to }) => to)), {
    now: () => shell.now() + clock.skew,
    timeout: wait,
    // That nothing moves any more after a quiet phase is seen between two scrapes.
    samples: phases.some(({ quiet }) => quiet) ? 2 : 1,
    signal: shell.signal,
    onWait: (targets) =>
      note(shell, `waiting for the last scrape of ${targets.map(({ labels }) => nameOf(labels)).join(", ")}`),
  });
  if (result.kind === "timeout")
    note(shell, `no scrape after the end within ${result.waited.toFixed(0)} s: judging what is there`);
  return result.kind === "failure" ? result.fault : result;
}

/** Prometheus' clock, or why nothing can be judged by it. */
async function clockOf(client: PrometheusClient, shell: Shell): Promise<ServerClock | PrometheusFault> {
  try {
    const clock = await serverClock(client, shell.now);
    return isSkewed(clock) ? new PrometheusFault("clock-skew", skewText(clock)) : clock;
  } catch (error) {
    if (error instanceof PrometheusFault) return error;
    throw error;
  }
}

/** A window given by one clock and read by another lies beside its place. */
function skewText({ skew }: ServerClock): string {
  if (!Number.isFinite(skew)) return "Prometheus does not tell its time, so the window's place in it is not known";
  const way = skew > 0 ? "ahead of" : "behind";
  return `Prometheus' clock is ${Math.abs(skew).toFixed(1)} s ${way} this machine's, ${MAX_SKEW} s is allowed: set both by NTP`;
}

function nameOf(labels: Readonly<Record<string, string>>): string {
  return labels.instance ?? labels.job ?? "a target";
}

/** A server that cannot even tell its clock is not asked again: every request shares the fault. */
function refusing(client: PrometheusClient, fault: PrometheusFault): PrometheusClient {
  return { ...client, query: () => Promise.reject(fault) };
}

function marginOf(awaited: WaitResult): number {
  const intervals =
    awaited.kind === "failure" ? [] : awaited.targets.flatMap(({ interval }) => (interval === null ? [] : [interval]));
  return intervals.length === 0 ? DEFAULT_MARGIN_SECONDS : marginFor(Math.max(...intervals));
}

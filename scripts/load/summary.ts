import { z } from "zod";
import type { PlanFile, PlannedPhase } from "../../slo/core/plan-file.ts";
import type { ClientCounts, LoadFacts, Phase } from "../../slo/core/run.ts";

const summaryFile = z.object({
  metrics: z.record(z.string(), z.object({ values: z.record(z.string(), z.number()) })),
});
export type K6Summary = z.infer<typeof summaryFile>;

/** null when it is not a summary that our script wrote. */
export function parseSummary(text: string): K6Summary | null {
  try {
    return summaryFile.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function value(summary: K6Summary, metric: string, phase: string, key: string): number | null {
  return summary.metrics[`${metric}{phase:${phase}}`]?.values[key] ?? null;
}

function count(summary: K6Summary, metric: string, phase: string): number {
  return value(summary, metric, phase, "count") ?? 0;
}

export interface LoadWindow {
  /** Unix seconds of the generator's start and end. */
  readonly from: number;
  readonly to: number;
}

/**
 * When each phase was: from the scenario's own start to its last journey's end, as k6 saw it. Where k6 does not tell (it
 * was killed, or no journey came to its mark) the plan's offsets stand in, and no edge is called quiet.
 */
export function phasesOf(plan: PlanFile, summary: K6Summary | null, window: LoadWindow): Phase[] {
  return plan.phases.flatMap((phase): Phase[] => {
    const startedMs = summary === null ? null : value(summary, "phase_start_ms", phase.name, "min");
    if (summary !== null && startedMs !== null && startedMs > 0)
      return [seen(phase, summary, startedMs / 1000, window)];
    const from = window.from + phase.offset;
    const to = Math.min(from + phase.duration, window.to);
    return to > from ? [{ name: phase.name, from, to, quiet: false }] : [];
  });
}

function seen(phase: PlannedPhase, summary: K6Summary, from: number, window: LoadWindow): Phase {
  const lastJourney = (value(summary, "phase_end_ms", phase.name, "max") ?? 0) / 1000;
  const planned = from + phase.duration;
  const cut = planned > window.to;
  const interrupted = count(summary, "requests_started", phase.name) > count(summary, "http_reqs", phase.name);
  const end = interrupted ? planned + phase.drain : planned;
  return {
    name: phase.name,
    from,
    to: Math.max(Math.min(end, window.to), lastJourney),
    quiet: phase.quiet && !cut,
  };
}

/** A script that sends what it does not count hides wrong answers: a 401 is fast and no server error. */
export function countsFailure(plan: PlanFile, summary: K6Summary): { code: string; text: string } | null {
  for (const { name } of plan.phases) {
    const [counted, sent] = [count(summary, "requests_started", name), count(summary, "http_reqs", name)];
    if (counted < sent) {
      return {
        code: "uncounted",
        text: `the k6 script sent ${sent} requests in ${name} and counted ${counted} of them (see loadtests/README.md)`,
      };
    }
  }
  return null;
}

export function clientCounts(plan: PlanFile, summary: K6Summary): ClientCounts[] {
  return plan.phases.map(({ name }): ClientCounts => {
    const ended = count(summary, "http_reqs", name);
    const unanswered = count(summary, "requests_unanswered", name);
    return {
      phase: name,
      answered: ended - unanswered,
      unanswered,
      interrupted: Math.max(0, count(summary, "requests_started", name) - ended),
      retries: 0,
      unexpected: count(summary, "responses_unexpected", name),
      serverErrors: count(summary, "responses_server_error", name),
      iterations: count(summary, "iterations", name),
      droppedIterations: summary.metrics[`dropped_iterations{scenario:${name}}`]?.values.count ?? null,
      latency: ended > 0 ? latency(summary, name) : null,
    };
  });
}

function latency(summary: K6Summary, phase: string): ClientCounts["latency"] {
  const at = (key: string) => (value(summary, "http_req_duration", phase, key) ?? 0) / 1000;
  return { p50: at("med"), p95: at("p(95)"), p99: at("p(99)"), max: at("max") };
}

/** `generatorCpu`: share of the cores that k6 may use, by phase; null where it was not measured. */
export function loadFacts(
  plan: PlanFile,
  summary: K6Summary,
  generatorCpu: (phase: PlannedPhase) => number | null,
): LoadFacts[] {
  const peakVUs = summary.metrics.vus?.values.max ?? null;
  return plan.phases.map((phase) => ({
    phase: phase.name,
    offeredRate: phase.rate,
    achievedRate: count(summary, "iterations", phase.name) / phase.duration,
    maxVUs: phase.maxVUs,
    peakVUs,
    generatorCpu: generatorCpu(phase),
  }));
}

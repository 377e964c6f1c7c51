import exec from "k6/execution";
import { Counter, Gauge } from "k6/metrics";

const started = new Counter("requests_started");
const unanswered = new Counter("requests_unanswered");
const unexpected = new Counter("responses_unexpected");
const serverErrors = new Counter("responses_server_error");
const phaseStart = new Gauge("phase_start_ms");
const phaseEnd = new Gauge("phase_end_ms");
const offered = new Gauge("offered_rate");

/** Names of the metrics that the summary reads phase by phase. */
export const countedMetrics = [
  "requests_started",
  "requests_unanswered",
  "responses_unexpected",
  "responses_server_error",
  "http_reqs",
  "iterations",
] as const;

export function countStart(): void {
  started.add(1);
}

/** Sorts an outcome: a status of 0 is no answer at all; 5xx is the server's failure; the rest is a wrong expectation. */
export function countOutcome(status: number, expected: number): void {
  if (status === 0) unanswered.add(1);
  else if (status >= 500) serverErrors.add(1);
  else if (status !== expected) unexpected.add(1);
}

/** A body that contradicts the journey is as wrong an answer as a wrong status. */
export function countWrongBody(): void {
  unexpected.add(1);
}

/** @param rate requests per second that the phase offers: for dashboards, to lay beside what is achieved */
export function markIterationStart(rate: number): void {
  phaseStart.add(exec.scenario.startTime);
  offered.add(rate);
}

/** A phase lasts until its last journey has ended, however late. */
export function markIterationEnd(): void {
  phaseEnd.add(Date.now());
}

import type { CounterEvidence, Evidence } from "./evidence.ts";
import { formatAmount, formatCount } from "./format.ts";
import type { Reconciliation, ValidityCheck } from "./report.ts";
import type { ClientCounts, Phase, RunFile } from "./run.ts";
import { coverageOf, sidesOf } from "./spans.ts";

export interface Witnesses {
  /** null without a client of ours, or without the server's own count. */
  readonly reconciliation: Reconciliation | null;
  readonly check: ValidityCheck;
  /** Requests that the client lost and that the server cannot be shown to have seen; null where nobody counted. */
  readonly unseen: number | null;
}

interface Server {
  readonly outer: number;
  readonly inner: number;
  /** Counts of it are lost: restarts, missing edges. */
  readonly lossy: boolean;
}

function lossy(evidence: CounterEvidence): boolean {
  const lost = evidence.targets.some(({ troubles }) => troubles.some(({ kind }) => kind !== "gap"));
  return lost || coverageOf(evidence.targets) < 1;
}

function serverCounts(evidence: Evidence, run: RunFile, phases: readonly Phase[]): Server | string {
  const sums: Server[] = [];
  for (const phase of phases) {
    const found = evidence.counters.find((one) => one.counted.kind === "counter" && one.phase === phase.name);
    if (found === undefined) return "the server's own count was not fetched";
    const [fault] = found.faults;
    if (found.failure !== null) return found.failure.text;
    if (fault !== undefined) return fault.text;
    if (found.series === 0) return `nothing in Prometheus matches ${found.queries.join(", ")}`;
    const { outer, inner } = sidesOf(found, phase, run.phases);
    sums.push({ outer: outer.total, inner: inner.total, lossy: lossy(found) });
  }
  return {
    outer: sums.reduce((all, { outer }) => all + outer, 0),
    inner: sums.reduce((all, { inner }) => all + inner, 0),
    lossy: sums.some((one) => one.lossy),
  };
}

function total(client: readonly ClientCounts[], of: (counts: ClientCounts) => number): number {
  return client.reduce((sum, counts) => sum + of(counts), 0);
}

function check(verdict: ValidityCheck["verdict"], text: string): ValidityCheck {
  return { check: "reconciliation", verdict, text };
}

function compare(server: Server, answered: number, slack: number): ValidityCheck {
  const counts = `the client counts ${formatCount(answered)} answered, the server ${formatCount(server.outer)}`;
  if (server.outer >= answered && server.outer <= answered + slack) {
    const within = slack === 0 ? "integer for integer" : `within the ${formatAmount(slack, "request")} left open`;
    return check("pass", `Client and server agree ${within}: ${counts}.`);
  }
  if (server.outer > answered && server.inner <= answered + slack) {
    return check("no-data", `The edges were not quiet, so client and server cannot be compared: ${counts}.`);
  }
  if (server.outer < answered && server.lossy) {
    return check("no-data", `Counts of the server are lost, so it cannot be compared with the client: ${counts}.`);
  }
  const open = slack === 0 ? "" : `, and only ${formatCount(slack)} were left open (unanswered, interrupted, retried)`;
  return check("fail", `Client and server disagree: ${counts}${open}. Does anything else send or answer requests?`);
}

/**
 * Rule 10. Without unanswered and interrupted requests and retries both counts are the same number; else the server has
 * seen at least what was answered and at most all of them.
 */
export function reconcile(run: RunFile, evidence: Evidence, phases: readonly Phase[]): Witnesses {
  const client = run.client.filter(({ phase }) => phases.some(({ name }) => name === phase));
  const unanswered = total(client, (counts) => counts.unanswered);
  if (client.length === 0) {
    const none = check("no-data", "The run holds no counts of the client for the judged phases.");
    return { reconciliation: null, unseen: null, check: none };
  }
  if (run.serverCounter === null) {
    const none = check("skip", "The run names no counter of the server to compare with.");
    return { reconciliation: null, unseen: unanswered, check: none };
  }
  const counted = phases.filter(({ name }) => client.some(({ phase }) => phase === name));
  const server = serverCounts(evidence, run, counted);
  if (typeof server === "string") {
    return {
      reconciliation: null,
      unseen: unanswered,
      check: check("no-data", `The server's count cannot be had: ${server}.`),
    };
  }
  const answered = total(client, (counts) => counts.answered);
  const interrupted = total(client, (counts) => counts.interrupted);
  const slack = unanswered + interrupted + total(client, (counts) => counts.retries);
  // The inner count: what surely was in the phase. Interrupted and retried requests may be what it saw beyond the answered.
  const seen = Math.max(0, server.inner - answered - (slack - unanswered));
  return {
    reconciliation: { client: answered, server: server.outer, unanswered, interrupted },
    unseen: Math.max(0, unanswered - seen),
    check: compare(server, answered, slack),
  };
}

import type { CounterEvidence, Evidence } from "./evidence.ts";
import { formatAmount, formatCount } from "./format.ts";
import type { Reconciliation, ValidityCheck } from "./report.ts";
import type { ClientCounts, Phase, RunFile } from "./run.ts";
import { parseSelector } from "./selector.ts";
import { selectorText } from "./selector-text.ts";
import { coverageOf, sidesOf } from "./spans.ts";

export interface Witnesses {
  /** null without a client of ours, or without the server's own count. */
  readonly reconciliation: Reconciliation | null;
  readonly check: ValidityCheck;
  /** The same with what stands before the server; null where the run names no such count. */
  readonly front: ValidityCheck | null;
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

function serverCounts(evidence: Evidence, run: RunFile, counter: string, phases: readonly Phase[]): Server | string {
  const sums: Server[] = [];
  const selector = canonical(counter);
  for (const phase of phases) {
    const found = evidence.counters.find(
      ({ counted, phase: name }) => counted.kind === "counter" && counted.selector === selector && name === phase.name,
    );
    if (found === undefined) return `${counter} was not fetched`;
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

/** As evidence names it. */
function canonical(counter: string): string {
  const parsed = parseSelector(counter);
  return parsed.kind === "ok" ? selectorText(parsed.value) : counter;
}

function total(client: readonly ClientCounts[], of: (counts: ClientCounts) => number): number {
  return client.reduce((sum, counts) => sum + of(counts), 0);
}

function check(verdict: ValidityCheck["verdict"], text: string): ValidityCheck {
  return { check: "reconciliation", verdict, text };
}

function compare(server: Server, answered: number, slack: number, who = "server"): ValidityCheck {
  const counts = `the client counts ${formatCount(answered)} answered, the ${who} ${formatCount(server.outer)}`;
  if (server.outer >= answered && server.outer <= answered + slack) {
    const within = slack === 0 ? "integer for integer" : `within the ${formatAmount(slack, "request")} left open`;
    return check("pass", `Client and ${who} agree ${within}: ${counts}.`);
  }
  if (server.outer > answered && server.inner <= answered + slack) {
    return check("no-data", `The edges were not quiet, so client and ${who} cannot be compared: ${counts}.`);
  }
  if (server.outer < answered && server.lossy) {
    return check("no-data", `Counts of the ${who} are lost, so it cannot be compared with the client: ${counts}.`);
  }
  const open = slack === 0 ? "" : `, and only ${formatCount(slack)} were left open (unanswered, interrupted, retried)`;
  return check("fail", `Client and ${who} disagree: ${counts}${open}. Does anything else send or answer requests?`);
}

function compareFront(
  run: RunFile,
  evidence: Evidence,
  phases: readonly Phase[],
  answered: number,
  slack: number,
): ValidityCheck | null {
  if (run.frontCounter == null) return null;
  const front = serverCounts(evidence, run, run.frontCounter, phases);
  const compared =
    typeof front === "string"
      ? check("no-data", `The load balancer's count cannot be had: ${front}.`)
      : compare(front, answered, slack, "load balancer");
  return { ...compared, check: "load-balancer" };
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
    return { reconciliation: null, unseen: null, check: none, front: null };
  }
  if (run.serverCounter === null) {
    const none = check("skip", "The run names no counter of the server to compare with.");
    return { reconciliation: null, unseen: unanswered, check: none, front: null };
  }
  const counted = phases.filter(({ name }) => client.some(({ phase }) => phase === name));
  const answered = total(client, (counts) => counts.answered);
  const interrupted = total(client, (counts) => counts.interrupted);
  const slack = unanswered + interrupted + total(client, (counts) => counts.retries);
  const front = compareFront(run, evidence, counted, answered, slack);
  const server = serverCounts(evidence, run, run.serverCounter, counted);
  if (typeof server === "string") {
    return {
      reconciliation: null,
      unseen: unanswered,
      check: check("no-data", `The server's count cannot be had: ${server}.`),
      front,
    };
  }
  // The inner count: what surely was in the phase. Interrupted and retried requests may be what it saw beyond the answered.
  const seen = Math.max(0, server.inner - answered - (slack - unanswered));
  return {
    reconciliation: { client: answered, server: server.outer, unanswered, interrupted },
    unseen: Math.max(0, unanswered - seen),
    check: compare(server, answered, slack),
    front,
  };
}

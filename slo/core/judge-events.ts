import type { Replica } from "./evidence.ts";
import { type Decision, decided } from "./finding.ts";
import { formatAmount, formatCount } from "./format.ts";
import { intervalSides } from "./interval-sides.ts";
import type { ReplicaFinding } from "./judge-memory.ts";
import type { EventObjective } from "./objective.ts";
import type { Phase } from "./run.ts";
import { originText } from "./usage-budget.ts";

const ONE = { oomKills: "OOM kill", restarts: "restart", throttling: "throttled period" } as const;

function unsureText(count: number, { resource }: EventObjective, origin: "container" | "process"): string {
  const hidden = resource === "restarts" ? "may have begun anew" : "may have begun anew, and its count with it,";
  const where = formatAmount(count, "interval");
  const help =
    origin === "container"
      ? "Under Docker a restart keeps the container's id and start time; a CPU quota helps to rule it out"
      : "Export process_start_time_seconds";
  return `in ${where} between samples it ${hidden} without a sign. ${help}, or say "confidence: observed".`;
}

/** OOM kills and restarts: whole numbers, counted from sample to sample; at least so many. */
export function judgeEvents(
  replica: Replica,
  objective: EventObjective,
  origin: "container" | "process",
  phase: Phase,
): ReplicaFinding {
  const { events, name } = replica;
  const one = ONE[objective.resource];
  if (events === null) {
    const text = `${name} has no two samples that tell of ${one}s in the phase: it may not be scraped, or not export them.`;
    return { ...decided("no-data", "no-series", text), measured: null };
  }
  const { inside, edges } = intervalSides(events.times, events.counts, phase);
  const limit = objective.atMost;
  const sure = events.unsure === 0;
  const measured = {
    value: inside + edges,
    lower: inside,
    upper: sure ? inside + edges : null,
    unit: "number",
  } as const;
  const result = (decision: Decision): ReplicaFinding => ({ ...decision, measured });
  const seen = `${name} (${events.metric}, ${originText(origin)}) had ${formatAmount(inside + edges, one)}`;
  const allowed = `${formatCount(limit)} allowed`;
  if (inside > limit) return result(decided("fail", "broken", `${seen}; only ${allowed}.`));
  const observed = objective.confidence.kind === "observed";
  if (inside + edges > limit) {
    if (observed) return result(decided("fail", "broken", `${seen}; only ${allowed}.`));
    const text = `${seen}, ${allowed}, but ${formatCount(edges)} of them in a scrape interval that crosses the phase's edge. Judge a longer phase, or pause the load around it.`;
    return result(decided("inconclusive", "phase-edge", text));
  }
  if (sure) return result(decided("pass", "proven", `${seen}; ${allowed}.`));
  if (observed) return result(decided("pass", "observed", `${seen}, as far as it shows; ${allowed}.`));
  const text = `${seen}, ${allowed}, but ${unsureText(events.unsure, objective, origin)}`;
  return result(decided("inconclusive", "restart-unseen", text));
}

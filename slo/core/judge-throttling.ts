import type { Replica } from "./evidence.ts";
import { type Decision, decided } from "./finding.ts";
import { formatBeside, formatCount, formatLimit } from "./format.ts";
import { intervalSides } from "./interval-sides.ts";
import type { ReplicaFinding } from "./judge-memory.ts";
import { atMost } from "./limit.ts";
import type { EventObjective } from "./objective.ts";
import type { Phase } from "./run.ts";

/** The share of the scheduler's periods in which a container with a CPU quota was held back. */
export function judgeThrottling(replica: Replica, objective: EventObjective, phase: Phase): ReplicaFinding {
  const { throttling, name } = replica;
  if (throttling === null) {
    const text = `${name} has no series of throttling: cAdvisor exports them for containers with a CPU quota only. Set one, or leave the objective out.`;
    return { ...decided("no-data", "no-limit", text), measured: null };
  }
  const { times, throttled, periods } = throttling;
  const part = intervalSides(times, throttled, phase);
  const all = intervalSides(times, periods, phase);
  const [held, ran] = [part.inside + part.edges, all.inside + all.edges];
  if (!(ran > 0)) {
    const text = `${name} did not run in the phase, so nothing could be throttled: its periods stood still.`;
    return { ...decided("no-data", "no-traffic", text), measured: null };
  }
  // Of the edges' periods, none throttled within the phase and all others there; or the other way round.
  const most = all.inside + part.edges;
  const lower = part.inside / Math.max(1, all.inside + all.edges - part.edges);
  const upper = most > 0 ? held / most : 1;
  const value = held / ran;
  const limit = objective.atMost;
  const result = (decision: Decision): ReplicaFinding => ({
    ...decision,
    measured: { value, lower, upper, unit: "ratio" },
  });
  const seen = `${name} was throttled in ${formatBeside(value, limit, "ratio")} of its CPU periods (${formatCount(held)} of ${formatCount(ran)})`;
  const allowed = `${formatLimit(limit, "ratio", value, upper)} allowed`;
  if (!atMost(lower, limit)) return result(decided("fail", "broken", `${seen}; only ${allowed}.`));
  if (atMost(upper, limit)) return result(decided("pass", "proven", `${seen}; ${allowed}.`));
  if (objective.confidence.kind === "observed") {
    return result(
      atMost(value, limit)
        ? decided("pass", "observed", `${seen}; ${allowed}.`)
        : decided("fail", "broken", `${seen}; only ${allowed}.`),
    );
  }
  const text = `${seen}, ${allowed}, but with what the scrape intervals at the edges hold it can have been ${formatBeside(upper, limit, "ratio")}. Judge a longer phase.`;
  return result(decided("inconclusive", "phase-edge", text));
}

import { zeroBadNeeded } from "../bound.ts";
import { formatAmount, formatCount, formatDuration, formatLimit } from "../format.ts";
import { knownLabelTest } from "../match.ts";
import type { LatencyObjective, RatioObjective } from "../objective.ts";
import type { PlannedPhase } from "../plan-file.ts";
import { type Found, fine, hopeless } from "./check.ts";

type Counted = LatencyObjective | RatioObjective;

function allowedOf(objective: Counted): number {
  if (objective.indicator === "latency") return (100 - objective.percentile) / 100;
  return objective.op === "atMost" ? objective.limit : 1 - objective.limit;
}

function plannedFor(objective: Counted, phase: PlannedPhase): number {
  const total = objective.indicator === "latency" ? objective.histogram : objective.total;
  const test = knownLabelTest(total.matchers);
  return phase.requests.reduce((sum, { labels, count }) => (test(labels) ? sum + count : sum), 0);
}

function longer(phase: PlannedPhase, planned: number, needed: number): string {
  const seconds = Math.ceil((phase.duration * needed) / planned);
  return `make ${phase.name} at least ${formatDuration(seconds, 4)} long instead of ${formatDuration(phase.duration, 4)}, or raise the rate`;
}

/** Rule 5: can the planned requests prove the objective? At the very least, with none of them bad. */
export function requestsFinding(objective: Counted, phase: PlannedPhase): Found {
  const planned = plannedFor(objective, phase);
  const actual = `${formatAmount(planned, "request")} planned in ${phase.name}`;
  if (planned <= 0) {
    const advice = "none of the planned requests is one that the objective counts: see its matchers and the profile";
    return hopeless("requests", "requests that the objective counts", actual, advice);
  }
  const { confidence } = objective;
  const allowed = allowedOf(objective);
  if (confidence.kind === "observed") return fine("requests", "any, compared as observed without a bound", actual);
  const groups = objective.burst > 1 ? ` and a burst of ${objective.burst}` : "";
  const claim = `to prove at most ${formatLimit(allowed, "ratio")} at ${formatLimit(confidence.level, "ratio")} confidence${groups}`;
  const needed = zeroBadNeeded(allowed, confidence.level, objective.burst);
  if (needed === null) {
    const advice = "no number of requests proves that none is ever bad: say `confidence: observed`";
    return hopeless("requests", claim, actual, advice);
  }
  const expected = `${formatCount(needed)} without a bad one, ${claim}`;
  if (planned >= needed) return fine("requests", expected, actual);
  return hopeless("requests", expected, actual, longer(phase, planned, needed));
}

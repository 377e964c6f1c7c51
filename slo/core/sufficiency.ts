import { zeroBadNeeded } from "./bound.ts";
import { formatAmount, formatCount, formatDuration, formatShare } from "./format.ts";
import { knownLabelTest } from "./match.ts";
import type { LatencyObjective, ObjectivesFile, RatioObjective, Selector } from "./objective.ts";
import type { PlanFile, PlannedPhase } from "./plan-file.ts";
import type { SufficiencyCheck } from "./report.ts";

type Counted = LatencyObjective | RatioObjective;

function allowedOf(objective: Counted): number {
  if (objective.indicator === "latency") return (100 - objective.percentile) / 100;
  return objective.op === "atMost" ? objective.limit : 1 - objective.limit;
}

function totalOf(objective: Counted): Selector {
  return objective.indicator === "latency" ? objective.histogram : objective.total;
}

function plannedFor(objective: Counted, phase: PlannedPhase): number {
  const test = knownLabelTest(totalOf(objective).matchers);
  return phase.requests.reduce((sum, { labels, count }) => (test(labels) ? sum + count : sum), 0);
}

type Answer = Pick<SufficiencyCheck, "verdict" | "text">;

function compare(objective: Counted, phase: PlannedPhase): Answer {
  const planned = plannedFor(objective, phase);
  const plan = `${formatAmount(planned, "request")} planned in ${phase.name}`;
  if (planned <= 0)
    return { verdict: "fail", text: `${plan}: none that the objective counts, so there will be no data.` };
  const { confidence } = objective;
  if (confidence.kind === "observed")
    return { verdict: "pass", text: `${plan}; compared as observed, without a bound.` };
  const allowed = allowedOf(objective);
  const needed = zeroBadNeeded(allowed, confidence.level, objective.burst);
  if (needed === null) {
    const text = `${plan}, and none may be bad: no number of requests proves that. Say "confidence: observed".`;
    return { verdict: "fail", text };
  }
  const groups = objective.burst > 1 ? ` and a burst of ${objective.burst}` : "";
  const level = `${formatShare(confidence.level)} confidence${groups}`;
  if (planned >= needed) {
    return {
      verdict: "pass",
      text: `${plan}; ${formatCount(needed)} without a bad one prove at most ${formatShare(allowed)} at ${level}.`,
    };
  }
  const longer = Math.ceil((phase.duration * needed) / planned);
  const text = `${plan}, but to prove at most ${formatShare(allowed)} at ${level} takes ${formatCount(needed)} without a bad one. Make ${phase.name} at least ${formatDuration(longer, 4)} long instead of ${formatDuration(phase.duration, 4)}, or raise the rate.`;
  return { verdict: "fail", text };
}

function answer(objective: Counted, plan: PlanFile): Answer {
  const [phase, second] = plan.phases.filter(({ name }) => name === objective.phase);
  if (phase !== undefined && second === undefined) return compare(objective, phase);
  const has = plan.phases.map(({ name }) => name).join(", ") || "none";
  const text = `The profile ${plan.profile} has not one phase "${objective.phase}" (it has ${has}): there will be nothing to judge.`;
  return { verdict: "fail", text };
}

/** Rule 5: before any load, can the planned requests prove what gates? At the very least, with none of them bad. */
export function sufficiency(file: ObjectivesFile, plan: PlanFile): readonly SufficiencyCheck[] {
  return file.objectives
    .filter(({ gating }) => gating)
    .map((objective) => {
      const base = { check: "requests", objective: objective.name };
      switch (objective.indicator) {
        case "latency":
        case "ratio":
          return { ...base, ...answer(objective, plan) };
        case "resource":
        case "query":
          return { ...base, verdict: "skip", text: "It does not rest on a number of requests." };
        default: {
          const never: never = objective;
          return never;
        }
      }
    });
}

import type { CpuCourse, Replica } from "./evidence.ts";
import { type Decision, decided } from "./finding.ts";
import { formatBeside } from "./format.ts";
import { isInside } from "./interval-sides.ts";
import { itemAt } from "./item-at.ts";
import type { ReplicaFinding } from "./judge-memory.ts";
import { atMost } from "./limit.ts";
import type { UsageObjective } from "./objective.ts";
import type { Phase } from "./run.ts";
import { budgetOf, inUnit, originText } from "./usage-budget.ts";

interface Cores {
  readonly value: number;
  readonly lower: number;
  readonly upper: number | null;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

/** All that the phase can have used over its length, and what it must have: no assumption on the intervals at its edges. */
function meanCores({ times, used }: CpuCourse, phase: Phase): Cores | null {
  const length = phase.to - phase.from;
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined || last <= first || length <= 0) return null;
  const within = sum(used.filter((_, index) => isInside(times, phase, index)));
  return { value: sum(used) / (last - first), lower: within / length, upper: sum(used) / length };
}

/** The busiest scrape interval inside the phase: a busier moment within one is not seen. */
function peakCores({ times, used }: CpuCourse, phase: Phase): Cores | null {
  const rates = used.flatMap((seconds, index) => {
    const span = itemAt(times, index + 1) - itemAt(times, index);
    return isInside(times, phase, index) && span > 0 ? [seconds / span] : [];
  });
  if (rates.length === 0) return null;
  const value = Math.max(...rates);
  return { value, lower: value, upper: null };
}

/** Cores: the counter's difference over the phase (rule 11). */
export function judgeCpu(
  replica: Replica,
  objective: UsageObjective,
  origin: "container" | "process",
  phase: Phase,
): ReplicaFinding {
  const budget = budgetOf(replica, objective);
  if (budget.kind === "none") return { ...budget.decision, measured: null };
  const { cpu, name } = replica;
  const cores = cpu === null ? null : objective.stat === "mean" ? meanCores(cpu, phase) : peakCores(cpu, phase);
  if (cpu === null || cores === null) {
    const text = `${name} has no two samples of its CPU in the phase: it may not be scraped, or not export it.`;
    return { ...decided("no-data", "no-series", text), measured: null };
  }
  const { limit } = budget;
  const used = `${name} (${cpu.metric}, ${originText(origin)}) used ${formatBeside(cores.value, limit, "cores")}${objective.stat === "peak" ? " at its busiest" : ""}`;
  const allowed = `${budget.text(cores.value, cores.upper)} allowed`;
  const result = (decision: Decision): ReplicaFinding => ({ ...decision, measured: inUnit(cores, budget) });
  if (!atMost(cores.lower, limit)) return result(decided("fail", "broken", `${used}; only ${allowed}.`));
  if (cores.upper !== null && atMost(cores.upper, limit))
    return result(decided("pass", "proven", `${used}; ${allowed}.`));
  if (objective.confidence.kind === "observed") {
    return result(
      atMost(cores.value, limit)
        ? decided("pass", objective.stat === "peak" ? "sampled" : "observed", `${used}; ${allowed}.`)
        : decided("fail", "broken", `${used}; only ${allowed}.`),
    );
  }
  if (cores.upper === null) {
    const text = `${used}, ${allowed}, but a busier moment between two scrapes is not seen. Use "stat: mean", or say "confidence: observed".`;
    return result(decided("inconclusive", "sampled", text));
  }
  const text = `${used}, ${allowed}, but with what the scrape intervals at the edges hold it can have been ${formatBeside(cores.upper, limit, "cores")}. Judge a longer phase.`;
  return result(decided("inconclusive", "phase-edge", text));
}

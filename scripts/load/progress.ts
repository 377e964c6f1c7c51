import type { PlanFile, PlannedPhase } from "../../slo/core/plan-file.ts";
import type { LiveFigures } from "./live.ts";

export interface Moment {
  /** Seconds since the load began. */
  readonly elapsed: number;
  readonly figures: LiveFigures;
}

/** The phase under way; between two phases, the pause after the earlier one. */
export function phaseAt(plan: PlanFile, elapsed: number): { phase: PlannedPhase; pausing: boolean } | null {
  const begun = plan.phases.filter((phase) => phase.offset <= elapsed);
  const phase = begun.at(-1);
  return phase === undefined ? null : { phase, pausing: elapsed >= phase.offset + phase.duration };
}

/** Seconds that the load takes when nothing is late. */
export function plannedEnd(plan: PlanFile): number {
  return Math.max(0, ...plan.phases.map((phase) => phase.offset + phase.duration));
}

/** One line: phase, rate, p99 so far, errors, time left. */
export function progressLine(plan: PlanFile, moment: Moment): string {
  const left = Math.max(0, Math.ceil(plannedEnd(plan) - moment.elapsed));
  const at = phaseAt(plan, moment.elapsed);
  if (at === null) return `starting · ${left} s left`;
  const { phase, pausing } = at;
  if (pausing) return `${phase.name} is over, requests under way drain · ${left} s left`;
  const into = Math.floor(moment.elapsed - phase.offset);
  return [
    `${phase.name} ${into}/${Math.round(phase.duration)} s`,
    `${shown(moment.figures.rate, (rate) => rate.toFixed(0))} req/s`,
    `p99 ${shown(moment.figures.p99, milliseconds)}`,
    `${shown(moment.figures.errors, String)} errors`,
    `${left} s left`,
  ].join(" · ");
}

function shown(value: number | null, format: (value: number) => string): string {
  return value === null ? "–" : format(value);
}

function milliseconds(seconds: number): string {
  const ms = seconds * 1000;
  return `${ms < 10 ? ms.toFixed(1) : ms.toFixed(0)} ms`;
}

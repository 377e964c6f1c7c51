import type { Objective } from "../objective.ts";
import type { PlanFile, PlannedPhase } from "../plan-file.ts";
import { type Found, fine, wrong } from "./check.ts";

/** The planned phase that an objective holds in; null: there is no plan, or no such phase. */
export function plannedPhase({ phase }: Pick<Objective, "phase">, plan: PlanFile | null): PlannedPhase | null {
  return plan?.phases.find(({ name }) => name === phase) ?? null;
}

export function phaseFinding({ phase }: Objective, { profile, phases }: PlanFile): Found {
  const named = phases.filter(({ name }) => name === phase);
  const expected = `profile ${profile} has one phase ${phase}`;
  if (named.length === 1) return fine("phase", expected, "it has");
  const actual = named.length === 0 ? "it has none of that name" : `it has ${named.length}`;
  return wrong("phase", expected, actual, `its phases: ${phases.map(({ name }) => name).join(", ")}`);
}

import type { Objective } from "./objective.ts";
import type { Phase, RunFile, WindowFacts } from "./run.ts";

/** Name of the one phase that stands for every objective's: somebody's window, judged without a run. */
export const WINDOW = "window";

/** A window of somebody's traffic; unix seconds. Nothing is known of its edges, so they are not quiet. */
export function windowPhase(from: number, to: number): Phase {
  return { name: WINDOW, from, to, quiet: false };
}

export type PhaseFound =
  | { readonly kind: "found"; readonly phase: Phase }
  | { readonly kind: "absent" }
  | { readonly kind: "ambiguous" };

/** The phase that an objective is judged on. */
export function phaseOf(objective: Pick<Objective, "phase">, phases: readonly Phase[]): PhaseFound {
  const [only] = phases;
  if (only !== undefined && phases.length === 1 && only.name === WINDOW) return { kind: "found", phase: only };
  const [phase, second] = phases.filter((candidate) => candidate.name === objective.phase);
  if (phase === undefined) return { kind: "absent" };
  return second === undefined ? { kind: "found", phase } : { kind: "ambiguous" };
}

/** Phases that objectives are judged on, in the order of the run. */
export function judgedPhases(objectives: readonly Objective[], phases: readonly Phase[]): readonly Phase[] {
  const found = objectives.flatMap((objective) => {
    const answer = phaseOf(objective, phases);
    return answer.kind === "found" ? [answer.phase] : [];
  });
  return phases.filter((phase) => found.includes(phase));
}

export function phasesOf(run: RunFile | WindowFacts): readonly Phase[] {
  return "window" in run ? [run.window] : run.phases;
}

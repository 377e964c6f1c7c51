import type { PlanFile, PlannedPhase } from "../../slo/core/plan-file.ts";
import type { Phase } from "../../slo/core/run.ts";
import type { Dashboards, Mark } from "./load-stack.ts";

/** The phases of one run, marked where people watch it. */
export interface Annotations {
  /** A phase began at this time (unix seconds); its end is the planned one for now. */
  begin(phase: PlannedPhase, at: number): void;
  /** When each phase really was; one that never was loses nothing but its mark's accuracy. */
  finish(phases: readonly Phase[]): Promise<void>;
}

/** `failed` hears at most once why the dashboards did not take a mark: watching is a courtesy, the run goes on. */
export function annotations(
  dashboards: Dashboards,
  run: { readonly id: string; readonly plan: PlanFile },
  failed: (why: string) => void,
): Annotations {
  const marked = new Map<string, Promise<number | null>>();
  let told = false;
  const trying = async (work: () => Promise<number>): Promise<number | null> => {
    try {
      return await work();
    } catch (error) {
      if (!told) failed(error instanceof Error ? error.message : String(error));
      told = true;
      return null;
    }
  };
  const mark = (phase: string, from: number, to: number): Mark => ({
    from,
    to,
    text: `${run.plan.profile}: ${phase}`,
    tags: ["proving-ground", run.id, phase],
  });
  return {
    begin: ({ name, duration }, at) => {
      if (!marked.has(name))
        marked.set(
          name,
          trying(() => dashboards.mark(mark(name, at, at + duration), null)),
        );
    },
    finish: async (phases) => {
      await Promise.all(
        phases.map(async ({ name, from, to }) => {
          const id = (await marked.get(name)) ?? null;
          await trying(() => dashboards.mark(mark(name, from, to), id));
        }),
      );
    },
  };
}

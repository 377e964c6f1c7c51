import { z } from "zod";
import type { PlanFile, PlannedPhase } from "../../slo/core/plan-file.ts";
import { Fault } from "../lib/fault.ts";

const scenario = z.object({
  rate: z.number(),
  timeUnit: z.string(),
  duration: z.string(),
  gracefulStop: z.string(),
  maxVUs: z.number(),
});

/** The part of `k6 inspect --execution-requirements` that a plan is made of; `ext` is our own script's word. */
const inspected = z.object({
  scenarios: z.record(z.string(), scenario),
  totalDuration: z.string(),
  ext: z.object({
    provingGround: z.object({
      profile: z.string(),
      phases: z.array(z.object({ name: z.string(), offset: z.number(), pause: z.number() })),
      journey: z.array(z.object({ name: z.string(), labels: z.record(z.string(), z.string()) })),
    }),
  }),
});

const GO_UNITS = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 } as const;

/** Seconds of a duration as Go writes it, `1m30.5s`. */
export function goDuration(text: string): number {
  let seconds = 0;
  for (const match of text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|us|µs|ns|s)/g)) {
    seconds += Number(match[1]) * GO_UNITS[match[2] as keyof typeof GO_UNITS];
  }
  return seconds;
}

/** From k6's own reading of the script to the plan. Throws a Fault when the script does not tell what a plan needs. */
export function planFrom(inspection: unknown): PlanFile {
  const parsed = inspected.safeParse(inspection);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Fault(
      "plan",
      `k6 inspect does not tell what is planned: ${issue?.path.join(".")}: ${issue?.message}`,
      "The script needs scenarios of constant-arrival-rate and options.ext.provingGround; see loadtests/main.ts.",
      2,
    );
  }
  const { scenarios, totalDuration, ext } = parsed.data;
  const { profile, phases, journey } = ext.provingGround;
  const pausedAfter = (index: number) => index < 0 || index >= phases.length - 1 || (phases[index]?.pause ?? 0) > 0;
  return {
    schema: 1,
    profile,
    duration: goDuration(totalDuration),
    phases: phases.flatMap((phase, index): PlannedPhase[] => {
      const shape = scenarios[phase.name];
      if (shape === undefined) return [];
      const duration = goDuration(shape.duration);
      const rate = shape.rate / goDuration(shape.timeUnit);
      const iterations = Math.floor(rate * duration);
      return [
        {
          name: phase.name,
          offset: phase.offset,
          duration,
          drain: goDuration(shape.gracefulStop),
          quiet: pausedAfter(index - 1) && pausedAfter(index),
          rate,
          iterations,
          maxVUs: shape.maxVUs,
          requests: requestsOf(journey, iterations),
        },
      ];
    }),
  };
}

type Step = { readonly name: string; readonly labels: Readonly<Record<string, string>> };

function requestsOf(journey: readonly Step[], iterations: number): PlannedPhase["requests"] {
  const byName = Map.groupBy(journey, (step) => step.name);
  return [...byName].map(([name, steps]) => ({
    name,
    labels: steps[0]?.labels ?? {},
    count: steps.length * iterations,
  }));
}

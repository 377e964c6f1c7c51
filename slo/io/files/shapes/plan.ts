import { z } from "zod";
import type { PlanFile } from "../../../core/plan-file.ts";

const count = z.int().nonnegative();
const seconds = z.number().nonnegative().describe("seconds");

/** `plan.json`: what a profile will offer. */
export const planShape = z.object({
  schema: z.literal(1),
  profile: z.string().min(1),
  duration: seconds.describe("seconds, the whole load at the longest"),
  phases: z
    .array(
      z.object({
        name: z.string().min(1),
        offset: seconds.describe("seconds after the load's start"),
        duration: seconds,
        drain: seconds.describe("seconds that iterations under way may take after the phase's duration"),
        quiet: z.boolean(),
        rate: z.number().nonnegative().describe("iterations per second"),
        iterations: count,
        maxVUs: count,
        requests: z.array(
          z.object({ name: z.string(), labels: z.record(z.string(), z.string()), count: z.number().nonnegative() }),
        ),
      }),
    )
    .min(1),
}) satisfies z.ZodType<PlanFile>;

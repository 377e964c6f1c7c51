import { z } from "zod";
import type { ClientCounts, Fingerprint, LoadFacts, Phase, RunFile } from "../../../core/run.ts";

const count = z.int().nonnegative();
const share = z.number().nonnegative();
const seconds = z.number().nonnegative().describe("seconds");
/** Beyond the year 5138 stand milliseconds. */
const time = z
  .number()
  .refine((value) => value >= 0 && value < 1e11, { message: "must be unix seconds" })
  .describe("unix seconds, with fractions");

const phase = z
  .object({
    name: z.string().min(1),
    from: time,
    to: time,
    quiet: z.boolean().describe("the load paused before `from` and after `to` until nothing was in flight"),
  })
  .refine(({ from, to }) => from < to, { message: "must be after from", path: ["to"] }) satisfies z.ZodType<Phase>;

const client = z.object({
  phase: z.string().min(1),
  answered: count.describe("requests that got a response, whatever its status"),
  unanswered: count.describe("refused, reset or timed out"),
  interrupted: count.describe("started, and cut off by the generator itself"),
  retries: count,
  unexpected: count.describe("responses below 500 with a status that the journey does not expect"),
  serverErrors: count.describe("responses with a status of 500 or above"),
  iterations: count,
  droppedIterations: count.nullable().describe("null when the generator did not tell"),
  latency: z
    .object({ p50: seconds, p95: seconds, p99: seconds, max: seconds })
    .nullable()
    .describe("client-side latency of answered requests; null without requests"),
}) satisfies z.ZodType<ClientCounts>;

const load = z.object({
  phase: z.string().min(1),
  offeredRate: z.number().nonnegative().describe("iterations per second"),
  achievedRate: z.number().nonnegative().describe("iterations per second"),
  maxVUs: count,
  peakVUs: count.nullable(),
  generatorCpu: share.nullable().describe("share of the cores the generator may use; null when not measured"),
}) satisfies z.ZodType<LoadFacts>;

const fingerprint = z.object({
  gitRevision: z.string().nullable(),
  gitDirty: z.boolean().nullable(),
  versions: z.record(z.string(), z.string()),
  machine: z.object({ os: z.string(), arch: z.string(), cpu: z.string(), cores: count, memoryBytes: count }),
}) satisfies z.ZodType<Fingerprint>;

/** `run.json`: written by whoever ran the load. */
export const runShape = z
  .object({
    schema: z.literal(1),
    id: z.string().min(1),
    profile: z.string().min(1),
    from: time,
    to: time,
    phases: z.array(phase).min(1),
    client: z.array(client),
    load: z.array(load),
    serverCounter: z.string().nullable().describe("selector of the server's own request counter, or null"),
    frontCounter: z
      .string()
      .nullable()
      .optional()
      .describe("selector of the same count by what stands before the server, such as a load balancer"),
    fingerprint,
    timings: z.record(z.string(), seconds).describe("seconds by stage"),
    failure: z.object({ code: z.string(), text: z.string() }).nullable().describe("why the run did not go to its end"),
  })
  .refine(({ from, to }) => from < to, { message: "must be after from", path: ["to"] })
  .superRefine((run, context) => {
    for (const list of ["client", "load"] as const) {
      const told = run[list].map(({ phase }) => phase);
      const index = told.findIndex((phase, at) => told.indexOf(phase) !== at);
      if (index !== -1)
        context.addIssue({ code: "custom", message: `tells of ${told[index]} again`, path: [list, index, "phase"] });
    }
  })
  .superRefine(({ phases }, context) => {
    const seen = new Set<string>();
    for (const [index, { name }] of phases.entries()) {
      if (seen.has(name))
        context.addIssue({
          code: "custom",
          message: `is the second phase called ${name}`,
          path: ["phases", index, "name"],
        });
      seen.add(name);
    }
  }) satisfies z.ZodType<RunFile>;

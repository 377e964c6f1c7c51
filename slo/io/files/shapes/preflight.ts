import { z } from "zod";
import type { Preflight } from "../../../core/preflight/preflight.ts";

const text = z.string().min(1);
const exitCode = z.union([z.literal(0), z.literal(2), z.literal(3)]);

/** What `slo plan --format json` says. */
export const preflightShape = z.object({
  schema: z.literal(1),
  exitCode: exitCode.describe(
    "0: nothing known stands in the way; 2: what is written is wrong; 3: could not be judged",
  ),
  service: text,
  profile: text.nullable().describe("null: without --plan"),
  prometheus: z
    .object({ address: text, version: text.nullable().describe("null: it does not tell") })
    .nullable()
    .describe("null: without --prometheus"),
  checks: z.array(
    z.object({
      check: z
        .enum([
          "prometheus",
          "clock",
          "phase",
          "requests",
          "metric",
          "histogram",
          "labels",
          "values",
          "edge",
          "targets",
          "scrapes",
          "resource",
          "limit",
          "query",
        ])
        .describe("more may join"),
      objective: text.nullable().describe("null: of all objectives"),
      verdict: z.enum(["ok", "problem", "unknown"]).describe("unknown: nothing that is there now tells"),
      exitCode: exitCode.describe("what this check alone would end with; an advisory objective's never with 3"),
      expected: text,
      actual: text,
      advice: text.nullable().describe("what to do; null where it is ok"),
      place: z
        .object({ file: z.string(), line: z.int().positive(), column: z.int().positive() })
        .nullable()
        .describe("where the objective stands in its file"),
    }),
  ),
}) satisfies z.ZodType<Preflight>;

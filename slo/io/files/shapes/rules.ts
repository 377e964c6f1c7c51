import { z } from "zod";
import type { RulesAnswer } from "../../../core/rules/rule-file.ts";

const text = z.string().min(1);
const texts = z.record(z.string(), z.string()).readonly();

const rule = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("record"), record: text, expr: text, labels: texts }),
  z.object({
    kind: z.literal("alert"),
    alert: text,
    expr: text,
    lasting: text.nullable().describe("how long it must hold, as 5m; null: it fires at once"),
    labels: texts.describe("service, objective, severity (page, ticket, none), and window of a burn rate"),
    annotations: texts,
  }),
]);

/** What `slo rules --format json` says. */
export const rulesShape = z.object({
  schema: z.literal(1),
  service: text,
  period: z.number().positive().describe("days of the error budget"),
  leastRequests: z.int().nonnegative().describe("that the short window of a burn-rate alert must hold"),
  groups: z
    .array(
      z.object({
        name: text,
        interval: text.describe("between evaluations, as 30s"),
        rules: z.array(rule).readonly(),
        notes: z.array(text).readonly(),
      }),
    )
    .readonly(),
  leftOut: z
    .array(z.object({ objective: text, reason: text }))
    .readonly()
    .describe("objectives that no alert can watch"),
}) satisfies z.ZodType<RulesAnswer>;

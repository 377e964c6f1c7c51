import { z } from "zod";
import {
  EXIT,
  type ExitCode,
  type Report,
  type ReportedObjective,
  type RunVerdict,
  type ValidityCheck,
} from "../../../core/report.ts";

const verdict = z.enum(["pass", "fail", "inconclusive", "no-data"]);
const unit = z.enum(["s", "ratio", "bytes", "cores", "number"]);
const count = z.int().nonnegative();
const share = z.number().min(0).max(1);
const burst = z.number().min(1);
const number = z.number().nullable();
const time = z.iso.datetime({ precision: 3 }).describe("RFC 3339, UTC, milliseconds");

const objective = z.object({
  name: z.string(),
  indicator: z.enum(["latency", "ratio", "resource", "query"]),
  gating: z.boolean().describe("false: judged and shown, but never decides the run"),
  phase: z.string(),
  verdict,
  limit: z.object({
    op: z.enum(["atMost", "atLeast"]),
    value: z.number(),
    unit,
    percentile: z.number().gt(0).lt(100).exactOptional(),
  }),
  measured: z
    .object({ value: number, lower: number, upper: number, unit })
    .nullable()
    .describe("null where there is no data; lower and upper enclose the true value, null where open"),
  counts: z
    .object({ total: count, bad: count, badAtMost: count.exactOptional() })
    .nullable()
    .describe("null for resource and query; badAtMost where bucket edges leave bad open"),
  bound: z
    .object({ lower: share, upper: share, burst: z.object({ taken: burst, declared: burst }).exactOptional() })
    .nullable()
    .describe("one-sided each, on the share of bad; upper allows for bad requests that come so many at a time"),
  confidence: share.nullable().describe("null: observed"),
  span: z.object({ from: time, to: time, coverage: share }).nullable(),
  reason: z.object({ code: z.string(), text: z.string() }),
  queries: z.array(z.string()),
  place: z.object({ file: z.string(), line: z.int().positive(), column: z.int().positive() }),
}) satisfies z.ZodType<ReportedObjective>;

const check = z.object({
  check: z.string(),
  verdict: z.enum(["pass", "fail", "no-data", "skip"]),
  text: z.string(),
}) satisfies z.ZodType<ValidityCheck>;

const EXIT_CODES: Readonly<Record<RunVerdict, ExitCode>> = {
  pass: EXIT.met,
  fail: EXIT.broken,
  inconclusive: EXIT.notJudged,
  "no-data": EXIT.notJudged,
  invalid: EXIT.notJudged,
};

/** A report that was edited by hand must not turn a gate green. */
function contradiction({ verdict, exitCode, objectives }: Report): { path: string[]; message: string } | null {
  if (exitCode !== EXIT_CODES[verdict]) {
    return {
      path: ["exitCode"],
      message: `must be ${EXIT_CODES[verdict]} where verdict is ${JSON.stringify(verdict)}`,
    };
  }
  const open = objectives.find((one) => one.gating && one.verdict !== "pass");
  if (verdict !== "pass" || open === undefined) return null;
  return { path: ["verdict"], message: `must not be "pass" where ${open.name} is ${JSON.stringify(open.verdict)}` };
}

const whole = z.object({
  schema: z.literal(1),
  verdict: z.enum(["pass", "fail", "inconclusive", "no-data", "invalid"]),
  exitCode: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
  service: z.string(),
  run: z.object({
    id: z.string().nullable(),
    profile: z.string().nullable(),
    from: time,
    to: time,
    phases: z.array(z.object({ name: z.string(), from: time, to: time })),
  }),
  objectives: z.array(objective),
  validity: z.array(check),
  reconciliation: z.object({ client: count, server: count, unanswered: count, interrupted: count }).nullable(),
}) satisfies z.ZodType<Report>;

/** `report.json`: every verdict of one run. */
export const reportShape = whole.superRefine((report, context) => {
  const issue = contradiction(report);
  if (issue !== null) context.addIssue({ code: "custom", ...issue });
});

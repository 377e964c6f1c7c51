import { z } from "zod";
import type {
  CounterEvidence,
  Evidence,
  QueryEvidence,
  Replica,
  ResourceEvidence,
  Trouble,
  Watch,
} from "../../../core/evidence.ts";
import { incoherence } from "./coherent.ts";

const time = z.number().describe("unix seconds, with fractions");
const share = z.number().min(0).max(1);
const count = z.number();
const series = z.array(z.number());

const phase = z.object({ name: z.string().min(1), from: time, to: time, quiet: z.boolean() });
const failure = z.object({ request: z.string(), code: z.string(), text: z.string() }).nullable();
const fault = z.object({
  code: z.enum([
    "bad-value",
    "part-exceeds-total",
    "duplicate-series",
    "no-inf-bucket",
    "buckets-not-rising",
    "bad-edge",
    "forms-differ",
    "own-clock",
    "ambiguous-service",
  ]),
  text: z.string(),
});

const trouble = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("reset"), at: time, metric: z.string() }),
  z.object({ kind: z.literal("restart"), at: time }),
  z.object({ kind: z.literal("down"), from: time, to: time }),
  z.object({
    kind: z.literal("gap"),
    from: time,
    to: time,
    atEdge: z.boolean(),
    process: z.enum(["unchanged", "changed", "unknown"]),
  }),
  z.object({ kind: z.literal("start-missing"), first: time.nullable() }),
  z.object({ kind: z.literal("end-missing"), last: time.nullable() }),
  z.object({ kind: z.literal("start-unread") }),
  z.object({ kind: z.literal("own-clock") }),
]) satisfies z.ZodType<Trouble>;

const stillness = z.enum(["still", "moved", "unknown"]);

const course = z.object({
  job: z.string(),
  instance: z.string(),
  times: series,
  total: series,
  columns: z.array(series),
  scrapeInterval: z.number().nullable(),
  before: stillness,
  after: stillness,
  coverage: share,
  troubles: z.array(trouble),
});

const counter = z.object({
  counted: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("latency"),
      histogram: z.string(),
      form: z.enum(["classic", "native", "both"]).default("classic"),
      edges: series,
      uniform: z.boolean(),
    }),
    z.object({ kind: z.literal("ratio"), part: z.string(), total: z.string() }),
    z.object({ kind: z.literal("counter"), selector: z.string() }),
  ]),
  phase: z.string(),
  queries: z.array(z.string()),
  failure,
  series: count,
  missing: z.array(
    z.object({
      kind: z.enum(["metric", "label"]),
      name: z.string(),
      selector: z.string(),
      instance: z.string().nullable(),
    }),
  ),
  faults: z.array(fault),
  targets: z.array(course),
}) satisfies z.ZodType<CounterEvidence>;

const replica = z.object({
  name: z.string(),
  gauge: z.object({ metric: z.string(), measure: z.string(), times: series, values: series }).nullable(),
  highWater: z
    .object({
      metric: z.string(),
      measure: z.string(),
      comparable: z.boolean(),
      atStart: z.number().nullable(),
      beforeEnd: z.number().nullable(),
      atEnd: z.number().nullable(),
    })
    .nullable(),
  cpu: z.object({ metric: z.string(), times: series, used: series }).nullable(),
  limit: z.object({ metric: z.string(), lowest: z.number(), highest: z.number() }).nullable(),
  throttling: z.object({ metric: z.string(), times: series, periods: series, throttled: series }).nullable(),
  events: z.object({ metric: z.string(), times: series, counts: series, unsure: count }).nullable(),
  coverage: share,
  troubles: z.array(trouble),
  faults: z.array(fault),
}) satisfies z.ZodType<Replica>;

const resource = z.object({
  service: z.string(),
  namespace: z.string().nullable(),
  container: z.string().nullable(),
  resource: z.enum(["memory", "cpu", "throttling", "oomKills", "restarts"]),
  phase: z.string(),
  origin: z.enum(["container", "process", "none"]),
  queries: z.array(z.string()),
  failure,
  replicas: z.array(replica),
}) satisfies z.ZodType<ResourceEvidence>;

const watch = z.object({
  selectors: z.array(z.string()),
  failure,
  unwatched: z.array(z.object({ selector: z.string(), why: z.enum(["recorded", "no-target"]) })),
  everywhere: z.string().nullable(),
  faults: z.array(fault),
  targets: z.array(z.object({ job: z.string(), instance: z.string(), coverage: share, troubles: z.array(trouble) })),
}) satisfies z.ZodType<Watch>;

const query = z.object({
  promql: z.string(),
  phase: z.string(),
  failure,
  series: z.array(
    z.object({
      labels: z.record(z.string(), z.string()),
      value: z.union([z.number(), z.literal(["NaN", "+Inf", "-Inf"])]),
    }),
  ),
  watch,
}) satisfies z.ZodType<QueryEvidence>;

/** `evidence.json`: what Prometheus said, reduced. */
export const evidenceShape = z
  .object({
    schema: z.literal(1),
    phases: z.array(phase),
    clock: z.object({ shift: z.number(), uncertainty: z.number().min(0) }).optional(),
    counters: z.array(counter),
    resources: z.array(resource),
    queries: z.array(query),
  })
  .superRefine(({ counters }, context) => {
    for (const { path, message } of incoherence(counters))
      context.addIssue({ code: "custom", message, path: [...path] });
  }) satisfies z.ZodType<Evidence>;

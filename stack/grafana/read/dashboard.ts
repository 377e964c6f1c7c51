import * as z from "zod";

const ref = z.object({ type: z.string(), uid: z.string() });

const target = z.looseObject({
  refId: z.string().optional(),
  datasource: ref.optional(),
  expr: z.string().optional(),
  legendFormat: z.string().optional(),
  instant: z.boolean().optional(),
  interval: z.string().optional(),
  format: z.string().optional(),
  rawSql: z.string().optional(),
});

const panel = z.looseObject({
  id: z.number().optional(),
  type: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
  gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }).optional(),
  datasource: ref.optional(),
  fieldConfig: z.looseObject({ defaults: z.looseObject({ unit: z.string().optional() }) }).optional(),
  targets: z.array(target).optional(),
});

const variable = z.looseObject({
  type: z.string(),
  name: z.string(),
  query: z.unknown().optional(),
  datasource: ref.optional(),
  current: z.looseObject({ value: z.union([z.string(), z.array(z.string())]) }).optional(),
  includeAll: z.boolean().optional(),
  allValue: z.string().optional(),
});

const annotation = z.looseObject({ name: z.string(), datasource: ref.optional(), expr: z.string().optional() });

/** What is read of a dashboard in Grafana's classic form; everything else may be there as well. */
const dashboard = z.looseObject({
  uid: z.string().optional(),
  title: z.string(),
  description: z.string().optional(),
  tags: z.array(z.string()).optional(),
  schemaVersion: z.number(),
  time: z.object({ from: z.string(), to: z.string() }).optional(),
  links: z.array(z.looseObject({ type: z.string(), tags: z.array(z.string()).optional() })).optional(),
  templating: z.object({ list: z.array(variable).optional() }).optional(),
  annotations: z.object({ list: z.array(annotation).optional() }).optional(),
  panels: z.array(panel),
});

export type Target = z.infer<typeof target>;
export type Panel = z.infer<typeof panel>;
export type Variable = z.infer<typeof variable>;
export type Dashboard = z.infer<typeof dashboard>;

/** Reads a dashboard's text; what is not of the classic form (the v2 schema, an envelope) throws, and says so. */
export function readDashboard(file: string, text: string): Dashboard {
  const value: unknown = JSON.parse(text);
  if (typeof value === "object" && value !== null) {
    const foreign = ["apiVersion", "spec", "elements", "dashboard"].find((key) => key in value);
    if (foreign !== undefined) {
      throw new Error(`${file} has "${foreign}": Grafana's file provisioning takes the classic form only, bare`);
    }
  }
  const read = dashboard.safeParse(value);
  if (read.success) return read.data;
  throw new Error(`${file} is no dashboard: ${z.prettifyError(read.error)}`);
}

/** Panels that show something, in order: rows only part them. */
export function shown(dashboard: Dashboard): readonly Panel[] {
  return dashboard.panels.filter(({ type }) => type !== "row");
}

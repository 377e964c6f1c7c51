import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const FOLDER = join(import.meta.dirname, "..");
export const RUNBOOKS = join(import.meta.dirname, "../../../../docs/runbooks");

const texts = z.record(z.string(), z.string());
const Rule = z.object({
  alert: z.string().optional(),
  record: z.string().optional(),
  expr: z.string(),
  labels: texts.optional(),
  annotations: texts.optional(),
});
const RuleFile = z.object({ groups: z.array(z.object({ name: z.string(), rules: z.array(Rule) })) });

const Case = z.object({
  name: z.string(),
  alert_rule_test: z
    .array(
      z.object({
        alertname: z.string(),
        eval_time: z.string(),
        exp_alerts: z.array(z.object({ exp_labels: texts.optional() })),
      }),
    )
    .default([]),
  promql_expr_test: z
    .array(z.object({ expr: z.string(), exp_samples: z.array(z.object({ labels: z.string(), value: z.number() })) }))
    .default([]),
});
const TestFile = z.object({ tests: z.array(Case) });

export type Case = z.infer<typeof Case>;

/** An alerting rule, with the file it stands in. */
export interface Alert {
  readonly file: string;
  readonly alert: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export const ruleFiles = yamlIn(FOLDER);
export const testFiles = yamlIn(join(FOLDER, "tests"));

function yamlIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".yml"))
    .toSorted()
    .map((name) => join(folder, name));
}

export function alertsIn(path: string): readonly Alert[] {
  const { groups } = RuleFile.parse(parse(readFileSync(path, "utf8")));
  return groups.flatMap(({ rules }) =>
    rules.flatMap(({ alert, expr, labels = {}, annotations = {} }) =>
      alert === undefined ? [] : [{ file: basename(path), alert, expr, labels, annotations }],
    ),
  );
}

export function casesIn(path: string): readonly Case[] {
  return TestFile.parse(parse(readFileSync(path, "utf8"))).tests;
}

/** Seconds of a Prometheus duration such as `1h30m`. */
export function secondsOf(text: string): number {
  const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
  return [...text.matchAll(/(\d+)([smhd])/g)].reduce(
    (sum, [, n, unit = "s"]) => sum + Number(n) * (units[unit] ?? 0),
    0,
  );
}

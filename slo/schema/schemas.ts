import { z } from "zod";
import { evidenceShape } from "../io/files/shapes/evidence.ts";
import { planShape } from "../io/files/shapes/plan.ts";
import { preflightShape } from "../io/files/shapes/preflight.ts";
import { reportShape } from "../io/files/shapes/report.ts";
import { rulesShape } from "../io/files/shapes/rules.ts";
import { runShape } from "../io/files/shapes/run.ts";

const TITLES = {
  report: "A run's report: every verdict with its evidence",
  run: "What was run, and what the client counted",
  plan: "What a profile will offer",
  preflight: "Whether a run could prove the objectives: the answer of slo plan --format json",
  evidence: "What Prometheus said, reduced to counts and samples",
  rules: "Recording rules and alerts of objectives: the answer of slo rules --format json",
} as const;

const SHAPES = {
  report: reportShape,
  run: runShape,
  plan: planShape,
  preflight: preflightShape,
  evidence: evidenceShape,
  rules: rulesShape,
};

/** The JSON Schema (draft 2020-12) of a run folder's file, as published beside this file. */
export function schemaText(name: keyof typeof SHAPES): string {
  const { $schema, ...schema } = z.toJSONSchema(SHAPES[name], { io: "input" });
  return `${JSON.stringify({ $schema, title: TITLES[name], ...schema }, null, 2)}\n`;
}

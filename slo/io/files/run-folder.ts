import { join } from "node:path";
import type { Evidence } from "../../core/evidence.ts";
import type { PlanFile } from "../../core/plan-file.ts";
import type { Report } from "../../core/report.ts";
import type { RunFile } from "../../core/run.ts";
import { parseJsonFile } from "./json-file.ts";
import { readText } from "./read.ts";
import { evidenceShape } from "./shapes/evidence.ts";
import { planShape } from "./shapes/plan.ts";
import { reportShape } from "./shapes/report.ts";
import { runShape } from "./shapes/run.ts";

const RUN_LIMIT = 4 * 1024 * 1024;
const EVIDENCE_LIMIT = 128 * 1024 * 1024;

/** `run.json` of a run's folder. Rejects with a Fault, exit 2. */
export async function readRun(folder: string, cwd: string): Promise<RunFile> {
  const path = join(folder, "run.json");
  const hint = "--run takes a run's folder, such as results/latest";
  return parseJsonFile(await readText(path, { cwd, what: "run's file", limit: RUN_LIMIT, hint }), path, runShape);
}

/** `evidence.json` of a run's folder. Rejects with a Fault, exit 2. */
export async function readEvidence(folder: string, cwd: string): Promise<Evidence> {
  const path = join(folder, "evidence.json");
  const hint = "give --prometheus to fetch it";
  return parseJsonFile(
    await readText(path, { cwd, what: "run's evidence", limit: EVIDENCE_LIMIT, hint }),
    path,
    evidenceShape,
    hint,
  );
}

/** `report.json` of a run's folder. Rejects with a Fault, exit 2. */
export async function readReport(folder: string, cwd: string): Promise<Report> {
  const path = runFiles(folder).report;
  const hint = "a run's folder has it once slo check has judged the run, such as results/latest";
  const text = await readText(path, { cwd, what: "run's report", limit: EVIDENCE_LIMIT, hint });
  const mend = `judge the run again: slo check OBJECTIVES --run ${folder} --output json=${path}`;
  return parseJsonFile(text, path, reportShape, mend);
}

/** A `plan.json`. Rejects with a Fault, exit 2. */
export async function readPlan(path: string, cwd: string): Promise<PlanFile> {
  return parseJsonFile(await readText(path, { cwd, what: "plan", limit: RUN_LIMIT }), path, planShape);
}

export interface RunFiles {
  readonly evidence: string;
  readonly report: string;
  /** How long the judge waited for the last scrape, and how long it worked; seconds. */
  readonly timings: string;
}

/** Where the judge's own files of a run go. */
export function runFiles(folder: string): RunFiles {
  return {
    evidence: join(folder, "evidence.json"),
    report: join(folder, "report.json"),
    timings: join(folder, "judging.json"),
  };
}

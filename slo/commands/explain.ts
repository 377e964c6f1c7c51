import { isDeepStrictEqual } from "node:util";
import { inServerTime } from "../core/clock-correction.ts";
import { resolvedLimit } from "../core/limit.ts";
import { nearest } from "../core/near.ts";
import type { ObjectivesFile } from "../core/objective.ts";
import { EXIT, type Report, type ReportedObjective } from "../core/report.ts";
import { Fault } from "../io/fault.ts";
import { readEvidence, readReport, readRun, runFiles } from "../io/files/run-folder.ts";
import { type Declared, renderExplanation } from "../render/explain.ts";
import { readWithText } from "./objectives.ts";
import type { Outcome } from "./outcome.ts";
import type { Shell } from "./shell.ts";
import { terminalOf } from "./terminal.ts";

/** Flags of `slo explain` as they were written. */
export interface ExplainArguments {
  readonly name: string;
  readonly run: string;
  readonly objectives: string | undefined;
  readonly color: boolean | undefined;
}

/** `slo explain`: one verdict's whole way, from a run's folder alone. Its exit code tells of no verdict. Rejects with a Fault. */
export async function explain(given: ExplainArguments, shell: Shell): Promise<Outcome> {
  const report = await readReport(given.run, shell.cwd);
  const objective = pick(report, given);
  const run = await readRun(given.run, shell.cwd);
  const evidence = await readEvidence(given.run, shell.cwd);
  if (run.id !== report.run.id) {
    const text = `${runFiles(given.run).report} is of run ${report.run.id ?? "none"}, its folder's run.json of ${run.id}`;
    throw new Fault("file-shape", 2, text, "judge the run again: slo check OBJECTIVES --run FOLDER");
  }
  const declared = given.objectives === undefined ? null : await declaredIn(given.objectives, objective, shell);
  const told = { objective, report, phases: inServerTime(run, evidence.clock).phases, evidence, declared };
  return {
    exitCode: EXIT.met,
    text: renderExplanation(told, terminalOf(shell.stdout, shell.env, given.color)),
  };
}

function pick({ objectives }: Report, { name, run }: ExplainArguments): ReportedObjective {
  const found = objectives.find((objective) => objective.name === name);
  if (found !== undefined) return found;
  const names = objectives.map((objective) => objective.name);
  const like = nearest(name, names);
  const hint = like.length > 0 ? `did you mean ${like.join(" or ")}?` : `it has: ${names.join(", ")}`;
  throw new Fault("usage", 2, `${runFiles(run).report} has no objective ${name}`, hint);
}

async function declaredIn(path: string, judged: ReportedObjective, shell: Shell): Promise<Declared> {
  const { file, text } = await readWithText(path, shell);
  const objective = file.objectives.find(({ name }) => name === judged.name);
  if (objective === undefined) throw new Fault("usage", 2, `${path} has no objective ${judged.name} any more`);
  const level = objective.confidence.kind === "bounded" ? objective.confidence.level : null;
  const same = isDeepStrictEqual(resolvedLimit(objective), judged.limit) && level === judged.confidence;
  return { lines: linesOf(text, objective.place.line, file), changed: !same || objective.gating !== judged.gating };
}

/** From an objective's first line to the one before the next; comments before that one are its own. */
function linesOf(text: string, line: number, { objectives }: ObjectivesFile): readonly string[] {
  const after = objectives.map(({ place }) => place.line).filter((other) => other > line);
  const end = after.length === 0 ? undefined : Math.min(...after) - 1;
  const lines = text.split(/\r?\n/).slice(line - 1, end);
  const last = lines.findLastIndex((one) => !/^\s*(#.*)?$/.test(one));
  return lines.slice(0, last + 1);
}

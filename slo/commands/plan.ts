import type { ObjectivesFile } from "../core/objective.ts";
import type { PlanFile } from "../core/plan-file.ts";
import { EXIT, type SufficiencyCheck } from "../core/report.ts";
import { sufficiency } from "../core/sufficiency.ts";
import { Fault } from "../io/fault.ts";
import { readPlan } from "../io/files/run-folder.ts";
import { renderPlan } from "../render/plan.ts";
import { oneLine } from "../render/text.ts";
import { readPlainFormat } from "./formats.ts";
import { readObjectives } from "./objectives.ts";
import type { Outcome } from "./outcome.ts";
import type { Shell } from "./shell.ts";
import { terminalOf } from "./terminal.ts";

export interface PlanArguments {
  readonly objectives: string;
  readonly plan: string;
  readonly format: string;
  readonly color: boolean | undefined;
}

/** `slo plan`: can the planned load prove what gates? Rejects with a Fault, exit 2, where objectives and plan do not fit. */
export async function plan(given: PlanArguments, shell: Shell): Promise<Outcome> {
  const wanted = readPlainFormat(given.format);
  const objectives = await readObjectives(given.objectives, shell);
  const planned = await readPlan(given.plan, shell.cwd);
  refuseUnknownPhases(objectives, planned);
  const checks = sufficiency(objectives, planned);
  const exitCode = checks.some(({ verdict }) => verdict === "fail") ? EXIT.notJudged : EXIT.met;
  return { exitCode, text: render(wanted, checks, planned, given, shell) };
}

function render(
  format: "console" | "json",
  checks: readonly SufficiencyCheck[],
  planned: PlanFile,
  { color }: PlanArguments,
  shell: Shell,
): string {
  switch (format) {
    case "console":
      return renderPlan(checks, planned, terminalOf(shell.stdout, shell.env, color));
    case "json":
      return `${JSON.stringify({ profile: planned.profile, checks }, null, 2)}\n`;
    default: {
      const never: never = format;
      return never;
    }
  }
}

function refuseUnknownPhases({ objectives }: ObjectivesFile, { profile, phases }: PlanFile): void {
  const known = phases.map(({ name }) => name);
  const lost = objectives.filter(({ phase }) => !known.includes(phase));
  if (lost.length === 0) return;
  const lines = lost.map(
    ({ name, phase, place }) =>
      `${place.file}:${place.line}:${place.column}: ${oneLine(name)} holds in phase ${oneLine(phase)}, which profile ${oneLine(profile)} does not have`,
  );
  throw new Fault("file-shape", 2, lines.join("\n"), `its phases: ${known.map(oneLine).join(", ")}`);
}

import { requiredEdges } from "../core/file/required-edges.ts";
import { formatAmount } from "../core/format.ts";
import type { ObjectivesFile } from "../core/objective.ts";
import { EXIT } from "../core/report.ts";
import { Fault } from "../io/fault.ts";
import { oneLine } from "../render/text.ts";
import { readPlainFormat } from "./formats.ts";
import { readObjectives } from "./objectives.ts";
import type { Outcome } from "./outcome.ts";
import { complain, type Shell } from "./shell.ts";

export interface LintArguments {
  readonly objectives: readonly string[];
  readonly format: string;
}

/** `slo lint`: every file is read; the first wrong one does not hide the next. Rejects with a Fault for wrong flags. */
export async function lint({ objectives, format }: LintArguments, shell: Shell): Promise<Outcome> {
  const wanted = readPlainFormat(format);
  const good: ObjectivesFile[] = [];
  const faults: Fault[] = [];
  for (const path of objectives) {
    try {
      good.push(await readObjectives(path, shell));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      faults.push(error);
    }
  }
  for (const fault of faults) complain(shell, fault);
  const exitCode = faults.length === 0 ? EXIT.met : EXIT.usage;
  switch (wanted) {
    case "console":
      return { exitCode, text: good.map(line).join("") };
    case "json": {
      const described = good.map(describe);
      // A program that asked for one file wants one answer; none where there is none.
      const answer = objectives.length === 1 ? described[0] : described;
      return { exitCode, text: answer === undefined ? "" : `${JSON.stringify(answer, null, 2)}\n` };
    }
    default: {
      const never: never = wanted;
      return never;
    }
  }
}

function line({ file, service, objectives }: ObjectivesFile): string {
  return `${oneLine(file)}: ${formatAmount(objectives.length, "objective")} for ${oneLine(service)}, all well written\n`;
}

function describe(file: ObjectivesFile) {
  return {
    service: file.service,
    objectives: file.objectives.map(({ name, indicator, gating, phase }) => ({ name, indicator, gating, phase })),
    edges: requiredEdges(file),
  };
}

import { readReport, runFiles } from "../io/files/run-folder.ts";
import { readFormat, readOutput } from "./formats.ts";
import type { Outcome } from "./outcome.ts";
import { filesOfRun, refuseOverwriting } from "./outputs.ts";
import { renderReport } from "./render.ts";
import type { Shell } from "./shell.ts";
import { terminalOf } from "./terminal.ts";
import { outputFiles, writeAll } from "./written.ts";

/** Flags of `slo report` as they were written. */
export interface ReportArguments {
  readonly folder: string;
  readonly format: string;
  readonly outputs: readonly string[];
  readonly color: boolean | undefined;
}

/** `slo report`: a run's report again, as `slo check` gave it, with its exit code. Rejects with a Fault. */
export async function report(given: ReportArguments, shell: Shell): Promise<Outcome> {
  const format = readFormat(given.format);
  const outputs = given.outputs.map(readOutput);
  await refuseOverwriting(outputs, filesOfRun(given.folder), shell.cwd);
  const read = await readReport(given.folder, shell.cwd);
  const terminal = terminalOf(shell.stdout, shell.env, given.color);
  const exitCode = await writeAll(outputFiles(read, outputs, terminal), read.exitCode, shell);
  return { exitCode, text: renderReport(read, format, terminal, runFiles(given.folder).report) };
}

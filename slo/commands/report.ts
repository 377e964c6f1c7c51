import type { Report } from "../core/report.ts";
import { Fault } from "../io/fault.ts";
import { readEvidence, readReport, readRun, runFiles } from "../io/files/run-folder.ts";
import { readFormat, readOutput } from "./formats.ts";
import type { Outcome } from "./outcome.ts";
import { filesOfRun, refuseOverwriting } from "./outputs.ts";
import { assetsFor, type Material, renderReport, wantsHtml } from "./render.ts";
import type { Shell } from "./shell.ts";
import { terminalOf } from "./terminal.ts";
import { outputFiles, reportPath, type WantedFile, writeAll } from "./written.ts";

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
  const material = wantsHtml(format, outputs)
    ? { ...(await sourcesOf(read, given.folder, shell)), assets: await assetsFor(format, outputs) }
    : { report: read, run: null, evidence: null, missing: [], assets: null };
  const files = outputFiles(material, outputs, terminal);
  const own: WantedFile = { path: runFiles(given.folder).report, text: "", format: "json" };
  const exitCode = await writeAll(files, read.exitCode, shell);
  return { exitCode, text: renderReport(material, format, terminal, reportPath([own, ...files])) };
}

/** What a page shows besides the report; a file that cannot be had costs it its pictures, not its verdict. */
async function sourcesOf(report: Report, folder: string, shell: Shell): Promise<Omit<Material, "assets">> {
  const missing: string[] = [];
  const orNull = async <Value>(reading: Promise<Value>, lost: string): Promise<Value | null> => {
    try {
      return await reading;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      missing.push(`${lost}: ${error.message}`);
      return null;
    }
  };
  const run = report.run.id === null ? null : await orNull(readRun(folder, shell.cwd), "Without load and fingerprint");
  const evidence = await orNull(readEvidence(folder, shell.cwd), "Without charts");
  return { report, run, evidence, missing };
}

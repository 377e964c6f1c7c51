import { EXIT, type ExitCode } from "../core/report.ts";
import { Fault } from "../io/fault.ts";
import { writeWhole } from "../io/files/write.ts";
import type { Format, Output } from "./formats.ts";
import { type Material, renderReport } from "./render.ts";
import { complain, type Shell } from "./shell.ts";
import type { Terminal } from "./terminal.ts";

export interface WantedFile {
  readonly path: string;
  readonly text: string;
  /** Of the report; null: another file. */
  readonly format: Format | null;
}

/** What a file gets: as wide as the terminal, without colour. */
export function plain(terminal: Terminal): Terminal {
  return { ...terminal, unicode: true, paint: (_tone, text) => text };
}

/** The report in each wanted format. */
export function outputFiles(material: Material, outputs: readonly Output[], terminal: Terminal): readonly WantedFile[] {
  return outputs.map(({ format, path }) => ({
    path,
    text: renderReport(material, format, plain(terminal), null),
    format,
  }));
}

/** Where the report stands for whoever reads the console: the page to look at, else the one for programs. */
export function reportPath(files: readonly WantedFile[]): string | null {
  const first = (wanted: Format) => files.find(({ format }) => format === wanted)?.path;
  return first("html") ?? first("json") ?? null;
}

/**
 * Writes every file it can, a complaint for each that it cannot. The exit code is the report's, but for a report that
 * could not be written: that is no pass, and a proven breach stays one.
 */
export async function writeAll(files: readonly WantedFile[], exitCode: ExitCode, shell: Shell): Promise<ExitCode> {
  const distinct = [...new Map(files.map((file) => [file.path, file])).values()];
  const faults: Fault[] = [];
  for (const { path, text } of distinct) {
    try {
      await writeWhole(path, shell.cwd, text);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      faults.push(error);
    }
  }
  for (const fault of faults) complain(shell, fault);
  return faults.length === 0 || exitCode === EXIT.broken ? exitCode : EXIT.notJudged;
}

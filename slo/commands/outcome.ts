import type { ExitCode } from "../core/report.ts";

/** What a command came to: `text` goes to stdout as it is. */
export interface Outcome {
  readonly exitCode: ExitCode;
  readonly text: string;
}

import type { Fault } from "../io/fault.ts";
import { oneLine } from "../render/text.ts";

export interface Screen {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** Everything a command knows of the outside; nothing here is global. */
export interface Shell {
  /** Without interpreter and script. */
  readonly argv: readonly string[];
  readonly stdout: Screen;
  readonly stderr: Screen;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Unix seconds. */
  readonly now: () => number;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
}

/** One or more lines to stderr, with nothing in them that moves a cursor. */
export function note(shell: Shell, text: string): void {
  shell.stderr.write(`${text.split("\n").map(oneLine).join("\n")}\n`);
}

/** A known fault: what is wrong, then what to do. */
export function complain(shell: Shell, { message, hint }: Fault): void {
  note(shell, `slo: ${message}`);
  if (hint !== null) note(shell, `     ${hint}`);
}

import type { Steps } from "../../stack/compose/backup.ts";
import { BrokenBackup } from "../../stack/compose/manifest.ts";
import { ComposeFailure, composeIn } from "../../stack/compose/pipe.ts";
import { Fault } from "../lib/fault.ts";
import { catchInterrupts } from "../lib/interrupts.ts";
import { inProject } from "../lib/paths.ts";

/** The words of a command line that takes so many and no flag. Throws a Fault. */
export function usageOf(argv: readonly string[], { least, most }: { least: number; most: number }): readonly string[] {
  const flag = argv.find((word) => word.startsWith("-"));
  if (flag !== undefined) throw new Fault("usage", `there is no option ${flag}`, "See: --help", 2);
  if (argv.length < least) throw new Fault("usage", "a folder is missing", "See: --help", 2);
  const extra = argv[most];
  if (extra !== undefined) throw new Fault("usage", `${extra} is one word too many`, "See: --help", 2);
  return argv;
}

/** Works on this project's Compose stack, and tells its steps; what fails becomes a Fault that says what to do. */
export async function onStack<Result>(name: string, work: (steps: Steps) => Promise<Result>): Promise<Result> {
  const { first: signal } = catchInterrupts();
  const compose = composeIn(inProject("."), process.env, signal);
  try {
    return await work({ compose, say: (line) => process.stderr.write(`· ${name}  ${line}\n`) });
  } catch (error) {
    if (error instanceof BrokenBackup) throw new Fault(name, error.message, "Take another backup.", 2);
    if (error instanceof ComposeFailure) throw new Fault(name, error.message, "Is the stack up? npm run stack:status");
    if (error instanceof Error && "code" in error && error.code === "EEXIST") {
      throw new Fault(name, `${error.message}`, "Name a folder that holds no backup yet.", 2);
    }
    throw error;
  }
}

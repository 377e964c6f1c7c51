import { endUnproven, outliveReaders } from "./ends.ts";
import { causeOf, Fault } from "./fault.ts";

/**
 * Runs a command of this project to its exit code, the one place that sets it: a fault is told with its hint, an option
 * that nobody knows with the usage (2), and what nobody expected is no proof of anything (3).
 * @param usage shown for `--help` and beside an unknown option
 */
export async function runCommand(usage: string, main: (argv: readonly string[]) => Promise<number>): Promise<void> {
  outliveReaders();
  endUnproven();
  const argv = process.argv.slice(2);
  if (argv.includes("--help")) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  try {
    process.exitCode = await main(argv);
  } catch (error) {
    process.exitCode = told(error, usage);
  }
}

function told(error: unknown, usage: string): number {
  if (error instanceof Fault) {
    process.stderr.write(`${error.message}\n${error.hint}\n`);
    return error.exitCode;
  }
  if (error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS")) {
    process.stderr.write(`${causeOf(error)}\n${usage}\n`);
    return 2;
  }
  throw error;
}

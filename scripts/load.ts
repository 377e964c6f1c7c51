import { endUnproven, outliveReaders } from "./lib/ends.ts";
import { causeOf, Fault } from "./lib/fault.ts";
import { catchInterrupts } from "./lib/interrupts.ts";
import { screenOf } from "./lib/screen.ts";
import { parseArguments } from "./load/cli.ts";
import { narrator } from "./load/narrator.ts";
import { runLoad } from "./load/run.ts";

async function main(): Promise<number> {
  const screen = narrator(screenOf(process.stderr, process.env));
  const interrupts = catchInterrupts();
  try {
    const parsed = await parseArguments(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
    switch (parsed.kind) {
      case "text":
        process.stdout.write(`${parsed.text}\n`);
        return 0;
      case "run":
        return await runLoad(parsed.request, { screen, interrupts, print: (text) => process.stdout.write(text) });
      default:
        return parsed satisfies never;
    }
  } catch (error) {
    const known =
      error instanceof Fault
        ? error
        : new Fault("internal", causeOf(error), "This should not happen: please report it, with LOAD_DEBUG=1.");
    screen.step("bad", known.exitCode === 2 ? "input" : "run", known.message);
    if (known.hint !== "") screen.plain(`  ${known.hint}`);
    if (!(error instanceof Fault) && process.env.LOAD_DEBUG) console.error(error);
    return known.exitCode;
  } finally {
    interrupts.release();
  }
}

outliveReaders();
endUnproven();
process.exitCode = await main();

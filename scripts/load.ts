import { parseArguments } from "./load/cli.ts";
import { LoadError, reasonOf } from "./load/errors.ts";
import { catchInterrupts } from "./load/interrupt.ts";
import { runLoad } from "./load/run.ts";
import { screenFor } from "./load/screen.ts";

async function main(): Promise<number> {
  const screen = screenFor(process.stderr);
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
    const known = error instanceof LoadError ? error : new LoadError(3, "internal", reasonOf(error));
    screen.step("bad", known.exitCode === 2 ? "input" : "run", known.message);
    if (known.hint !== null) screen.plain(`  ${known.hint}`);
    if (!(error instanceof LoadError) && process.env.LOAD_DEBUG) console.error(error);
    return known.exitCode;
  } finally {
    interrupts.release();
  }
}

process.exitCode = await main();

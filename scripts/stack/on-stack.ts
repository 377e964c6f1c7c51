import type { Steps } from "../../stack/compose/backup.ts";
import { findEngine } from "../../stack/compose/engine.ts";
import { demandImages, findImages } from "../../stack/compose/images.ts";
import { Fault } from "../lib/fault.ts";
import { catchInterrupts } from "../lib/interrupts.ts";
import { inProject } from "../lib/paths.ts";
import { createBoard } from "../lib/progress.ts";
import { screenOf } from "../lib/screen.ts";
import { asFault } from "../lib/stack-fault.ts";

/** The words of a command line that takes so many and no flag. Throws a Fault. */
export function wordsOf(argv: readonly string[], { least, most }: { least: number; most: number }): readonly string[] {
  const flag = argv.find((word) => word.startsWith("-"));
  if (flag !== undefined) throw new Fault("usage", `There is no option ${flag}.`, "See: --help", 2);
  if (argv.length < least) throw new Fault("usage", "A folder is missing.", "See: --help", 2);
  const extra = argv[most];
  if (extra !== undefined) throw new Fault("usage", `${extra} is one word too many.`, "See: --help", 2);
  return argv;
}

/** Works on this project's Compose stack and tells its steps; what fails becomes a Fault that says what to do. */
export async function onStack<Result>(name: string, work: (steps: Steps) => Promise<Result>): Promise<Result> {
  const { first: signal } = catchInterrupts();
  const board = createBoard(screenOf(process.stderr, process.env));
  const line = board.line(name, "looking for the stack");
  try {
    await findEngine(process.env, signal);
    const { project } = demandImages(await findImages({ folder: inProject("."), env: process.env }, signal));
    const result = await work({ place: project, signal, say: (text) => line.update(text) });
    line.done("done");
    return result;
  } catch (error) {
    line.fail("not done");
    if (error instanceof Error && "code" in error && error.code === "EEXIST") {
      throw new Fault(name, error.message, "Name a folder that holds no backup yet.", 2);
    }
    throw asFault(error);
  } finally {
    board.close();
  }
}

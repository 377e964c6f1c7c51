import { resolve } from "node:path";
import { restore } from "../stack/compose/restore.ts";
import { runCommand } from "./lib/command.ts";
import { Fault } from "./lib/fault.ts";
import { onStack, wordsOf } from "./stack/on-stack.ts";

const USAGE = `npm run stack:restore -- FOLDER --yes
  replaces what the stack knows by a backup (npm run stack:backup) and leaves the stack up. Every file of the backup is
  proven first; --yes says that what is there now may go.`;

async function main(argv: readonly string[]): Promise<number> {
  const sure = argv.includes("--yes");
  const [folder] = wordsOf(
    argv.filter((word) => word !== "--yes"),
    { least: 1, most: 1 },
  );
  if (!sure) {
    throw new Fault("restore", "what the stack knows now would be replaced", "Say so: add --yes.", 2);
  }
  const { at } = await onStack("restore", (steps) => restore(resolve(folder ?? ""), steps));
  process.stdout.write(`restored: the stack is up as of ${at}\n`);
  return 0;
}

await runCommand(USAGE, main);

import { resolve } from "node:path";
import { backup } from "../stack/compose/backup.ts";
import { runCommand } from "./lib/command.ts";
import { onStack, wordsOf } from "./stack/on-stack.ts";

const USAGE = `npm run stack:backup [-- FOLDER]
  copies the running stack's database and the volumes of Prometheus and Alertmanager into a new folder, by default
  backups/<time>; both stand still for some seconds. Back again: npm run stack:restore.`;

async function main(argv: readonly string[]): Promise<number> {
  const [given] = wordsOf(argv, { least: 0, most: 1 });
  const folder = resolve(given ?? `backups/${new Date().toISOString().replace(/[:.]/g, "-")}`);
  const { parts } = await onStack("backup", (steps) => backup(folder, steps));
  for (const { file, bytes } of Object.values(parts)) process.stdout.write(`${file}  ${bytes} bytes\n`);
  process.stdout.write(`backup: ${folder}\n`);
  return 0;
}

await runCommand(USAGE, main);

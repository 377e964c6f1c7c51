import { parseArgs } from "node:util";
import { runCommand } from "./lib/command.ts";
import { catchInterrupts } from "./lib/interrupts.ts";
import { createBoard } from "./lib/progress.ts";
import { screenOf } from "./lib/screen.ts";
import { ensureTools, look } from "./tools/ensure.ts";
import { failureText, toolsText } from "./tools/report.ts";
import { TOOLS } from "./tools/table.ts";
import { inWorkshop } from "./tools/workshop.ts";

const USAGE =
  "npm run tools [-- --list]\n  shows the tools used, from where and why; brings what is missing unless --list is given";

async function list(): Promise<number> {
  const outcomes = await inWorkshop(process.env, undefined, (shop) =>
    Promise.all(Object.values(TOOLS).map((tool) => look(tool, shop))),
  );
  process.stdout.write(
    `${toolsText(outcomes.flatMap((outcome) => (outcome.kind === "found" ? [outcome.found] : [])))}\n`,
  );
  const missed = outcomes.flatMap((outcome) => (outcome.kind === "missed" ? [outcome] : []));
  for (const { tool, misses } of missed)
    process.stdout.write(`${failureText(tool, misses).replace("cannot be had", "is not here yet")}\n`);
  return 0;
}

async function bring(): Promise<number> {
  const board = createBoard(screenOf(process.stderr, process.env));
  const { first: signal } = catchInterrupts();
  const tools = await ensureTools(["k6", "prometheus", "promtool", "alertmanager", "amtool", "actionlint"], board, {
    signal,
  });
  process.stdout.write(`${toolsText(Object.values(tools))}\n`);
  return 0;
}

async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...argv], options: { list: { type: "boolean" } } });
  return values.list ? await list() : await bring();
}

await runCommand(USAGE, main);

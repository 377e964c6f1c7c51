import { parseArgs } from "node:util";
import { endUnproven, outliveReaders } from "./lib/ends.ts";
import { causeOf, Fault } from "./lib/fault.ts";
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
  const tools = await ensureTools(["k6", "prometheus", "promtool", "actionlint"], board, { signal });
  process.stdout.write(`${toolsText(Object.values(tools))}\n`);
  return 0;
}

async function main(argv: readonly string[]): Promise<number> {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { list: { type: "boolean" }, help: { type: "boolean" } },
    });
    if (values.help) process.stdout.write(`${USAGE}\n`);
    else return values.list ? await list() : await bring();
    return 0;
  } catch (error) {
    if (error instanceof Fault) {
      process.stderr.write(`${error.message}\n${error.hint}\n`);
      return error.exitCode;
    }
    if (error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS")) {
      process.stderr.write(`${causeOf(error)}\n${USAGE}\n`);
      return 2;
    }
    throw error;
  }
}

outliveReaders();
endUnproven();
process.exitCode = await main(process.argv.slice(2));

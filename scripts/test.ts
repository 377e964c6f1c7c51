import { fileURLToPath } from "node:url";
import { runCommand } from "./lib/command.ts";
import { catchInterrupts } from "./lib/interrupts.ts";
import { createBoard } from "./lib/progress.ts";
import { screenOf } from "./lib/screen.ts";
import { closingLine, exitCodeOf } from "./test/counts.ts";
import { requestFrom, usage } from "./test/request.ts";
import { runTests } from "./test/run.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

async function main(argv: readonly string[]): Promise<number> {
  const { env } = process;
  const request = requestFrom(argv);
  const screen = screenOf(process.stderr, env);
  const board = createBoard(screen);
  const { first: signal } = catchInterrupts();
  const counts = await runTests(request, { root, env, board, screen, signal });
  board.close();
  process.stdout.write(`${list("skipped", counts.skipped)}${list("failed", counts.failures)}`);
  process.stdout.write(`${closingLine(counts)}\n`);
  return exitCodeOf(counts);
}

function list(heading: string, names: readonly string[]): string {
  return names.length === 0 ? "" : `${heading}:\n${names.map((name) => `  ${name}\n`).join("")}`;
}

await runCommand(usage(), main);

import { parseArgs } from "node:util";
import { runCommand } from "./lib/command.ts";
import { Fault } from "./lib/fault.ts";
import { catchInterrupts } from "./lib/interrupts.ts";
import { createBoard } from "./lib/progress.ts";
import { screenOf } from "./lib/screen.ts";
import { buildOffline } from "./offline/build.ts";

const USAGE = `npm run stack:offline [-- --fresh]
  builds the stack's images where no image registry is reached, from Debian, npm and Go modules: what is missing or
  changed; needs root, debootstrap and Go; about 2 min the first time. --fresh: with Debian's packages of today.`;

const NEXT = "docker compose -f docker-compose.yml -f stack/offline/compose.yaml up --wait";

async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...argv], options: { fresh: { type: "boolean", default: false } } });
  const board = createBoard(screenOf(process.stderr, process.env));
  const { first: signal } = catchInterrupts();
  try {
    await buildOffline(board, { env: process.env, signal, fresh: values.fresh });
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new Fault(
      "interrupted",
      "interrupted; no image is half made",
      "Run it again: it goes on with what is missing.",
    );
  } finally {
    board.close();
  }
  process.stdout.write(`The images are there, all but Grafana's. Next: ${NEXT}\n`);
  return 0;
}

await runCommand(USAGE, main);

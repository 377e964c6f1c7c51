import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCommand } from "./lib/command.ts";
import { catchInterrupts } from "./lib/interrupts.ts";
import { failureOf, runProgram } from "./lib/program.ts";
import { createBoard } from "./lib/progress.ts";
import { screenOf } from "./lib/screen.ts";
import { ensureTools } from "./tools/ensure.ts";

const USAGE = `npm run bench
  measures the judge against a Prometheus that it starts and fills itself: many objectives together, an hour's soak.`;
const root = fileURLToPath(new URL("..", import.meta.url));

/** Brings the tools, and runs the judge's benchmarks with them. */
async function main(): Promise<number> {
  const { env } = process;
  const board = createBoard(screenOf(process.stderr, env));
  const { first: signal } = catchInterrupts();
  const { prometheus, promtool } = await ensureTools(["prometheus", "promtool"], board, { signal });
  board.close();
  const ending = await runProgram(process.execPath, [join(root, "slo/bench/main.ts")], {
    cwd: root,
    env: { ...env, PROMETHEUS_BIN: prometheus.path, PROMTOOL_BIN: promtool.path },
    signal,
    onOutput: (text) => process.stdout.write(text),
  });
  const failure = failureOf("the benchmarks", ending);
  if (failure === null) return 0;
  process.stderr.write(`${failure}\n`);
  return 3;
}

await runCommand(USAGE, main);

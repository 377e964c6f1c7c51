import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { outliveReaders } from "./lib/ends.ts";
import { Fault } from "./lib/fault.ts";
import { catchInterrupts } from "./lib/interrupts.ts";
import { failureOf, runProgram } from "./lib/program.ts";
import { createBoard } from "./lib/progress.ts";
import { screenOf } from "./lib/screen.ts";
import { ensureTools } from "./tools/ensure.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Brings the tools, and runs the judge's benchmarks with them. */
async function main(env: NodeJS.ProcessEnv): Promise<number> {
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

outliveReaders();
try {
  process.exitCode = await main(process.env);
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  process.stderr.write(`${error.message}\n${error.hint}\n`);
  process.exitCode = error.exitCode;
}

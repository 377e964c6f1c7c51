import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { causeOf, Fault } from "../lib/fault.ts";
import { failureOf, runProgram } from "../lib/program.ts";
import type { Board } from "../lib/progress.ts";
import type { Screen } from "../lib/screen.ts";
import { ensureTools } from "../tools/ensure.ts";
import type { Check } from "./checks.ts";
import { type Counts, NONE, sum, summary } from "./counts.ts";
import type { Suite, TestRequest } from "./request.ts";
import { runSuite } from "./suite.ts";

/** As many checks side by side as small machines have cores. */
const SIDE_BY_SIDE = 2;

export interface TestContext {
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  readonly board: Board;
  readonly screen: Screen;
  readonly signal: AbortSignal;
}

type Tools =
  | { readonly kind: "env"; readonly env: NodeJS.ProcessEnv }
  | { readonly kind: "missing"; readonly why: string };

/** Runs what is asked for. Tools are brought while checks and unit tests, which need none, run. */
export async function runTests(request: TestRequest, context: TestContext): Promise<Counts> {
  const scratch = await mkdtemp(join(tmpdir(), "proving-ground-test-"));
  const needed = request.suites.some((suite) => suite !== "unit");
  const tools = needed ? bringTools(context) : Promise.resolve<Tools>({ kind: "env", env: {} });
  try {
    const counts = [await runChecks(request.checks, context)];
    for (const suite of request.suites) {
      if (context.signal.aborted) break;
      counts.push(
        await runOne(suite, request.files, suite === "unit" ? { kind: "env", env: {} } : await tools, scratch, context),
      );
    }
    await tools;
    return context.signal.aborted ? sum([...counts, { ...NONE, failures: ["interrupted"] }]) : sum(counts);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function bringTools({ board, env, signal }: TestContext): Promise<Tools> {
  try {
    const few = Promise.all(OF_FEW_TESTS.map((of) => bringForFew(of, { board, env, signal })));
    const tools = await ensureTools(["k6", "prometheus", "prometheus2", "promtool"], board, { env, signal });
    return {
      kind: "env",
      env: {
        K6_BIN: tools.k6.path,
        PROMETHEUS_BIN: tools.prometheus.path,
        PROMETHEUS2_BIN: tools.prometheus2.path,
        PROMTOOL_BIN: tools.promtool.path,
        ...Object.assign({}, ...(await few)),
      },
    };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    board.note(`${error.message}\n${error.hint}`);
    return { kind: "missing", why: causeOf(error).split("\n")[0] ?? "" };
  }
}

/** Without them few tests fail, and say so; the others need not. */
const OF_FEW_TESTS = [
  { tool: "actionlint", variable: "ACTIONLINT_BIN" },
  { tool: "alertmanager", variable: "ALERTMANAGER_BIN" },
  { tool: "amtool", variable: "AMTOOL_BIN" },
] as const;

async function bringForFew(
  { tool, variable }: (typeof OF_FEW_TESTS)[number],
  { board, env, signal }: Pick<TestContext, "board" | "env" | "signal">,
): Promise<Readonly<Record<string, string>>> {
  try {
    const tools = await ensureTools([tool], board, { env, signal });
    return { [variable]: tools[tool].path };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    board.note(`${error.message}\n${error.hint}`);
    return {};
  }
}

async function runChecks(checks: readonly Check[], context: TestContext): Promise<Counts> {
  const waiting = [...checks];
  const counts: Counts[] = [];
  const work = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      counts.push(await runCheck(check, context));
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return sum(counts);
}

async function runCheck(
  { name, text, args }: Check,
  { root, env, board, screen, signal }: TestContext,
): Promise<Counts> {
  if (signal.aborted) return NONE;
  const line = board.line(name, text);
  const color = screen.color ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" };
  const ending = await runProgram(process.execPath, args, { cwd: root, env: { ...env, ...color }, signal });
  const failure = failureOf(name, ending);
  if (failure === null) {
    line.done("passed");
    return { ...NONE, passed: 1 };
  }
  line.fail("failed");
  board.note(ending.kind === "ended" ? ending.output.trim() : failure);
  return { ...NONE, failures: [name] };
}

async function runOne(
  suite: Suite,
  files: readonly string[],
  tools: Tools,
  scratch: string,
  context: TestContext,
): Promise<Counts> {
  const { board, root, screen, signal } = context;
  const line = board.line(suite, "running tests");
  if (tools.kind === "missing") {
    line.fail("not run, for want of tools");
    return { ...NONE, failures: [`${suite}: ${tools.why}`] };
  }
  const env = { ...context.env, ...tools.env };
  const { counts, output } = await runSuite(suite, { root, files, env, scratch, color: screen.color, signal });
  if (counts.failures.length === 0) {
    line.done(summary(counts));
    return counts;
  }
  line.fail(summary(counts));
  board.note(output.trim());
  return counts;
}

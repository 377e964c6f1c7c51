import type { PlanFile } from "../../slo/core/plan-file.ts";
import { StackError } from "../../stack/native/errors.ts";
import { startNative } from "../../stack/native/start.ts";
import type { NativeStack } from "../../stack/native/types.ts";
import { cacheFolder } from "../lib/cache-folder.mjs";
import { Fault } from "../lib/fault.ts";
import type { Interrupts } from "../lib/interrupts.ts";
import { createBoard } from "../lib/progress.ts";
import { screenOf } from "../lib/screen.ts";
import { ensureTools } from "../tools/ensure.ts";
import { inspectScript } from "./k6.ts";
import type { Narrator } from "./narrator.ts";
import { shortest } from "./paths.ts";
import { planFrom } from "./plan.ts";
import { demandSufficientPlan } from "./preflight.ts";
import type { LoadRequest } from "./request.ts";
import { type RunFolder, writeJson } from "./run-folder.ts";
import { type Linted, lintObjectives } from "./slo.ts";
import { nativeOptions } from "./stack.ts";

/** Everything a load needs, up and checked. Whoever has it stops the stack. */
export interface Prepared {
  readonly plan: PlanFile;
  readonly k6: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly stack: NativeStack;
}

/**
 * Side by side: the objectives are read while the tools are found, and the plan is checked while the stack starts.
 * Throws a Fault; nothing is left up then.
 */
export async function prepare(
  request: LoadRequest,
  folder: RunFolder,
  screen: Narrator,
  interrupts: Interrupts,
): Promise<Prepared> {
  const failed = new AbortController();
  const signal = AbortSignal.any([interrupts.first, failed.signal]);
  const linting = lintObjectives(request.objectives, signal);
  const board = createBoard(screenOf(process.stderr, process.env));
  const finding = ensureTools(["k6", "prometheus"], board, { signal });
  const [linted, tools] = await all([linting, finding], failed);
  screen.step("good", "objectives", objectivesLine(request, linted));

  const starting = startNative(
    nativeOptions({
      request,
      prometheusBin: tools.prometheus.path,
      edges: linted.edges.http_request_duration_seconds ?? [],
      logDir: folder.path,
      cacheDir: cacheFolder(),
      say: (line) => screen.step("quiet", "stack", line),
      signal,
    }),
  );
  const planning = planned(request, tools.k6.path, folder, screen, signal);
  try {
    const [stack, plan] = await all([starting, planning], failed);
    return { plan, k6: tools.k6.path, versions: { k6: tools.k6.version }, stack };
  } catch (error) {
    await starting.then(
      (stack) => stack.stop(),
      () => {},
    );
    throw error instanceof StackError ? stackFault(error) : error;
  }
}

function stackFault(error: StackError): Fault {
  const log = error.log.trim() === "" ? "" : `\n${error.log.trimEnd()}`;
  return new Fault(error.code, `${error.message}${log}`, error.hint);
}

/** The first failure is the cause: the others are told to end, and waited for. */
async function all<Results extends readonly unknown[]>(
  work: { readonly [Key in keyof Results]: Promise<Results[Key]> },
  failed: AbortController,
): Promise<Results> {
  try {
    return (await Promise.all(work)) as unknown as Results;
  } catch (error) {
    failed.abort();
    await Promise.allSettled(work);
    throw error;
  }
}

async function planned(
  request: LoadRequest,
  k6: string,
  folder: RunFolder,
  screen: Narrator,
  signal: AbortSignal,
): Promise<PlanFile> {
  const plan = planFrom(await inspectScript(k6, request, signal));
  await writeJson(folder.file("plan.json"), plan);
  await demandSufficientPlan(request, plan, folder, screen, signal);
  return plan;
}

function objectivesLine(request: LoadRequest, linted: Linted): string {
  const count = linted.objectives.length;
  return `${count} for ${linted.service}, from ${shortest(request.objectives)}`;
}

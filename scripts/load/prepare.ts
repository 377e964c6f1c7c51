import type { PlanFile } from "../../slo/core/plan-file.ts";
import type { Interrupts } from "../lib/interrupts.ts";
import { shortest } from "../lib/paths.ts";
import { createBoard } from "../lib/progress.ts";
import { screenOf } from "../lib/screen.ts";
import type { Equipped, LoadStack, Platform } from "./load-stack.ts";
import type { Narrator } from "./narrator.ts";
import { planFrom } from "./plan.ts";
import { demandSufficientPlan } from "./preflight.ts";
import type { LoadRequest } from "./request.ts";
import { type RunFolder, writeJson } from "./run-folder.ts";
import { type Linted, lintObjectives } from "./slo.ts";

/** Everything a load needs, up and checked. Whoever has it stops the stack. */
export interface Prepared {
  readonly plan: PlanFile;
  readonly versions: Readonly<Record<string, string>>;
  readonly stack: LoadStack;
}

/**
 * Side by side: the objectives are read while the tools are found, and the plan is checked while the stack starts.
 * Throws a Fault; nothing is left up then.
 */
export async function prepare(
  platform: Platform,
  request: LoadRequest,
  folder: RunFolder,
  screen: Narrator,
  interrupts: Interrupts,
): Promise<Prepared> {
  const failed = new AbortController();
  const signal = AbortSignal.any([interrupts.first, failed.signal]);
  const linting = lintObjectives(request.objectives, signal);
  const board = createBoard(screenOf(process.stderr, process.env));
  const [linted, equipped] = await all([linting, platform.equip(board, signal)], failed);
  screen.step("good", "objectives", objectivesLine(request, linted));

  const starting = equipped.bringUp({
    request,
    edges: linted.edges.http_request_duration_seconds ?? [],
    folder,
    say: (line) => screen.step("quiet", "stack", line),
    signal,
  });
  const planning = planned(request, equipped, folder, screen, signal);
  try {
    const [stack, plan] = await all([starting, planning], failed);
    return { plan, versions: { ...equipped.versions, ...stack.versions }, stack };
  } catch (error) {
    await starting.then(
      (stack) => stack.stop(),
      () => {},
    );
    throw error;
  }
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
  equipped: Equipped,
  folder: RunFolder,
  screen: Narrator,
  signal: AbortSignal,
): Promise<PlanFile> {
  const plan = planFrom(await equipped.inspect(request, signal));
  await writeJson(folder.file("plan.json"), plan);
  await demandSufficientPlan(request, plan, folder, screen, signal);
  return plan;
}

function objectivesLine(request: LoadRequest, linted: Linted): string {
  const count = linted.objectives.length;
  return `${count} for ${linted.service}, from ${shortest(request.objectives)}`;
}

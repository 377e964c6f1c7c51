import { existsSync } from "node:fs";
import { access, constants, rm } from "node:fs/promises";
import type { PlanFile } from "../../slo/core/plan-file.ts";
import type { RunFile } from "../../slo/core/run.ts";
import { causeOf, Fault } from "../lib/fault.ts";
import type { Interrupts } from "../lib/interrupts.ts";
import { shortest } from "../lib/paths.ts";
import { type Annotations, annotations } from "./annotations.ts";
import { choosePlatform } from "./choose.ts";
import { type Drive, drive } from "./drive.ts";
import { fingerprint } from "./fingerprint.ts";
import type { LoadStack, Platform } from "./load-stack.ts";
import type { Narrator } from "./narrator.ts";
import { demandProvable } from "./preflight.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { plannedEnd } from "./progress.ts";
import { drivenRun, emptyRun, type Started } from "./record.ts";
import type { AskedLoad, LoadRequest } from "./request.ts";
import { createRunFolder, pointLatest, type RunFolder, writeJson } from "./run-folder.ts";
import { type Judged, judgeRun } from "./slo.ts";
import { type Stopwatch, stopwatch, timingLine } from "./stopwatch.ts";

/** Milliseconds without a word. */
const PATIENCE = 1500;
/** Seconds of quiet shown on either side of a load. */
const AROUND = 10;

export interface Surroundings {
  readonly screen: Narrator;
  readonly interrupts: Interrupts;
  readonly print: (text: string) => void;
}

/** One load test from nothing to a verdict. Returns the exit code; throws a Fault where there is no verdict. */
export async function runLoad(asked: AskedLoad, around: Surroundings): Promise<number> {
  const watch = stopwatch();
  const { screen, interrupts } = around;
  await demandPreloads(asked.preload);
  const platform = await choose(asked, around);
  screen.step("quiet", "stack", platform.why);
  const folder = await createRunFolder(asked.results, asked.profile);
  const request: LoadRequest = { ...asked, objectives: asked.objectives ?? (await platform.objectives(folder)) };
  let stack: LoadStack | null = null;
  try {
    const prepared = await prepare(platform, request, folder, screen, interrupts);
    stack = prepared.stack;
    screen.step("good", "stack", stack.headline);
    await demandProvable(request, stack, folder, screen, interrupts.first);
    return await underStack(request, folder, prepared, watch, around);
  } catch (error) {
    const cause = interrupts.first.aborted ? interrupted(interrupts) : error;
    await keepFailure(folder, request, cause, watch);
    throw cause;
  } finally {
    await stack?.stop();
    await rm(folder.file("stack.json"), { force: true });
  }
}

/** An engine or a registry that does not answer takes some seconds to be given up. */
async function choose(asked: AskedLoad, { screen, interrupts }: Surroundings): Promise<Platform> {
  const patience = setTimeout(() => screen.step("quiet", "stack", "looking what it can run on"), PATIENCE);
  try {
    return await choosePlatform(asked, interrupts.first);
  } catch (error) {
    throw interrupts.first.aborted ? interrupted(interrupts) : error;
  } finally {
    clearTimeout(patience);
  }
}

async function underStack(
  request: LoadRequest,
  folder: RunFolder,
  prepared: Prepared,
  watch: Stopwatch,
  around: Surroundings,
): Promise<number> {
  const { plan, stack } = prepared;
  const started: Started = {
    id: folder.id,
    profile: plan.profile,
    from: Date.now() / 1000,
    fingerprint: await fingerprint(prepared.versions),
    frontCounter: stack.frontCounter,
  };
  const unlinked = await pointLatest(folder);
  if (unlinked !== null) around.screen.step("quiet", "latest", unlinked);
  await writeJson(folder.file("stack.json"), stack.whereabouts);
  watch.lap("set-up");
  const marks = watchable(stack, plan, folder, around.screen);
  const onPhase: Drive["onPhase"] = (phase, began) => marks?.begin(phase, began);
  const driven = await drive({ ...around, request, plan, stack, folder, onPhase });
  watch.lap("load");
  const run = drivenRun(started, plan, driven, watch.timings());
  await writeJson(folder.file("run.json"), run);
  await marks?.finish(run.phases);
  if (run.failure !== null) around.screen.step("bad", "load", run.failure.text);
  const judged = await judge(request, folder, stack, around.interrupts);
  watch.split("wait for evidence", judged.waited, "judging");
  if (request.keep) {
    await keepUp(stack, judged, around);
    watch.lap("kept up");
  }
  await stack.stop();
  watch.lap("tear-down");
  await writeJson(folder.file("run.json"), { ...run, timings: watch.timings() });
  if (judged.notes.trim() !== "") around.screen.plain(judged.notes.trimEnd());
  around.print(`\n${timingLine(watch.timings())}\n${request.keep ? "" : `\n${judged.text}`}`);
  return exitCodeOf(judged, run);
}

/** Says where the load can be watched, and marks its phases there; null where there is no such place. */
function watchable({ dashboards }: LoadStack, plan: PlanFile, { id }: RunFolder, screen: Narrator): Annotations | null {
  if (dashboards === null) return null;
  const now = Date.now() / 1000;
  screen.step("quiet", "watch", dashboards.link(id, now - AROUND, now + plannedEnd(plan) + AROUND));
  return annotations(dashboards, { id, plan }, (why) => screen.step("quiet", "watch", `phases are not marked: ${why}`));
}

/** A judge asked for after Ctrl-C still answers for what there is, unless a second Ctrl-C says no. */
function judge(
  request: LoadRequest,
  folder: RunFolder,
  stack: LoadStack,
  { first, second }: Interrupts,
): Promise<Judged> {
  const signal = first.aborted ? second : AbortSignal.any([first, second]);
  return judgeRun(request.objectives, stack.addresses.prometheus, folder.path, signal);
}

/** A run that did not go to its end never passes, whatever the judge made of it. */
function exitCodeOf(judged: Judged, run: RunFile): number {
  return judged.exitCode === 0 && run.failure !== null ? 3 : judged.exitCode;
}

async function keepUp(stack: LoadStack, judged: Judged, around: Surroundings): Promise<void> {
  const { screen } = around;
  around.print(`\n${judged.text}`);
  for (const [part, address] of Object.entries(stack.addresses)) screen.step("quiet", part, address);
  screen.step("quiet", "token", `in ${stack.tokenPlace}`);
  if (stack.leaveUp === null) {
    screen.plain("The stack stays up until Ctrl-C.");
    return await untilInterrupt(stack, around);
  }
  await stack.leaveUp();
  screen.plain("The stack stays up; end it by: npm run stack:down");
}

async function untilInterrupt(stack: LoadStack, { screen, interrupts }: Surroundings): Promise<void> {
  const { first } = interrupts;
  if (first.aborted) return;
  const interrupted = new Promise<void>((resolve) => first.addEventListener("abort", () => resolve(), { once: true }));
  const crashed = stack.crashed.then((crash) => screen.step("bad", crash.part, "ended by itself"));
  await Promise.race([interrupted, crashed]);
}

async function demandPreloads(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await access(path, constants.R_OK).catch((error: unknown) => {
      throw new Fault(
        "preload",
        `--preload: ${shortest(path)} cannot be read: ${causeOf(error)}`,
        "Check its path.",
        2,
      );
    });
  }
}

/** Whatever broke off after a Ctrl-C did so because of it. */
function interrupted({ received }: Interrupts): Fault {
  return new Fault("interrupted", `interrupted by ${received() ?? "a signal"} before there was a verdict`, "");
}

/** What went wrong is kept beside the logs; what was the user's mistake leaves no folder behind. */
async function keepFailure(folder: RunFolder, request: LoadRequest, error: unknown, watch: Stopwatch): Promise<void> {
  if (error instanceof Fault && error.exitCode === 2) {
    await rm(folder.path, { recursive: true, force: true });
    return;
  }
  // What was measured stands there already and is worth more than why it was not judged.
  if (existsSync(folder.file("run.json"))) return;
  const failure = error instanceof Fault ? { code: error.code, text: error.message } : null;
  const started = {
    id: folder.id,
    profile: request.profile,
    from: Date.now() / 1000,
    fingerprint: await fingerprint({}),
    frontCounter: null,
  };
  const text = failure ?? { code: "internal", text: String(error) };
  await writeJson(folder.file("run.json"), emptyRun(started, text, watch.timings())).catch(() => {});
  await pointLatest(folder);
}

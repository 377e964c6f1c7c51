import { readFile } from "node:fs/promises";
import type { PlanFile, PlannedPhase } from "../../slo/core/plan-file.ts";
import type { Crash } from "../../stack/lib/crash.ts";
import type { Interrupts } from "../lib/interrupts.ts";
import { type K6End, k6Failure } from "./k6.ts";
import { type LiveFigures, liveFigures } from "./live.ts";
import type { CpuShare, LoadStack } from "./load-stack.ts";
import type { Narrator } from "./narrator.ts";
import { phaseAt, progressLine } from "./progress.ts";
import type { LoadRequest } from "./request.ts";
import type { RunFolder } from "./run-folder.ts";
import { type K6Summary, parseSummary } from "./summary.ts";

const TICK_MS = 1000;
/** k6 writes its summary within a few seconds of being asked to end; past this it cannot be asked. Milliseconds. */
const LAST_WORDS = 15_000;
/** k6 stops by itself after the plan's end; past this much more it is taken for hung. Seconds. */
const OVERDUE = 60;

export interface Failure {
  readonly code: string;
  readonly text: string;
}

export interface Driven {
  /** Unix seconds. */
  readonly from: number;
  readonly to: number;
  readonly summary: K6Summary | null;
  readonly failure: Failure | null;
  readonly generatorCpu: CpuShare;
}

export interface Drive {
  readonly request: LoadRequest;
  readonly plan: PlanFile;
  readonly stack: LoadStack;
  readonly folder: RunFolder;
  readonly screen: Narrator;
  readonly interrupts: Interrupts;
  /** A phase is under way; called again and again. */
  readonly onPhase: (phase: PlannedPhase, began: number) => void;
}

/** Puts the load on and watches it; ends it early when a part of the stack ends or the user wants out. */
export async function drive(given: Drive): Promise<Driven> {
  const { folder, stack, interrupts, screen } = given;
  const summaryFile = folder.file("k6.json");
  const logFile = folder.file("k6.log");
  const from = Date.now() / 1000;
  const k6 = await stack.generate({ request: given.request, runId: folder.id, summaryFile, logFile });
  let cut: Failure | null = null;
  let last: NodeJS.Timeout | undefined;
  const stop = (failure: Failure, end: () => void) => {
    cut ??= failure;
    end();
    last ??= setTimeout(k6.kill, LAST_WORDS).unref();
  };
  const onInterrupt = () => stop(interruption(interrupts, from), k6.interrupt);
  interrupts.first.addEventListener("abort", onInterrupt, { once: true });
  if (interrupts.first.aborted) onInterrupt();
  interrupts.second.addEventListener("abort", k6.kill, { once: true });
  void stack.crashed.then((crash) => stop(crashed(crash, from), k6.interrupt));
  const overdue = setTimeout(
    () => stop({ code: "k6-overdue", text: "k6 did not end with its plan and was stopped" }, k6.kill),
    (given.plan.duration + OVERDUE) * 1000,
  );
  const ticker = watch(given, from);
  try {
    const end = await k6.ended;
    const summary = parseSummary(await readFile(summaryFile, "utf8").catch(() => ""));
    const generatorCpu = await k6.cpuShare();
    const ending = await endFailure(end, logFile);
    // Last: of a part's end one may hear only after k6's.
    return { from, to: end.at, summary, failure: cut ?? ending, generatorCpu };
  } finally {
    clearTimeout(overdue);
    clearTimeout(last);
    clearInterval(ticker);
    interrupts.first.removeEventListener("abort", onInterrupt);
    screen.clearLive();
  }
}

async function endFailure(end: K6End, logFile: string): Promise<Failure | null> {
  const failure = await k6Failure(end, logFile);
  return failure === null ? null : { code: failure.code, text: `${failure.text} (whole log: k6.log)` };
}

function interruption(interrupts: Interrupts, from: number): Failure {
  return {
    code: "interrupted",
    text: `interrupted by ${interrupts.received() ?? "a signal"} ${since(from, Date.now() / 1000)} into the load`,
  };
}

function crashed(crash: Crash, from: number): Failure {
  const how = crash.signal === null ? `exit code ${crash.code}` : crash.signal;
  return {
    code: "stack-failure",
    text: `${crash.part} ended by itself (${how}) ${since(from, crash.at)} into the load; see ${crash.part}.log`,
  };
}

function since(from: number, at: number): string {
  return `${Math.max(0, at - from).toFixed(1)} s`;
}

function watch(given: Drive, from: number): NodeJS.Timeout {
  let figures: LiveFigures = { rate: null, p99: null, errors: null };
  let asking = false;
  const tick = () => {
    const elapsed = Date.now() / 1000 - from;
    const at = phaseAt(given.plan, elapsed);
    if (at !== null) given.onPhase(at.phase, from + at.phase.offset);
    const chapter = at === null ? "" : `${at.phase.name}${at.pausing ? " over" : ""}`;
    given.screen.live(progressLine(given.plan, { elapsed, figures }), chapter, elapsed);
    if (asking) return;
    asking = true;
    const into = elapsed - (at?.phase.offset ?? 0);
    void liveFigures(given.stack.addresses.prometheus, into).then((fresh) => {
      figures = fresh;
      asking = false;
    });
  };
  tick();
  return setInterval(tick, TICK_MS);
}

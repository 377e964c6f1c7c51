import { rm } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { isStill } from "./identity.ts";
import { releaseSharedMemory } from "./shared-memory.ts";

/** A process to end: how it is asked to, and how long it may take before it is killed. Leader of its own group. */
export interface Ending {
  readonly name: string;
  readonly pid: number;
  readonly identity: string;
  readonly signal: NodeJS.Signals;
  /** Milliseconds. */
  readonly grace: number;
  /** Those of stage 1 are asked once all of stage 0 are gone. */
  readonly stage: 0 | 1;
}

const KILL_GRACE = 2_000;
const POLL = process.platform === "linux" ? 4 : 25;

/** Ends these processes and their groups, then removes the folder. Also run by the guard, hence by pids alone. */
export async function tearDown(endings: readonly Ending[], folder: string): Promise<void> {
  for (const stage of [0, 1] as const) {
    await Promise.all(endings.filter((ending) => ending.stage === stage).map(end));
  }
  await releaseSharedMemory(folder);
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
}

async function end(ending: Ending): Promise<void> {
  if (!isStill(ending.pid, ending.identity)) return;
  send(ending.pid, ending.signal);
  if (await goneWithin(ending, ending.grace)) return;
  send(-ending.pid, "SIGKILL");
  await goneWithin(ending, KILL_GRACE);
}

async function goneWithin(ending: Ending, milliseconds: number): Promise<boolean> {
  const deadline = performance.now() + milliseconds;
  while (isStill(ending.pid, ending.identity)) {
    if (performance.now() > deadline) return false;
    await pause(POLL);
  }
  return true;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended between the look and the signal.
  }
}

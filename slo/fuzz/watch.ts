import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { FuzzResult, Subject } from "./run.ts";
import type { Task } from "./worker.ts";

export interface WatchOptions {
  readonly subject: Subject;
  readonly seed: number;
  readonly count: number;
  /** Seconds that one case may take before it counts as hanging. */
  readonly patience: number;
  readonly onProgress: (done: number) => void;
}

const LOOK_EVERY = 500;

/** Fuzzes in a thread of its own, so that a case that never ends is found as well. */
export async function watched({ patience, onProgress, ...wanted }: WatchOptions): Promise<FuzzResult> {
  const done = new Int32Array(new SharedArrayBuffer(4));
  const task: Task = { ...wanted, done };
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: task });
  const state = { at: 0, since: Date.now() };
  const hanging = Promise.withResolvers<FuzzResult>();
  const timer = setInterval(() => {
    const at = Atomics.load(done, 0);
    if (at !== state.at) Object.assign(state, { at, since: Date.now() });
    onProgress(at);
    if (Date.now() - state.since > patience * 1000) hanging.resolve(hung(wanted, at, patience));
  }, LOOK_EVERY);
  try {
    const finished = once(worker, "message").then(([result]) => result as FuzzResult);
    return await Promise.race([finished, hanging.promise]);
  } finally {
    clearInterval(timer);
    await worker.terminate();
  }
}

function hung({ subject, seed }: Pick<WatchOptions, "subject" | "seed">, at: number, patience: number): FuzzResult {
  const failure = { input: `case ${at + 1} of this seed`, why: `a case did not end within ${patience} s` };
  return { subject, seed, cases: at + 1, outcomes: {}, failure };
}

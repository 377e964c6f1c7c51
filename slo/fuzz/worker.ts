import { parentPort, workerData } from "node:worker_threads";
import { fuzz, type Subject } from "./run.ts";

/** What the worker is told: `done` is shared, for a case that never ends can send no message. */
export interface Task {
  readonly subject: Subject;
  readonly seed: number;
  readonly count: number;
  readonly done: Int32Array;
}

const { subject, seed, count, done } = workerData as Task;
parentPort?.postMessage(await fuzz(subject, { seed, count, onCase: (index) => Atomics.store(done, 0, index) }));

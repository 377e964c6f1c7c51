import { setTimeout as sleep } from "node:timers/promises";

/**
 * Asks again until there is an answer; the limit is against a hang only.
 * @param what completes "waited in vain for …"
 * @param ask undefined: not yet
 */
export async function poll<Value>(what: string, ask: () => Promise<Value | undefined>, seconds = 120): Promise<Value> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const value = await ask();
    if (value !== undefined) return value;
    if (performance.now() > deadline) throw new Error(`waited ${seconds} s in vain for ${what}`);
    await sleep(20);
  }
}

/**
 * A program of its own, started before every part: outlives the process that runs the stack, however that ends, and
 * then ends the parts it was told of and removes the folder. Its input closing is the sign; node's own modules only,
 * so that it is up at once.
 */
import { createInterface } from "node:readline";
import type { GuardMessage } from "./household.ts";
import { type Ending, tearDown } from "./teardown.ts";

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("The guard needs the folder that it shall remove.");

const parts = new Map<number, Ending>();
for await (const line of createInterface({ input: process.stdin })) {
  const message = read(line);
  switch (message?.kind) {
    case "began":
      parts.set(message.part.pid, message.part);
      break;
    case "ended":
      parts.delete(message.pid);
      break;
    case undefined:
      break;
    default:
      message satisfies never;
  }
}
await tearDown([...parts.values()], folder);

/** null for a line that was cut off when its writer was killed. */
function read(line: string): GuardMessage | null {
  try {
    return JSON.parse(line) as GuardMessage;
  } catch {
    return null;
  }
}

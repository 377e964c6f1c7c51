/** A program that starts a stack, prints its pids, and stays: something to kill. */
import { startNative } from "../start.ts";
import type { NativeOptions } from "../types.ts";

const [json] = process.argv.slice(2);
if (json === undefined) throw new Error("The options are missing.");
const stack = await startNative({ ...(JSON.parse(json) as Omit<NativeOptions, "say">), say: () => undefined });
process.stdout.write(`${JSON.stringify(stack.pids)}\n`);
await stack.crashed;

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** How a command of ours ended. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  child: ChildProcess;
  stdout: () => string;
  stderr: () => string;
  ended: Promise<Ended>;
}

const apiDirectory = join(import.meta.dirname, "..");

/**
 * Starts one of the API's commands with the Node that runs the tests.
 * @param script file in api/, such as main.ts
 * @param env the whole environment beyond PATH
 */
export function start(script: string, args: string[], env: Record<string, string>): Running {
  const child = spawn(process.execPath, [join(apiDirectory, script), ...args], {
    env: { PATH: process.env.PATH ?? "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => {
    output.stdout += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    output.stderr += chunk.toString();
  });
  const ended = once(child, "close").then(([code]) => ({ code, ...output }));
  return { child, stdout: () => output.stdout, stderr: () => output.stderr, ended };
}

/** Runs one of the API's commands to its end. */
export function run(script: string, args: string[], env: Record<string, string>): Promise<Ended> {
  return start(script, args, env).ended;
}

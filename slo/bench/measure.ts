import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";

const ROOM = resolve(import.meta.dirname, "..");

export interface Measured {
  readonly code: number | null;
  readonly stdout: string;
  /** Seconds, from its start to its end. */
  readonly seconds: number;
  /** MiB at the peak: everything the process held, Node itself too. */
  readonly memory: number;
}

/** Runs the real command, and measures it. Rejects where it says anything to stderr. */
export async function measuredSlo(args: readonly string[], cwd: string): Promise<Measured> {
  const began = performance.now();
  const watch = ["--import", resolve(ROOM, "bench/report-memory.ts")];
  const child = spawn(process.execPath, [...watch, resolve(ROOM, "main.ts"), ...args], {
    cwd,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const told: { memory?: number } = {};
  child.on("message", (memory) => {
    if (typeof memory === "number") told.memory = memory;
  });
  const { stdout: out, stderr: err } = child;
  if (out === null || err === null) throw new Error("a pipe is missing");
  const [[code], stdout, stderr] = await Promise.all([once(child, "close"), text(out), text(err)]);
  if (stderr !== "" || told.memory === undefined) throw new Error(`slo ${args.join(" ")}: ${stderr || "told nothing"}`);
  const seconds = (performance.now() - began) / 1000;
  return { code: typeof code === "number" ? code : null, stdout, seconds, memory: told.memory };
}

/** Milliseconds that the work took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** What else the machine did only ever adds. */
export function fastest(milliseconds: readonly number[]): number {
  return Math.min(...milliseconds);
}

/** Requests that Prometheus itself has counted at its query API. */
export async function requestsOf(url: string): Promise<number> {
  const answer = await (await fetch(`${url}/metrics`)).text();
  const counts = answer.matchAll(/^prometheus_http_requests_total\{[^}]*handler="\/api\/v1\/query"[^}]*\} (\S+)$/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

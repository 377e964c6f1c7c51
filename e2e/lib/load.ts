import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import type { Report } from "../../slo/core/report.ts";
import type { RunFile } from "../../slo/core/run.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** The shortest load whose steady phase still proves what e2e/objectives/generous.yaml asks. */
export const SHORT = ["--profile", "smoke", "--rate", "50", "--duration", "8"] as const;

export function project(path: string): string {
  return join(root, path);
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly results: string;
  readonly ended: Promise<Ended>;
  readonly stderr: () => string;
}

/**
 * The command as a user's shell would run it, in a process group of its own, with results in a folder of its own; on
 * plain processes unless told otherwise, also where a Docker engine would be taken.
 */
export function startLoad(args: readonly string[], env: NodeJS.ProcessEnv = {}, results = freshFolder()): Running {
  const stack = args.includes("--stack") ? [] : ["--stack", "native"];
  const child = spawn(process.execPath, [project("scripts/load.ts"), "--results", results, ...stack, ...args], {
    cwd: root,
    env: { ...process.env, CI: "true", NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
  if (child.pid === undefined) throw new Error("the load command did not start");
  return { child, pid: child.pid, results, ended, stderr: () => stderr };
}

export async function load(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  results = freshFolder(),
): Promise<Ended & { results: string }> {
  const running = startLoad(args, env, results);
  return { ...(await running.ended), results: running.results };
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "proving-ground-e2e-"));
  folders.push(folder);
  return folder;
}

export function runFolder(results: string): string {
  return join(results, "latest");
}

export function readReport(results: string): Report {
  return JSON.parse(readFileSync(join(runFolder(results), "report.json"), "utf8"));
}

export function readRun(results: string): RunFile {
  return JSON.parse(readFileSync(join(runFolder(results), "run.json"), "utf8"));
}

export function verdicts(report: Report): Record<string, string> {
  return Object.fromEntries(report.objectives.map(({ name, verdict }) => [name, verdict]));
}

/** Process ids whose environment or arguments carry the text; Linux and what can be read of it only. */
export function processesMentioning(text: string): number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .filter(
      (entry) =>
        readQuietly(`/proc/${entry}/cmdline`).includes(text) || readQuietly(`/proc/${entry}/environ`).includes(text),
    )
    .map(Number);
}

/** The value of a variable in a process's environment, or nothing. */
export function environmentOf(pid: number, name: string): string[] {
  return readQuietly(`/proc/${pid}/environ`)
    .split("\0")
    .flatMap((entry) => (entry.startsWith(`${name}=`) ? [entry.slice(name.length + 1)] : []));
}

function readQuietly(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** The shortest load that surely is still under way when a test does something to it, which ends it early. */
export const UNDER_WAY = ["--profile", "smoke", "--rate", "50", "--duration", "600"] as const;

/** Resolves in the steady phase; rejects where the run ends before it. */
export function inSteady(run: Running): Promise<void> {
  return Promise.race([
    until("the steady phase", () => run.stderr().includes("· load        steady"), 240),
    run.ended.then(({ stderr }) => Promise.reject(new Error(`ended before the steady phase:\n${stderr}`))),
  ]);
}

/** Resolves when the condition holds; rejects with what was waited for after `seconds`, which are against a hang only. */
export async function until(what: string, condition: () => boolean, seconds = 120): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { run } from "../cli.ts";

const MAIN = resolve(import.meta.dirname, "../main.ts");

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the real command as its own process; colour only where `env` asks for it. */
export async function slo(args: readonly string[], { cwd, env = {} }: RunOptions): Promise<Ran> {
  const { FORCE_COLOR: _forced, NO_COLOR: _no, ...inherited } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: { ...inherited, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((done, fail) => {
    child.once("error", fail);
    child.once("close", (code) => done(code));
  });
  const [code, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, stdout, stderr };
}

/** The same command without a process of its own: quicker, with nothing in its environment but `env`. */
export async function sloHere(
  argv: readonly string[],
  { cwd, env = {}, now = Date.now() / 1000 }: RunOptions & { readonly now?: number },
): Promise<Ran> {
  const said = { stdout: "", stderr: "" };
  const code = await run({
    argv,
    stdout: { write: (text) => (said.stdout += text) },
    stderr: { write: (text) => (said.stderr += text) },
    env,
    cwd,
    now: () => now,
    signal: new AbortController().signal,
  });
  return { code, ...said };
}

/** A folder with these files (path: text), and how to be rid of it. */
export async function folderWith(
  files: Readonly<Record<string, string>>,
): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "slo-test-"));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), content);
  }
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

import { spawn } from "node:child_process";

/** What a program wrote: `stdout` whole, of `stderr` and of both as they came (`output`) the last 64 KiB. */
interface Written {
  readonly stdout: string;
  readonly stderr: string;
  readonly output: string;
}

/** How a program ended. */
export type Ending =
  | ({ readonly kind: "ended"; readonly code: number | null } & Written)
  | { readonly kind: "unstarted"; readonly cause: string }
  | { readonly kind: "timeout"; readonly seconds: number }
  | { readonly kind: "aborted" };

export interface ProgramOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds; without it the program may take as long as it likes. */
  readonly timeout?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onOutput?: (text: string) => void;
}

const KEPT = 64 * 1024;
/** Milliseconds to end by itself, with what it started, before it is killed. */
const GRACE = 5_000;
/** Milliseconds for its last words to arrive after its end. */
const DRAIN = 1_000;
const live = new Set<number>();
let guarded = false;

/**
 * Runs a program without input to its end. It gets a process group of its own, ended whole on abort, on timeout and
 * when this process exits: compilers start compilers.
 */
export function runProgram(file: string, args: readonly string[], options: ProgramOptions = {}): Promise<Ending> {
  if (options.signal?.aborted) return Promise.resolve({ kind: "aborted" });
  guard();
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    const { pid } = child;
    if (pid !== undefined) live.add(pid);
    let written: Written = { stdout: "", stderr: "", output: "" };
    let early: Ending | null = null;
    let last: NodeJS.Timeout | undefined;
    const end = (why: Ending) => {
      early ??= why;
      if (pid === undefined) return;
      killGroup(pid, "SIGTERM");
      last ??= setTimeout(killGroup, GRACE, pid, "SIGKILL");
    };
    const abort = () => end({ kind: "aborted" });
    const timer =
      options.timeout === undefined
        ? undefined
        : setTimeout(end, options.timeout, { kind: "timeout", seconds: options.timeout / 1000 });
    options.signal?.addEventListener("abort", abort, { once: true });
    const settle = (ending: Ending) => {
      clearTimeout(timer);
      clearTimeout(last);
      options.signal?.removeEventListener("abort", abort);
      if (pid !== undefined) live.delete(pid);
      resolve(early ?? ending);
    };
    const hear = (add: (text: string) => Partial<Written>) => (text: string) => {
      written = { ...written, ...add(text), output: (written.output + text).slice(-KEPT) };
      options.onOutput?.(text);
    };
    child.stdout.setEncoding("utf8").on(
      "data",
      hear((text) => ({ stdout: written.stdout + text })),
    );
    child.stderr.setEncoding("utf8").on(
      "data",
      hear((text) => ({ stderr: (written.stderr + text).slice(-KEPT) })),
    );
    child.on("error", (error) => settle({ kind: "unstarted", cause: error.message }));
    // What it left running may hold its pipes open for good.
    child.on("exit", (code) => setTimeout(() => settle({ kind: "ended", code, ...written }), DRAIN).unref());
    child.on("close", (code) => settle({ kind: "ended", code, ...written }));
  });
}

/** Why an ending is not a success, in a few words with the program's last line; null where it is one. */
export function failureOf(program: string, ending: Ending): string | null {
  switch (ending.kind) {
    case "ended": {
      if (ending.code === 0) return null;
      const last = ending.output.trim().split("\n").at(-1);
      return `${program} ended with ${ending.code ?? "a signal"}${last ? `: ${last}` : ""}`;
    }
    case "unstarted":
      return `${program} does not start (${ending.cause})`;
    case "timeout":
      return `${program} did not end within ${ending.seconds} s`;
    case "aborted":
      return "interrupted";
    default:
      return ending satisfies never;
  }
}

function guard() {
  if (guarded) return;
  guarded = true;
  process.on("exit", () => {
    for (const pid of live) killGroup(pid, "SIGKILL");
  });
}

function killGroup(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(-pid, signal);
  } catch {
    // It ended by itself in between.
  }
}

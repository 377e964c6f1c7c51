import { spawn } from "node:child_process";
import { StackError } from "../lib/errors.ts";

export interface DockerOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  /** Milliseconds; without it the command may take as long as it likes. */
  readonly within?: number;
  /** File descriptors in place of no input, and of an output that is kept in memory. */
  readonly input?: number;
  readonly output?: number;
  /** Each line of its stderr, where Docker tells its progress. */
  readonly onLine?: (line: string) => void;
}

export interface DockerEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Milliseconds to end by itself before it is killed. */
const GRACE = 10_000;

/**
 * Runs `docker ARGS` to its end, whatever its exit code, out of reach of the terminal's Ctrl-C. Throws
 * StackError `engine-missing` without such a program, `engine-down` past its time, `aborted`.
 */
export async function docker(args: readonly string[], options: DockerOptions = {}): Promise<DockerEnd> {
  const { signal, within } = options;
  if (signal?.aborted) throw abortedBefore();
  const child = spawn("docker", args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: [options.input ?? "ignore", options.output ?? "pipe", "pipe"],
    detached: true,
  });
  // Docker hands most of its commands to programs of their own: the group is ended whole.
  const kill = (how: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, how);
    } catch {
      // It ended by itself in between.
    }
  };
  let late = false;
  let last: NodeJS.Timeout | undefined;
  const end = () => {
    kill("SIGTERM");
    last ??= setTimeout(kill, GRACE, "SIGKILL");
  };
  const timer =
    within === undefined
      ? undefined
      : setTimeout(() => {
          late = true;
          kill("SIGKILL");
        }, within);
  signal?.addEventListener("abort", end, { once: true });
  let [stdout, stderr] = ["", ""];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  const lines = lineReader(options.onLine ?? (() => undefined));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    lines(text);
  });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    if (signal?.aborted) throw abortedBefore();
    if (late) throw tooLate(args, within ?? 0);
    return { code, stdout, stderr };
  } catch (error) {
    throw error instanceof StackError ? error : notStarted(error);
  } finally {
    clearTimeout(timer);
    clearTimeout(last);
    signal?.removeEventListener("abort", end);
  }
}

/** Calls `take` with each whole line of a text that comes in pieces. */
export function lineReader(take: (line: string) => void): (text: string) => void {
  let rest = "";
  return (text) => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? "";
    for (const line of lines) take(line);
  };
}

function abortedBefore(): StackError {
  return new StackError("aborted", "Docker was interrupted.", "Start it again.");
}

function tooLate(args: readonly string[], within: number): StackError {
  const text = `docker ${args.slice(0, 2).join(" ")} did not answer within ${within / 1000} s.`;
  return new StackError("engine-down", text, "Does Docker hang? Restart it. A load does without it: --stack native.");
}

function notStarted(cause: unknown): StackError {
  const why = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
  const text = why === "ENOENT" ? "There is no docker on PATH." : `docker cannot be run (${why}).`;
  return new StackError(
    "engine-missing",
    text,
    "Install Docker with its Compose plugin. A load does without it: --stack native.",
    {
      cause,
    },
  );
}

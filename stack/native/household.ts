import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { StackError } from "../lib/errors.ts";
import { identify } from "./identity.ts";
import { type Ending, tearDown } from "./teardown.ts";
import { makeFolder, notWritable } from "./temp.ts";
import type { Command, Guest } from "./types.ts";

/** What to do about a folder of logs that does not serve. */
export const OTHER_LOGS = "choose another folder for results";

export type GuardMessage =
  | { readonly kind: "began"; readonly part: Ending }
  | { readonly kind: "ended"; readonly pid: number };

export type Exit =
  | { readonly kind: "ended"; readonly code: number | null; readonly signal: NodeJS.Signals | null }
  | { readonly kind: "not-started"; readonly error: NodeJS.ErrnoException };

export interface ProcessSpec extends Command, Pick<Ending, "name" | "signal" | "grace" | "stage"> {
  readonly env: NodeJS.ProcessEnv;
  /** Its output is appended here. */
  readonly log: string;
  /** An open file to read from; nothing if absent. */
  readonly input?: number;
  readonly account?: Account | null;
}

/** A user to run as. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface Running {
  readonly name: string;
  readonly pid: number;
  readonly log: string;
  /** Bytes that the log held before this process. */
  readonly logFrom: number;
  readonly exited: Promise<Exit>;
}

/** The processes of one stack and its temporary folder, which live and end together. */
export interface Household {
  readonly folder: string;
  /** Aborted as soon as the household closes. */
  readonly closing: AbortSignal;
  run(spec: ProcessSpec): Running;
  /** Takes in a process that somebody else started, leader of its own group: it ends with the rest. */
  adopt(guest: Guest): void;
  /** Ends everything and removes the folder; never rejects for what is already gone. */
  close(): Promise<void>;
}

interface Book {
  began(part: Ending): void;
  ended(pid: number): void;
}

/** Milliseconds. */
const GUEST_GRACE = 1_000;

/** `folder` does not exist yet: the guard knows of it before it does. */
export function openHousehold(folder: string, mode: number): Household {
  const guard = startGuard(folder);
  const closing = new AbortController();
  const living = new Map<number, Ending>();
  const tell = (message: GuardMessage) => guard.stdin?.write(`${JSON.stringify(message)}\n`);
  let closed: Promise<void> | undefined;

  const book: Book = {
    began(part) {
      living.set(part.pid, part);
      tell({ kind: "began", part });
    },
    ended(pid) {
      living.delete(pid);
      tell({ kind: "ended", pid });
    },
  };
  const close = async () => {
    closing.abort();
    await tearDown([...living.values()], folder);
    await endGuard(guard);
  };
  try {
    makeFolder(folder, mode);
  } catch (error) {
    guard.kill("SIGKILL");
    throw error;
  }
  return {
    folder,
    closing: closing.signal,
    run(spec) {
      if (closing.signal.aborted) throw aborted();
      return begin(spec, book);
    },
    adopt({ name, child }) {
      register(child, { name, signal: "SIGTERM", grace: GUEST_GRACE, stage: 0 }, book);
    },
    close() {
      closed ??= close();
      return closed;
    },
  };
}

export function aborted(cause?: unknown): StackError {
  return new StackError(
    "aborted",
    "The start of the stack was interrupted.",
    "Nothing of it is left; start it again.",
    { cause },
  );
}

function startGuard(folder: string): ChildProcess {
  const program = fileURLToPath(new URL("./guard.ts", import.meta.url));
  const guard = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program, folder], {
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
    env: { PATH: process.env.PATH },
  });
  // A guard that could not start or was killed must not end the run: `close` does its work.
  guard.on("error", () => undefined);
  guard.stdin?.on("error", () => undefined);
  guard.unref();
  if (guard.stdin && "unref" in guard.stdin) (guard.stdin as { unref(): void }).unref();
  return guard;
}

/** Its work is done by now, so it need not end by itself. */
async function endGuard(guard: ChildProcess): Promise<void> {
  if (guard.pid === undefined || guard.exitCode !== null || guard.signalCode !== null) return;
  const exited = new Promise<void>((resolve) => guard.once("exit", () => resolve()));
  guard.ref();
  guard.kill("SIGKILL");
  await exited;
}

function begin(spec: ProcessSpec, book: Book): Running {
  const log = openLog(spec.log);
  const logFrom = statSync(spec.log).size;
  const child = spawnLogged(spec, log);
  closeSync(log);
  const exited = new Promise<Exit>((resolve) => {
    child.once("error", (error) => resolve({ kind: "not-started", error }));
    child.once("exit", (code, signal) => resolve({ kind: "ended", code, signal }));
  });
  register(child, spec, book);
  return { name: spec.name, pid: child.pid ?? 0, log: spec.log, logFrom, exited };
}

function register(child: ChildProcess, part: Omit<Ending, "pid" | "identity">, book: Book): void {
  const { pid } = child;
  if (pid === undefined) return;
  const { name, signal, grace, stage } = part;
  book.began({ name, pid, identity: identify(pid) ?? "", signal, grace, stage });
  child.once("exit", () => book.ended(pid));
}

function openLog(path: string): number {
  try {
    return openSync(path, "a");
  } catch (cause) {
    throw notWritable(path, cause, OTHER_LOGS);
  }
}

/** Detached: a group of its own, which a Ctrl-C at the terminal does not reach. */
function spawnLogged(spec: ProcessSpec, log: number): ChildProcess {
  return spawn(spec.command, spec.args, {
    cwd: spec.cwd,
    env: spec.env,
    detached: true,
    stdio: [spec.input ?? "ignore", log, log],
    ...spec.account,
  });
}

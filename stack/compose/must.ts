import { open } from "node:fs/promises";
import { StackError } from "../lib/errors.ts";
import { type DockerEnd, type DockerOptions, docker } from "./docker.ts";
import { compose, type Place } from "./project.ts";

/** Files that a command reads from or writes to: a backup may be larger than memory. */
export interface Files {
  readonly from?: string;
  /** Made anew; one that is there already is an error of Node's (`EEXIST`). */
  readonly to?: string;
}

/** `docker compose ARGS` that has to succeed. @returns its output; throws StackError `command`, or as `docker` does */
export function must(place: Place, args: readonly string[], files: Files = {}, signal?: AbortSignal): Promise<string> {
  return succeeding(["compose", ...args], files, signal, (options) => compose(place, args, options));
}

/** The same of `docker ARGS`. */
export function mustDocker(
  { env }: Place,
  args: readonly string[],
  files: Files = {},
  signal?: AbortSignal,
): Promise<string> {
  return succeeding(args, files, signal, (options) => docker(args, { ...options, env }));
}

async function succeeding(
  args: readonly string[],
  { from, to }: Files,
  signal: AbortSignal | undefined,
  run: (options: DockerOptions) => Promise<DockerEnd>,
): Promise<string> {
  const input = from === undefined ? null : await open(from, "r");
  const output = to === undefined ? null : await open(to, "wx", 0o600);
  try {
    const options: DockerOptions = {
      ...(signal === undefined ? {} : { signal }),
      ...(input === null ? {} : { input: input.fd }),
      ...(output === null ? {} : { output: output.fd }),
    };
    const end = await run(options);
    if (end.code === 0) return end.stdout;
    throw failed(args, lastWords(end.stderr));
  } finally {
    await input?.close();
    await output?.close();
  }
}

function failed(args: readonly string[], said: string): StackError {
  const text = `docker ${args.slice(0, 4).join(" ")}: ${said === "" ? "ended without a word" : said}`;
  return new StackError("command", text, "Is the stack up? See: npm run stack:status");
}

/** Compose tells its steps on standard error as well: the last lines that are none of them. */
export function lastWords(stderr: string): string {
  const lines = stderr.split("\n").map((line) => line.trim());
  const told = lines.filter((line) => line !== "" && !/^(?:Container|Network|Volume|Image) \S+ +\S+$/.test(line));
  return told.slice(-3).join(" · ");
}

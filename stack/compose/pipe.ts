import { spawn } from "node:child_process";
import { open } from "node:fs/promises";

/** Where a command's input comes from or its output goes to; paths of files. */
export interface Pipes {
  readonly from?: string;
  readonly to?: string;
}

/** A `docker compose` command that did not succeed: which, and the last it said. */
export class ComposeFailure extends Error {
  readonly said: string;

  constructor(args: readonly string[], said: string) {
    super(`docker compose ${args.slice(0, 4).join(" ")}: ${said === "" ? "ended without a word" : said}`);
    this.name = "ComposeFailure";
    this.said = said;
  }
}

/** Runs `docker compose ARGS` for one project to its end. @returns its standard output, empty where it goes to a file */
export type Compose = (args: readonly string[], pipes?: Pipes) => Promise<string>;

const KEPT = 8 * 1024;

/**
 * `docker compose` in a folder, under an environment. Files are handed over as they are: a backup may be larger than
 * memory. Rejects with a ComposeFailure.
 */
export function composeIn(folder: string, env: NodeJS.ProcessEnv, signal?: AbortSignal): Compose {
  return async (args, { from, to } = {}) => {
    const input = from === undefined ? null : await open(from, "r");
    const output = to === undefined ? null : await open(to, "wx", 0o600);
    try {
      return await new Promise<string>((resolve, reject) => {
        const child = spawn("docker", ["compose", ...args], {
          cwd: folder,
          env,
          signal,
          stdio: [input?.fd ?? "ignore", output?.fd ?? "pipe", "pipe"],
        });
        let stdout = "";
        let stderr = "";
        child.stdout?.setEncoding("utf8").on("data", (text: string) => {
          stdout += text;
        });
        child.stderr?.setEncoding("utf8").on("data", (text: string) => {
          stderr = (stderr + text).slice(-KEPT);
        });
        child.once("error", (error) => reject(new ComposeFailure(args, error.message)));
        child.once("close", (code) => {
          if (code === 0) resolve(stdout);
          else reject(new ComposeFailure(args, lastWords(stderr)));
        });
      });
    } finally {
      await input?.close();
      await output?.close();
    }
  };
}

/** Compose tells its steps on standard error as well: the last lines that are none of them. */
function lastWords(stderr: string): string {
  const lines = stderr.split("\n").map((line) => line.trim());
  const told = lines.filter((line) => line !== "" && !/^(?:Container|Network|Volume|Image) \S+ +\S+$/.test(line));
  return told.slice(-3).join(" · ");
}

import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder } from "../lib/cache-folder.mjs";
import { causeOf, Fault } from "../lib/fault.ts";
import { makeFolder } from "../lib/make-folder.mjs";
import type { Machine } from "./types.ts";

/** What the ways share while tools are looked for and brought. */
export interface Workshop {
  readonly machine: Machine;
  readonly env: NodeJS.ProcessEnv;
  /** The user's cache folder. */
  readonly cache: string;
  /** A folder beside the cache's entries, gone at the end: what is finished there is renamed into its place. */
  readonly scratch: string;
  readonly signal: AbortSignal | undefined;
  /** The same work for several tools (an archive holds two of them), done once. */
  once<T>(key: string, make: () => Promise<T>): Promise<T>;
}

const ABANDONED = 24 * 3600 * 1000;

/** Runs `work` with a workshop. Throws a Fault where the machine is not supported or the cache cannot be written. */
export async function inWorkshop<T>(
  env: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
  work: (shop: Workshop) => Promise<T>,
): Promise<T> {
  const machine = machineOf(process.platform, process.arch);
  const cache = cacheFolder(env);
  const scratch = await scratchIn(cache);
  const made = new Map<string, Promise<unknown>>();
  try {
    return await work({
      machine,
      env,
      cache,
      scratch,
      signal,
      once: <R>(key: string, make: () => Promise<R>) => {
        const running = (made.get(key) as Promise<R> | undefined) ?? make();
        made.set(key, running);
        return running;
      },
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Throws a Fault for a machine that none of the ways serves. */
export function machineOf(platform: string, arch: string): Machine {
  if ((platform === "linux" || platform === "darwin") && (arch === "x64" || arch === "arm64")) {
    return { platform, arch };
  }
  throw new Fault(
    "machine",
    `no tools for ${platform} on ${arch}`,
    "Use Linux or macOS on x64 or arm64 (on Windows: WSL 2).",
  );
}

async function scratchIn(cache: string): Promise<string> {
  try {
    makeFolder(join(cache, "locks"));
    await sweep(cache);
    return await mkdtemp(join(cache, "scratch-"));
  } catch (error) {
    throw new Fault(
      "cache",
      `the cache folder ${cache} cannot be written: ${causeOf(error)}`,
      "Free space or set PROVING_GROUND_CACHE to a folder that can be written.",
    );
  }
}

/** What a killed process left behind. */
async function sweep(cache: string) {
  for (const name of await readdir(cache)) {
    if (!name.startsWith("scratch-")) continue;
    const { mtimeMs } = await stat(join(cache, name)).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > ABANDONED) await rm(join(cache, name), { recursive: true, force: true });
  }
}

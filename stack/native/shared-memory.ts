import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { DATA_FOLDER } from "./layout.ts";

/**
 * A PostgreSQL that was killed leaves its lock file, and a few bytes of System V shared memory that outlive every
 * process; one that stopped leaves neither.
 */
export async function releaseSharedMemory(folder: string): Promise<void> {
  const lock = await readFile(join(folder, DATA_FOLDER, "postmaster.pid"), "utf8").catch(() => "");
  const id = parseSharedMemoryId(lock);
  if (id !== null) await promisify(execFile)("ipcrm", ["-m", id]).catch(() => undefined);
}

/** The seventh line of `postmaster.pid` holds the segment's key and id. */
export function parseSharedMemoryId(lock: string): string | null {
  return /^\s*\d+\s+(\d+)\s*$/.exec(lock.split("\n")[6] ?? "")?.[1] ?? null;
}

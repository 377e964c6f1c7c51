import { randomBytes } from "node:crypto";
import { lstat, mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { causeOf, Fault } from "../lib/fault.ts";
import { makeFolder } from "../lib/make-folder.mjs";
import { shortest } from "../lib/paths.ts";

export interface RunFolder {
  readonly id: string;
  readonly path: string;
  readonly file: (name: string) => string;
}

/** `20261122-162144-average-3fa9`: sorts by time, tells the profile, never meets another. */
export function runId(now: Date, profile: string, salt: string): string {
  const stamp = now.toISOString().replace(/[-:]/g, "").replace("T", "-").slice(0, 15);
  return `${stamp}-${profile.replace(/[^A-Za-z0-9_-]/g, "_")}-${salt}`;
}

/** Throws a Fault when the folder cannot be made. */
export async function createRunFolder(
  results: string,
  profile: string,
  salt = randomBytes(4).toString("hex"),
  now = new Date(),
): Promise<RunFolder> {
  const id = runId(now, profile, salt);
  const path = join(results, id);
  try {
    makeFolder(results);
    await mkdir(path);
  } catch (error) {
    throw new Fault(
      "results",
      `cannot make the run folder ${path}: ${causeOf(error)}`,
      "Give a folder that can be written, by --results.",
    );
  }
  return { id, path, file: (name) => join(path, name) };
}

/**
 * `latest` beside the folder leads to it; what is no link is the user's and stays. It is convenience: where the link
 * cannot be made the run goes on without it, and the reason is given back.
 */
export async function pointLatest({ path, id }: RunFolder): Promise<string | null> {
  const link = join(dirname(path), "latest");
  const fresh = join(dirname(path), `.latest-${id}`);
  const there = await lstat(link).catch(() => null);
  if (there !== null && !there.isSymbolicLink())
    return `${shortest(link)} is no link and is left as it is: it does not lead to this run`;
  try {
    await symlink(id, fresh);
    await rename(fresh, link);
    return null;
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => {});
    return `${shortest(link)} cannot be made: ${causeOf(error)}`;
  }
}

/** Written beside and moved into place, so that nobody reads half a file. Throws a Fault. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  const beside = `${path}.${process.pid}.part`;
  try {
    await writeFile(beside, `${JSON.stringify(value, null, 2)}\n`);
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {});
    throw new Fault("results", `cannot write ${path}: ${causeOf(error)}`, "Is the disk full, or the folder gone?");
  }
}

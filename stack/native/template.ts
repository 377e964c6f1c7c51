import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Account, Household, ProcessSpec } from "./household.ts";
import { runToEnd } from "./ready.ts";

/** Templates kept, those used last; one is about 50 MB. */
const KEPT = 4;
const ABANDONED_AFTER = 3_600_000;

const COMPLETE = /^([0-9a-f]{32})\.([0-9a-f]{64})\.tar$/;

/** An archive of a data folder; its name holds its key and the SHA-256 of its content, so it is whole or not there. */
export interface Template {
  readonly path: string;
  readonly digest: string;
}

export async function findTemplate(folder: string, key: string): Promise<Template | null> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const [, itsKey, digest] = COMPLETE.exec(name) ?? [];
    if (itsKey === key && digest !== undefined) return { path: join(folder, name), digest };
  }
  return null;
}

/** Fills `target`, an empty folder of the account's. Throws if the template is not what its name says. */
export async function unpackTemplate(
  household: Household,
  template: Template,
  target: string,
  account: Account | null,
  log: string,
): Promise<void> {
  const file = await open(template.path);
  try {
    const unpacking = runToEnd(household, { ...tar(["-xf", "-"], target, log), input: file.fd, account }, []);
    // Settled, so that nothing still writes to the folder when it is removed.
    const [digest, unpacked] = await Promise.allSettled([digestOf(template.path), unpacking]);
    if (digest.status === "rejected") throw digest.reason;
    if (digest.value !== template.digest) throw new Error("its content is not what it was");
    if (unpacked.status === "rejected") throw unpacked.reason;
  } finally {
    await file.close();
  }
  const now = new Date();
  // Another stack may have pruned it meanwhile.
  await utimes(template.path, now, now).catch(() => undefined);
}

/** Keeps a data folder, whose server has ended cleanly, for later stacks, and drops templates that are no longer used. */
export async function keepTemplate(
  household: Household,
  source: string,
  folder: string,
  key: string,
  log: string,
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const part = join(folder, `${key}.${randomBytes(6).toString("hex")}.part`);
  try {
    await runToEnd(household, tar(["-cf", part, "."], source, log), []);
    await rename(part, join(folder, `${key}.${await digestOf(part)}.tar`));
  } finally {
    await rm(part, { force: true });
  }
  await prune(folder);
}

function tar(args: string[], cwd: string, log: string): ProcessSpec {
  // Without the variable, macOS packs each file's attributes as a file of its own.
  const env = { PATH: process.env.PATH, LC_ALL: "C", COPYFILE_DISABLE: "1" };
  return { name: "tar", command: "tar", args, cwd, env, log, signal: "SIGTERM", grace: 500, stage: 1 };
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest("hex");
}

async function prune(folder: string): Promise<void> {
  const files = await Promise.all(
    (await readdir(folder)).map(async (name) => ({
      name,
      used: (await stat(join(folder, name)).catch(() => null))?.mtimeMs ?? 0,
    })),
  );
  const templates = files.filter(({ name }) => COMPLETE.test(name)).sort((one, other) => other.used - one.used);
  const abandoned = files.filter(({ name, used }) => name.endsWith(".part") && used < Date.now() - ABANDONED_AFTER);
  await Promise.all(
    [...templates.slice(KEPT), ...abandoned].map(({ name }) => rm(join(folder, name), { force: true })),
  );
}

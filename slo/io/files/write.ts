import { randomUUID } from "node:crypto";
import { appendFile, mkdir, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Fault, systemCause } from "../fault.ts";

/** A device is written to; to put a file in its place would take /dev/null away from the whole machine. */
async function isDevice(path: string): Promise<boolean> {
  if (path.startsWith("/dev/")) return true;
  const found = await stat(path).catch(() => null);
  return found?.isCharacterDevice() === true;
}

/** Writes a file whole or not at all, making its directories; a link stays one. Rejects with a Fault, exit 3, that names path and cause. */
export async function writeWhole(path: string, cwd: string, text: string): Promise<void> {
  const named = resolve(cwd, path);
  if (await isDevice(named)) return await appendFile(named, text).catch((error) => refuse(path, error));
  const full = await realpath(named).catch(() => named);
  const temporary = `${full}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    await mkdir(dirname(full), { recursive: true });
    await writeFile(temporary, text);
    await rename(temporary, full);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    refuse(path, error);
  }
}

function refuse(path: string, error: unknown): never {
  throw new Fault("file-unwritable", 3, `${path} could not be written: ${systemCause(error)}`, null, { cause: error });
}

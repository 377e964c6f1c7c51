import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Fault, systemCause } from "../fault.ts";

/** Writes a file whole or not at all, making its directories. Rejects with a Fault, exit 3, that names path and cause. */
export async function writeWhole(path: string, cwd: string, text: string): Promise<void> {
  const full = resolve(cwd, path);
  const temporary = `${full}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    await mkdir(dirname(full), { recursive: true });
    await writeFile(temporary, text);
    await rename(temporary, full);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new Fault("file-unwritable", 3, `${path} could not be written: ${systemCause(error)}`, null, {
      cause: error,
    });
  }
}

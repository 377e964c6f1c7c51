import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { Fault, systemCause, systemCode } from "../fault.ts";

export interface ReadOptions {
  readonly cwd: string;
  /** What the file is, for messages: "objectives file". */
  readonly what: string;
  /** Bytes. */
  readonly limit: number;
  /** What to do where it does not exist. */
  readonly hint?: string;
}

/** Text of a UTF-8 file without byte-order mark. `path` is shown as the user gave it. Rejects with a Fault, exit 2. */
export async function readText(path: string, { cwd, what, limit, hint }: ReadOptions): Promise<string> {
  const bytes = await readBytes(path, { cwd, what, limit, ...(hint === undefined ? {} : { hint }) });
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Fault("file-not-text", 2, `${path}: the ${what} is not UTF-8 text`, "save it as UTF-8");
  }
}

async function readBytes(path: string, { cwd, what, limit, hint }: ReadOptions): Promise<Buffer> {
  const full = resolve(cwd, path);
  try {
    const found = await stat(full);
    if (!found.isFile() && !found.isFIFO()) {
      const kind = found.isDirectory() ? "a directory" : "not a file";
      throw new Fault("file-unreadable", 2, `${path}: the ${what} cannot be read: it is ${kind}`);
    }
    const { size } = found;
    if (size > limit) {
      throw new Fault(
        "file-too-large",
        2,
        `${path}: the ${what} has ${size} bytes, more than the ${limit} it may have`,
      );
    }
    return await readFile(full);
  } catch (error) {
    if (error instanceof Fault) throw error;
    if (systemCode(error) === "ENOENT") {
      throw new Fault("file-missing", 2, `${path}: the ${what} does not exist`, hint ?? null);
    }
    throw new Fault("file-unreadable", 2, `${path}: the ${what} cannot be read: ${systemCause(error)}`);
  }
}

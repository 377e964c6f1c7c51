import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { Fault, systemCause, systemCode } from "../fault.ts";
import { readPipe } from "./pipe.ts";

export interface ReadOptions {
  readonly cwd: string;
  /** What the file is, for messages: "objectives file". */
  readonly what: string;
  /** Bytes. */
  readonly limit: number;
  /** What to do where it does not exist. */
  readonly hint?: string;
}

/** Seconds that a pipe's writer may say nothing. */
const PIPE_SILENCE = 10;

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
    if (found.isFIFO()) return await fromPipe(full, path, { what, limit });
    const { size } = found;
    if (size > limit) throw tooLarge(path, what, `${size} bytes, more`, limit);
    return await readFile(full);
  } catch (error) {
    if (error instanceof Fault) throw error;
    if (systemCode(error) === "ENOENT") {
      throw new Fault("file-missing", 2, `${path}: the ${what} does not exist`, hint ?? null);
    }
    throw new Fault("file-unreadable", 2, `${path}: the ${what} cannot be read: ${systemCause(error)}`);
  }
}

async function fromPipe(full: string, path: string, { what, limit }: { what: string; limit: number }): Promise<Buffer> {
  const reading = await readPipe(full, limit, PIPE_SILENCE);
  switch (reading.kind) {
    case "read":
      return reading.bytes;
    case "too-large":
      throw tooLarge(path, what, "more bytes", limit);
    case "silent": {
      const text = `${path}: the ${what} is a pipe, and nobody wrote to it for ${PIPE_SILENCE} s`;
      throw new Fault("file-unreadable", 2, text, "give a file, or start what writes to the pipe");
    }
    default: {
      const never: never = reading;
      return never;
    }
  }
}

function tooLarge(path: string, what: string, size: string, limit: number): Fault {
  return new Fault("file-too-large", 2, `${path}: the ${what} has ${size} than the ${limit} it may have`);
}

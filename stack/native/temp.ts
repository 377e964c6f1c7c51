import { randomBytes } from "node:crypto";
import { mkdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { StackError } from "../lib/errors.ts";
import { TEMP_PREFIX } from "./layout.ts";

/** Longest path of a socket that every system takes, less the name PostgreSQL gives it in a folder of ours. */
const LONGEST = 103 - "/socket/.s.PGSQL.65535".length;

/** Path of a folder that does not exist yet, for everything temporary of one stack. */
export function newFolderPath(root: string, others: readonly string[], forOthers: boolean): string {
  const name = `${TEMP_PREFIX}${randomBytes(6).toString("hex")}`;
  const fit = [root, ...others].map((each) => resolve(each)).find((each) => fits(join(each, name), forOthers));
  if (fit !== undefined) return join(fit, name);
  const why = forOthers
    ? "too long for a socket, or closed to the user that PostgreSQL runs as"
    : "too long for a socket";
  throw new StackError(
    "folder-not-writable",
    `The folder for temporary files, ${root}, does not serve: its path is ${why}.`,
    "Set TMPDIR to another folder, such as /tmp.",
  );
}

function fits(path: string, forOthers: boolean): boolean {
  return path.length <= LONGEST && (!forOthers || openToAll(dirname(path)));
}

/** Whether any user may pass through this folder and those above it. */
function openToAll(folder: string): boolean {
  try {
    const open = (statSync(folder).mode & 0o001) !== 0;
    const above = dirname(folder);
    return open && (above === folder || openToAll(above));
  } catch {
    // Making a folder in it will tell what is wrong better than this could.
    return true;
  }
}

/** Makes exactly this folder, which must be new. */
export function makeFolder(path: string, mode: number): void {
  try {
    mkdirSync(path, { mode });
  } catch (cause) {
    throw notWritable(path, cause, "set TMPDIR to another folder");
  }
}

/** `way`: what the user can do to have another folder used. */
export function notWritable(path: string, cause: unknown, way: string): StackError {
  const why = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
  const message = `Cannot write to ${dirname(path)} (${why}).`;
  return new StackError("folder-not-writable", message, `${firstStep(why)}, or ${way}.`, { cause });
}

function firstStep(code: string): string {
  switch (code) {
    case "ENOSPC":
      return "The disk is full: make room";
    case "ENOENT":
      return "It does not exist: make it";
    default:
      return "Make it writable";
  }
}

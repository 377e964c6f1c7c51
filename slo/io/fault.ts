/** Stable codes of what ends a command early. */
export type FaultCode =
  | "usage"
  | "file-missing"
  | "file-unreadable"
  | "file-too-large"
  | "file-not-text"
  | "file-shape"
  | "file-unwritable"
  | "window"
  | "prometheus"
  | "interrupted";

/**
 * A known end of a command: shown as one line and a hint, never with a stack trace. `exitCode` 2: what the user wrote
 * is wrong; 3: it could not be judged.
 */
export class Fault extends Error {
  readonly code: FaultCode;
  readonly exitCode: 2 | 3;
  readonly hint: string | null;

  constructor(code: FaultCode, exitCode: 2 | 3, text: string, hint: string | null = null, options?: ErrorOptions) {
    super(text, options);
    this.name = "Fault";
    this.code = code;
    this.exitCode = exitCode;
    this.hint = hint;
  }
}

/** Why the system refused, in words; `message` where the code is not a known one. */
export function systemCause(error: unknown): string {
  const code = systemCode(error);
  if (code !== undefined && code in CAUSES) return CAUSES[code] ?? code;
  return error instanceof Error ? error.message : String(error);
}

export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

const CAUSES: Readonly<Record<string, string>> = {
  ENOENT: "it does not exist",
  ENOTDIR: "a part of its path is a file, not a directory",
  EEXIST: "a file stands where a directory must be",
  EISDIR: "it is a directory",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "no space is left on the disk",
  EDQUOT: "the disk quota is used up",
  EMFILE: "too many files are open",
  ENAMETOOLONG: "its name is too long",
  ELOOP: "its links go round in a circle",
};

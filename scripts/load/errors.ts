/** 2: what the user wrote is wrong, known before any load; 3: it could not be judged. */
export type LoadExit = 2 | 3;

/** Something that ends a run early; `message` is the cause, `hint` what to do about it. */
export class LoadError extends Error {
  readonly exitCode: LoadExit;
  readonly code: string;
  readonly hint: string | null;

  constructor(exitCode: LoadExit, code: string, message: string, hint: string | null = null) {
    super(message);
    this.name = "LoadError";
    this.exitCode = exitCode;
    this.code = code;
    this.hint = hint;
  }
}

export function reasonOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  return String(error);
}

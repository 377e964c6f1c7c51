/** An end with a cause and what to do about it, shown without a stack. */
export class Fault extends Error {
  readonly code: string;
  readonly hint: string;
  /** 2: what the user wrote is wrong; 3: the machine or the network does not serve. */
  readonly exitCode: 2 | 3;

  constructor(code: string, message: string, hint: string, exitCode: 2 | 3 = 3) {
    super(message);
    this.name = "Fault";
    this.code = code;
    this.hint = hint;
    this.exitCode = exitCode;
  }
}

/** The one line of an error that a person needs, with the cause that node:fs, axios and others hide in it. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== "") return error.message;
  return "code" in error ? String(error.code) : error.name;
}

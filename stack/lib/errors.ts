export type StackErrorCode =
  | "aborted"
  | "broken-backup"
  | "cannot-start"
  | "command"
  | "engine-down"
  | "engine-missing"
  | "engine-too-old"
  | "exited-early"
  | "folder-not-writable"
  | "image-missing"
  | "not-ready"
  | "port-taken"
  | "project"
  | "template-failed"
  | "unsupported-platform";

/**
 * A fault of the stack's surroundings. `message` says what and where, `hint` what to do, `log` the last lines of the
 * part's log; none of them holds a secret.
 */
export class StackError extends Error {
  readonly code: StackErrorCode;
  readonly hint: string;
  readonly log: string;

  constructor(code: StackErrorCode, message: string, hint: string, more: { log?: string; cause?: unknown } = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = "StackError";
    this.code = code;
    this.hint = hint;
    this.log = more.log ?? "";
  }
}

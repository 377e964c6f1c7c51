import { StackError } from "../../stack/lib/errors.ts";
import { Fault } from "./fault.ts";

/** A fault of the stack as a command tells it, with the last lines of the part's log; any other error as it is. */
export function asFault(error: unknown): unknown {
  if (!(error instanceof StackError)) return error;
  const log = error.log.trim() === "" ? "" : `\n${error.log.trimEnd()}`;
  // A wrong .env is the user's to mend, like any other file that they write.
  return new Fault(error.code, `${error.message}${log}`, error.hint, error.code === "project" ? 2 : 3);
}

import { StackError } from "../../stack/lib/errors.ts";
import { Fault } from "./fault.ts";

const USERS: ReadonlySet<string> = new Set(["project", "broken-backup"]);

/** A fault of the stack as a command tells it, with the last lines of the part's log; any other error as it is. */
export function asFault(error: unknown): unknown {
  if (!(error instanceof StackError)) return error;
  const log = error.log.trim() === "" ? "" : `\n${error.log.trimEnd()}`;
  // A wrong .env or a broken backup is the user's to mend, like any other file that they name.
  return new Fault(error.code, `${error.message}${log}`, error.hint, USERS.has(error.code) ? 2 : 3);
}

import type { StackError } from "../../stack/lib/errors.ts";
import { Fault } from "../lib/fault.ts";

/** A fault of the stack as a command tells it, with the last lines of the part's log. */
export function stackFault(error: StackError): Fault {
  const log = error.log.trim() === "" ? "" : `\n${error.log.trimEnd()}`;
  return new Fault(error.code, `${error.message}${log}`, error.hint);
}

import type { Crash } from "../lib/crash.ts";
import { lastLines } from "../lib/log.ts";
import type { Exit, Household, Running } from "./household.ts";

/** Resolves with the first part that ended by itself; never, if the household closes before. */
export function watchForCrash(
  household: Household,
  parts: readonly Running[],
  secrets: readonly string[],
): Promise<Crash> {
  return new Promise((resolve) => {
    for (const part of parts) {
      void part.exited.then((exit) => {
        if (!household.closing.aborted) resolve(crashOf(part, exit, secrets));
      });
    }
  });
}

function crashOf(part: Running, exit: Exit, secrets: readonly string[]): Crash {
  const { code, signal } = exit.kind === "ended" ? exit : { code: null, signal: null };
  return { part: part.name, code, signal, at: Date.now() / 1000, lastLog: lastLines(part.log, secrets, part.logFrom) };
}

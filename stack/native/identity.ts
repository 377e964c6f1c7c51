import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * What tells this process from a later one with the same pid: when it began. null when there is none, or only its
 * zombie, which waits for nothing but its parent.
 */
export function identify(pid: number): string | null {
  return process.platform === "linux" ? fromProc(pid) : fromPs(pid);
}

export function isStill(pid: number, identity: string): boolean {
  return identify(pid) === identity;
}

function fromProc(pid: number): string | null {
  try {
    return parseProcStat(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return null;
  }
}

/** The command's name stands in parentheses and may hold any character, so fields count from its end. */
export function parseProcStat(text: string): string | null {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state] = fields;
  const startTime = fields[19];
  return state === undefined || startTime === undefined || state === "Z" || state === "X" ? null : startTime;
}

function fromPs(pid: number): string | null {
  try {
    return parsePs(execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], { encoding: "utf8", stdio: "pipe" }));
  } catch {
    return null;
  }
}

export function parsePs(text: string): string | null {
  const [state = "", ...start] = text.trim().split(/\s+/);
  return state === "" || state.startsWith("Z") ? null : start.join(" ");
}

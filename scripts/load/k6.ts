import { readFile } from "node:fs/promises";
import { Fault } from "../lib/fault.ts";
import type { LoadRequest } from "./request.ts";

/** What the load script is told of the profile, whatever k6 runs in. */
export function profileEnvironment(request: LoadRequest): Readonly<Record<string, string>> {
  return {
    LOAD_PROFILE: request.profile,
    LOAD_RATE: request.rate === null ? "" : String(request.rate),
    LOAD_DURATION: request.duration === null ? "" : String(request.duration),
  };
}

/** Why k6 could not read the script, from what it wrote; `otherwise` where it wrote nothing of that. */
export function inspectFault(request: LoadRequest, stderr: string, otherwise = stderr.trim()): Fault {
  return new Fault("script", k6Message(stderr) ?? otherwise, `Check --profile, --rate and ${request.script}.`, 2);
}

/** The first error that k6 logged, without its decoration; null when it logged none. */
export function k6Message(log: string): string | null {
  for (const line of log.split("\n")) {
    // What k6 cannot hand on to its outputs says nothing of the script or the system.
    if (/ output="Prometheus remote write"/.test(line)) continue;
    const logged = /level=(?:error|fatal)\s+msg="((?:[^"\\]|\\.)*)"/.exec(line);
    if (logged?.[1] !== undefined) return unescaped(logged[1]);
  }
  return null;
}

function unescaped(text: string): string {
  const lines = text.replace(/\\n/g, "\n").replace(/\\t/g, " ").replace(/\\"/g, '"').split("\n");
  return lines
    .slice(0, 2)
    .map((line) => line.trim())
    .join(" ")
    .replaceAll("file://", "");
}

export interface K6End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Unix seconds. */
  readonly at: number;
}

/** Why k6's end is not an ordinary one; null when it is. Exit codes: grafana/k6 errext/exitcodes. */
export async function k6Failure(end: K6End, logFile: string): Promise<{ code: string; text: string } | null> {
  const logged = k6Message(await readFile(logFile, "utf8").catch(() => ""));
  const threw = logged === null ? null : { code: "script-error", text: `the k6 script threw: ${logged}` };
  if (end.code === 0) return threw;
  const tail = logged === null ? "" : `: ${logged}`;
  if (end.signal !== null) return { code: "k6-killed", text: `k6 was ended by ${end.signal}${tail}` };
  if (end.code === 99) return threw ?? { code: "no-load", text: "k6 sent no request at all" };
  if (end.code === 107 && threw !== null) return threw;
  return { code: "k6-failed", text: `k6 ended with exit code ${end.code}${tail}` };
}

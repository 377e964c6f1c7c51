import { failureOf, runProgram } from "../lib/program.ts";
import type { Tool } from "./types.ts";

/** A version that serves, or why the program does not. */
export type Verified =
  | { readonly kind: "serves"; readonly version: string }
  | { readonly kind: "no"; readonly why: string };

/** The first version in what a program prints: `k6 v2.2.0 (…)`, `prometheus, version 3.5.3+ds1 (…)`; null without one. */
export function parseVersion(name: string, output: string): string | null {
  const match = new RegExp(`^${name}(?:,? version)? v?(\\d+\\.\\d+\\.\\d+(?:-[0-9A-Za-z.]+)?)`, "m").exec(output);
  // actionlint prints its version alone.
  return match?.[1] ?? /^v?(\d+\.\d+\.\d+)$/.exec(output.trim().split("\n")[0]?.trim() ?? "")?.[1] ?? null;
}

/** Whether a version lies in what the tool's row allows; a pre-release does not. */
export function serves(tool: Pick<Tool, "serves">, version: string): boolean {
  return !version.includes("-") && compare(version, tool.serves.least) >= 0 && compare(version, tool.serves.below) < 0;
}

/** Versions `1.2.3` as numbers: negative where `a` is the older. */
export function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(".").map((part) => Number.parseInt(part, 10)));
  for (const index of [0, 1, 2]) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** What a row allows, for people: `2.2.x`, `3.x`. */
export function servesText({ serves: { least, below } }: Pick<Tool, "serves">): string {
  const [major, minor] = least.split(".");
  return below.split(".")[0] === major ? `${major}.${minor}.x` : `${major}.x`;
}

/** Runs the program and reads its version: a file that cannot run on this machine is no tool. */
export async function verify(tool: Tool, path: string, signal?: AbortSignal, timeout = 30_000): Promise<Verified> {
  const ending = await runProgram(path, tool.ask, { timeout, signal });
  const failure = failureOf(path, ending);
  if (failure !== null || ending.kind !== "ended") return { kind: "no", why: failure ?? "interrupted" };
  const version = parseVersion(tool.program, ending.output);
  if (version === null)
    return { kind: "no", why: `${path} does not say its version but: ${ending.output.trim().slice(0, 200)}` };
  if (!serves(tool, version)) return { kind: "no", why: `${path} is ${version}, not ${servesText(tool)}` };
  return { kind: "serves", version };
}

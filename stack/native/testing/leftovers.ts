import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { vi } from "vitest";
import type { Fixture } from "./fixture.ts";

/** Processes whose command line, environment or working folder names this path. */
export function processesNaming(path: string): string[] {
  return process.platform === "linux" ? fromProc(path) : fromPs(path);
}

/** Resolves once no process and no file of a fixture's stacks is left; rejects, naming them, if that does not come. */
export async function nothingLeft(fixture: Fixture): Promise<void> {
  await vi.waitFor(() => {
    const left = leftovers(fixture);
    if (left.length > 0) throw new Error(`left over: ${left.join("; ")}`);
  }, WAIT);
}

/** Against a hang only. */
export const WAIT = { timeout: 120_000, interval: 20 };

export function leftovers({ tempRoot }: Fixture): string[] {
  return [...processesNaming(tempRoot), ...readdirSync(tempRoot)];
}

function fromProc(path: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const command = attempt(() => readFileSync(`/proc/${pid}/cmdline`, "utf8")).replaceAll("\0", " ");
      const environment = attempt(() => readFileSync(`/proc/${pid}/environ`, "utf8"));
      const folder = attempt(() => readlinkSync(`/proc/${pid}/cwd`));
      return [command, environment, folder].some((text) => text.includes(path)) ? [`${pid} ${command}`] : [];
    });
}

function fromPs(path: string): string[] {
  const lines = execFileSync("ps", ["-axww", "-o", "pid=,command="], { encoding: "utf8" }).split("\n");
  return lines.filter((line) => line.includes(path));
}

function attempt(read: () => string): string {
  try {
    return read();
  } catch {
    return "";
  }
}

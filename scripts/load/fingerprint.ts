import { execFile } from "node:child_process";
import { arch, availableParallelism, cpus, platform, release, totalmem } from "node:os";
import { promisify } from "node:util";
import type { Fingerprint } from "../../slo/core/run.ts";
import { inProject } from "../lib/paths.ts";

const run = promisify(execFile);

async function git(...args: string[]): Promise<string | null> {
  try {
    return (await run("git", args, { cwd: inProject("."), timeout: 5000 })).stdout.trim();
  } catch {
    return null;
  }
}

/** What was tested, on what: two runs are comparable only where these agree. */
export async function fingerprint(versions: Readonly<Record<string, string>>): Promise<Fingerprint> {
  const [revision, changes] = await Promise.all([git("rev-parse", "HEAD"), git("status", "--porcelain")]);
  return {
    gitRevision: revision,
    gitDirty: changes === null ? null : changes !== "",
    versions,
    machine: {
      os: `${platform()} ${release()}`,
      arch: arch(),
      cpu: cpus()[0]?.model ?? "unknown",
      cores: availableParallelism(),
      memoryBytes: totalmem(),
    },
  };
}

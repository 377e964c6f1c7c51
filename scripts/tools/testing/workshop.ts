import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { inWorkshop, type Workshop } from "../workshop.ts";

/** A folder that goes with the test. */
export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tools-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** An environment with a cache of its own, and no tools on PATH but the system's own. */
export async function freshEnv(more: NodeJS.ProcessEnv = {}): Promise<NodeJS.ProcessEnv> {
  return { PATH: "/usr/bin:/bin", PROVING_GROUND_CACHE: await scratchFolder(), ...more };
}

/** Runs `work` in a workshop of this machine's with a cache of its own. */
export async function withShop<T>(work: (shop: Workshop) => Promise<T>, more: NodeJS.ProcessEnv = {}): Promise<T> {
  return inWorkshop(await freshEnv(more), undefined, work);
}

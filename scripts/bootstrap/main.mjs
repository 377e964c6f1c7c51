import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../lib/cache-folder.mjs";
import { BootstrapFault } from "./fault.mjs";
import { handOver } from "./hand-over.mjs";
import { findNode } from "./node.mjs";
import { ensurePackages } from "./packages.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/**
 * Brings the packages and Node 24, then hands over to the TypeScript entry named first in `argv`.
 * A relative entry is the project's; the child keeps the caller's working directory.
 * @param {readonly string[]} argv
 */
export async function main(argv) {
  try {
    process.exitCode = await start(argv);
  } catch (error) {
    if (!(error instanceof BootstrapFault)) throw error;
    process.stderr.write(`bootstrap: ${error.message}\n`);
    if (error.hint !== "") process.stderr.write(`${error.hint.replace(/^/gm, "  ")}\n`);
    process.exitCode = error.exitCode;
  }
}

/** @param {readonly string[]} argv */
async function start([entry, ...args]) {
  if (entry === undefined) {
    throw new BootstrapFault("no entry given", "node scripts/bootstrap.mjs ENTRY.ts [arguments]", 2);
  }
  if (process.platform !== "linux" && process.platform !== "darwin") {
    throw new BootstrapFault(`${process.platform} is not supported`, "Use Linux or macOS (on Windows: WSL 2).");
  }
  const cache = cacheFolder();
  await ensurePackages(root, cache);
  return handOver(findNode(root), [resolve(root, entry), ...args], cache);
}

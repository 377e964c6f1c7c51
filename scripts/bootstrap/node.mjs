import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { BootstrapFault } from "./fault.mjs";
import { interrupted } from "./hand-over.mjs";

const LEAST = 24;

/**
 * The Node that runs the TypeScript: the package's, or the running one where the package has none for the platform.
 * @param {string} root
 * @returns {string}
 */
export function findNode(root) {
  const own = join(root, "node_modules", "node", "bin", "node");
  if (process.execPath === own) return own;
  const reason = whyNot(own);
  if (reason === null) return own;
  if (majorOf(process.version) >= LEAST) return process.execPath;
  throw new BootstrapFault(
    `Node ${LEAST} is needed: the packages' own (${own}) ${reason}, and the running one is ${process.version}`,
    `Delete node_modules and try again; if this platform (${process.platform} ${process.arch}) has no such package, install Node ${LEAST}.`,
  );
}

/** @param {string} node */
function whyNot(node) {
  const { error, status, signal, stdout } = spawnSync(node, ["--version"], { encoding: "utf8", timeout: 20_000 });
  // At a terminal Ctrl-C reaches it as well.
  if (signal === "SIGINT") throw interrupted(signal);
  if (error)
    return /** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT"
      ? "is not there"
      : `does not start (${error.message})`;
  if (status !== 0) return `ends with ${signal ?? status}`;
  return majorOf(stdout.trim()) >= LEAST ? null : `is ${stdout.trim()}`;
}

/** @param {string} version as Node prints it, `v24.1.0` */
function majorOf(version) {
  return Number(/^v(\d+)\./.exec(version)?.[1] ?? 0);
}

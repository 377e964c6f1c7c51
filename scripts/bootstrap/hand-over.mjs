import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { BootstrapFault } from "./fault.mjs";

export const FORWARDED = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/**
 * Runs the entry and gives its exit code, or 128 + n if signal n ended it. Rejects with a fault where it was
 * interrupted before it listened.
 *
 * A Ctrl-C at a terminal reaches the whole foreground group, so the child gets it from the terminal and again from
 * here (and npm forwards as well): children treat signals repeated within one second as one.
 * @param {string} node
 * @param {readonly string[]} args
 * @param {string} cache
 * @returns {Promise<number>}
 */
export function handOver(node, args, cache) {
  const env = { NODE_COMPILE_CACHE: join(cache, "node-compile"), ...process.env };
  const child = spawn(node, args, { stdio: "inherit", env });
  /** @type {NodeJS.Signals | null} */
  let received = null;
  for (const signal of FORWARDED) {
    process.on(signal, () => {
      received ??= signal;
      child.kill(signal);
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", (error) => reject(new BootstrapFault(`${node} does not start: ${error.message}`)));
    child.on("exit", (code, signal) => {
      // The entry's modules were still loading: it could not yet say so itself.
      if (signal !== null && received !== null) reject(interrupted(received));
      else resolve(exitCodeOf(code, signal));
    });
  });
}

/**
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
function exitCodeOf(code, signal) {
  return signal === null ? (code ?? 1) : 128 + constants.signals[signal];
}

/** @param {string} signal */
export function interrupted(signal) {
  return new BootstrapFault(`interrupted by ${signal}`);
}

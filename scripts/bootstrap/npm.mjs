import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { elapsed } from "./elapsed.mjs";
import { BootstrapFault } from "./fault.mjs";
import { FORWARDED, interrupted as interruptedBy } from "./hand-over.mjs";
import { explain } from "./npm-failure.mjs";

const ARGS = [
  "ci",
  "--include=dev",
  "--ignore-scripts=false",
  "--prefer-offline",
  "--no-audit",
  "--no-fund",
  "--no-update-notifier",
  "--loglevel=error",
  "--fetch-retry-mintimeout=1000",
  "--fetch-retry-maxtimeout=5000",
];

/**
 * Installs what the lock file says; npm's own words are shown only when it fails.
 * @param {string} root
 * @param {string} reason
 * @returns {Promise<void>}
 */
export function npmCi(root, reason) {
  const { file, args } = npmOf(root);
  const child = spawn(file, [...args, ...ARGS], {
    cwd: root,
    env: environment(root),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = elapsed(`npm ci (${reason})`);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output = (output + text).slice(-20_000);
    });
  }
  /** @type {NodeJS.Signals | null} */
  let interrupted = null;
  const forward = FORWARDED.map((signal) => {
    const pass = () => {
      interrupted = signal;
      child.kill(signal);
    };
    process.on(signal, pass);
    return () => process.off(signal, pass);
  });
  return new Promise((resolve, reject) => {
    /** @param {BootstrapFault | null} fault */
    const finish = (fault) => {
      for (const undo of forward) undo();
      stop(fault === null ? "packages installed" : null);
      if (fault === null) resolve();
      else reject(fault);
    };
    child.on("error", (error) => finish(explain(error.message, root)));
    child.on("close", (code, signal) => {
      if (interrupted !== null) finish(interruptedBy(interrupted));
      else if (code === 0) finish(null);
      else finish(explain(output === "" ? `npm ended with ${signal ?? code}` : output, root));
    });
  });
}

/**
 * The npm that runs this script, else the one on PATH. From the second run on, npm starts the packages' own Node,
 * which `npm ci` is about to delete: that one must not run npm.
 * @param {string} root
 */
function npmOf(root) {
  const cli = process.env.npm_execpath;
  const ours = process.execPath.startsWith(join(root, "node_modules"));
  if (cli !== undefined && /npm-cli\.[cm]?js$/.test(cli) && existsSync(cli) && !ours)
    return { file: process.execPath, args: [cli] };
  return { file: "npm", args: [] };
}

/** @param {string} root */
function environment(root) {
  const path = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => !folder.startsWith(join(root, "node_modules")));
  return { ...process.env, PATH: path.join(delimiter) };
}

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "../lib/lock.mjs";
import { makeFolder } from "../lib/make-folder.mjs";
import { agrees } from "./agrees.mjs";
import { BootstrapFault } from "./fault.mjs";
import { npmCi } from "./npm.mjs";

/**
 * `npm ci`, only where the packages are missing or those of another lock file or platform.
 * @param {string} root
 * @param {string} cache
 */
export async function ensurePackages(root, cache) {
  const wanted = fingerprint(root);
  if (stampOf(root) === wanted || adopt(root, wanted)) return;
  await locked(root, cache, async () => {
    // Whoever held the lock before may have brought them.
    if (stampOf(root) === wanted) return;
    rmSync(stampFile(root), { force: true });
    await npmCi(root, existsSync(join(root, "node_modules")) ? "the lock file changed" : "first run");
    // Without any dependency npm makes no folder.
    mkdirSync(join(root, "node_modules"), { recursive: true });
    writeFileSync(stampFile(root), wanted);
  });
}

/** @param {string} root */
const stampFile = (root) => join(root, "node_modules", ".bootstrap-stamp");

/** @param {string} root */
function stampOf(root) {
  return readIfThere(stampFile(root));
}

/** @param {string} root */
function fingerprint(root) {
  const lock = readIfThere(join(root, "package-lock.json"));
  if (lock === null)
    throw new BootstrapFault(`${join(root, "package-lock.json")} is missing`, "Clone the project again, whole.");
  return createHash("sha256").update(`${process.platform} ${process.arch}\n${lock}`).digest("hex");
}

/**
 * Packages that a developer's own `npm ci` or `npm install` brought are as good, and taken over as they are. Stamped
 * ones of another platform are not: the stamp tells, npm's record does not.
 * @param {string} root
 * @param {string} wanted
 */
function adopt(root, wanted) {
  const record = readIfThere(join(root, "node_modules", ".package-lock.json"));
  const node = join(root, "node_modules", "node");
  if (record === null || (existsSync(node) && !existsSync(join(node, "bin", "node")))) return false;
  if (!agrees(readFileSync(join(root, "package-lock.json"), "utf8"), record, process)) return false;
  writeFileSync(stampFile(root), wanted);
  return true;
}

/**
 * @param {string} root
 * @param {string} cache
 * @param {() => Promise<void>} work
 */
async function locked(root, cache, work) {
  const name = createHash("sha256").update(realpathSync(root)).digest("hex").slice(0, 16);
  try {
    makeFolder(join(cache, "locks"));
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    throw new BootstrapFault(
      `the cache folder ${cache} cannot be written: ${message}`,
      "Set PROVING_GROUND_CACHE to a folder that can.",
    );
  }
  await withLock(join(cache, "locks", `packages-${name}`), work, {
    onWait: (holder) => process.stderr.write(`bootstrap: waiting for process ${holder}, which installs the packages\n`),
  });
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw new BootstrapFault(`${file} cannot be read (${code})`);
  }
}

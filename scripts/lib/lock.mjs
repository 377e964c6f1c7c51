import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as wait } from "node:timers/promises";

const POLL = 100;
const STALE = 30_000;

/**
 * Runs `work` while no other process on this cache does; a lock left by a dead process is taken over.
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @param {import("./lock.d.mts").LockOptions} [options]
 * @returns {Promise<T>}
 */
export async function withLock(path, work, { onWait, stale = STALE, signal } = {}) {
  const content = JSON.stringify({ pid: process.pid, host: hostname(), token: randomUUID() });
  let waiting = false;
  while (!take(path, content)) {
    signal?.throwIfAborted();
    const holder = read(path);
    if (holder === null) {
      // Let go in between; or held again and again by others, who must not be kept from their work.
      await wait(POLL / 10);
      continue;
    }
    if (isLeftBehind(path, holder, stale)) {
      remove(path, holder);
      continue;
    }
    if (!waiting) onWait?.(pidOf(holder));
    waiting = true;
    await wait(POLL);
  }
  const beat = setInterval(() => touch(path), stale / 10);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if (read(path) === content) rmSync(path, { force: true });
  }
}

/**
 * A link is made at once and whole: nobody ever reads a lock without its holder.
 * @param {string} path
 * @param {string} content
 */
function take(path, content) {
  const draft = `${path}.${process.pid}.${randomUUID()}`;
  writeFileSync(draft, content);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * @param {string} path
 * @param {string} holder
 * @param {number} stale
 */
function isLeftBehind(path, holder, stale) {
  const { host } = parse(holder);
  // Another host's (or container's) process ids say nothing here: only its heartbeat does.
  if (host === hostname() && !isAlive(pidOf(holder))) return true;
  const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return changed !== undefined && Date.now() - changed > stale;
}

/**
 * Of several processes that find the same lock left behind, each removes only that one, never its successor.
 * @param {string} path
 * @param {string} holder
 */
function remove(path, holder) {
  const aside = `${path}.${process.pid}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  try {
    if (read(aside) !== holder) linkSync(aside, path);
  } catch {
    // A third process holds it by now: whose lock this was finds it gone when it ends, and leaves the other alone.
  } finally {
    rmSync(aside, { force: true });
  }
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return null;
    throw error;
  }
}

/** @param {string} path */
function touch(path) {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // Gone: taken over while this process was stopped. What it brings is put in place whole or not at all.
  }
}

/** @param {string} holder @returns {{ pid?: number, host?: string }} */
function parse(holder) {
  try {
    return JSON.parse(holder);
  } catch {
    return {};
  }
}

/** @param {string} holder */
function pidOf(holder) {
  return parse(holder).pid ?? 0;
}

/** @param {number} pid */
function isAlive(pid) {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

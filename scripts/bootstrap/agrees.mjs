/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, os?: string[], cpu?: string[] }} Package
 * @typedef {{ packages?: Record<string, Package> }} Lock
 */

/**
 * Whether npm's record of what is installed (`node_modules/.package-lock.json`) is what the lock file asks for, on
 * this platform.
 * @param {string} lockText
 * @param {string} recordText
 * @param {{ readonly platform: string, readonly arch: string }} machine
 * @returns {boolean}
 */
export function agrees(lockText, recordText, machine) {
  const wanted = packagesOf(lockText);
  const installed = packagesOf(recordText);
  if (wanted === null || installed === null) return false;
  return (
    Object.entries(wanted).every(([where, entry]) => {
      const there = installed[where];
      if (where === "") return true;
      if (there === undefined) return entry.optional === true || entry.devOptional === true;
      return there.version === entry.version && there.integrity === entry.integrity && fits(entry, machine);
    }) && Object.keys(installed).every((where) => where in wanted)
  );
}

/**
 * @param {Package} entry
 * @param {{ readonly platform: string, readonly arch: string }} machine
 */
function fits({ os, cpu }, machine) {
  return (os?.includes(machine.platform) ?? true) && (cpu?.includes(machine.arch) ?? true);
}

/** @param {string} text */
function packagesOf(text) {
  try {
    return /** @type {Lock} */ (JSON.parse(text)).packages ?? null;
  } catch {
    return null;
  }
}

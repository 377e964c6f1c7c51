/** Rising by key, for entries whose keys differ: by code units, the same on every machine. */
export function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

const MOST = 6;

/** `a, b and c`; at most six of them, then how many more. */
export function listed(words: readonly string[]): string {
  const distinct = [...new Set(words)];
  const shown = distinct.slice(0, MOST);
  const more = distinct.length - shown.length;
  const all = more > 0 ? [...shown, `${more} more`] : shown;
  return all.length < 2 ? (all[0] ?? "nothing") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}

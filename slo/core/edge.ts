/**
 * Prometheus 3 writes `1.0` where 2 wrote `1` or whatever the target said: numbers are compared, and `+Inf` is none to
 * `Number`. NaN: unreadable.
 */
export function parseEdge(text: string | undefined): number {
  if (text !== undefined && /^\+?inf(?:inity)?$/i.test(text)) return Number.POSITIVE_INFINITY;
  return text === undefined || text.trim() === "" ? Number.NaN : Number(text);
}

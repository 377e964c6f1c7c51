/** Unix seconds as RFC 3339 with milliseconds. */
export function rfc3339(seconds: number): string {
  return new Date(Math.round(seconds * 1000)).toISOString();
}

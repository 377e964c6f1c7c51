/** A replica's `instance` label, counted from 0 here and from 1 there. */
export function instanceName(index: number): string {
  return `api-${index + 1}`;
}

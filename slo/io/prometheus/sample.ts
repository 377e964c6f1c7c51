/** What a body holds where something else was expected; the message says what. */
export class Unreadable extends Error {}

/** Prometheus' text of a number; `Number()` alone makes NaN of `+Inf`. Throws Unreadable. */
export function toValue(text: unknown, what = "a sample's value"): number {
  if (typeof text !== "string" || text === "") throw new Unreadable(`${what} is ${quote(text)}`);
  if (text === "NaN") return Number.NaN;
  if (text === "+Inf" || text === "Inf") return Number.POSITIVE_INFINITY;
  if (text === "-Inf") return Number.NEGATIVE_INFINITY;
  const value = Number(text);
  if (Number.isNaN(value)) throw new Unreadable(`${what} is ${quote(text)}`);
  return value;
}

export function list(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Unreadable(`${name} is not a list`);
  return value;
}

export function field(value: unknown, name: string): unknown {
  if (!isRecord(value) || !(name in value)) throw new Unreadable(`"${name}" is missing`);
  return value[name];
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function quote(value: unknown): string {
  return (JSON.stringify(value) ?? "missing").slice(0, 60);
}

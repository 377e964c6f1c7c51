import type { Kind } from "../kind.ts";
import { type Outcome, ok, refused, scalar } from "../scalar.ts";
import { whole } from "./quantity.ts";

/** A finite decimal number without a unit; may be negative. */
export const number: Kind<number> = scalar(
  { anyOf: [{ type: "number" }, { type: "string", pattern: whole("-?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?") }] },
  "a number",
  ({ text }) => parseNumber(text),
);

function parseNumber(text: string): Outcome<number> {
  const written = text.trim();
  const value = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(written) ? Number(written) : Number.NaN;
  if (Number.isFinite(value)) return ok(value);
  if (/^-?\d+(?:\.\d+)?\s*[^\d.\s]/.test(written) && !/^0x/i.test(written)) {
    const hint = "a query's limit is in whatever the query yields: seconds, bytes or a share as a plain number";
    return refused("wrong-unit", `\`${written}\`: the limit of a query has no unit`, hint);
  }
  return refused("bad-number", `\`${written}\` is not a finite decimal number`, "write, for example, 2 or 0.5");
}

import type { Kind } from "../kind.ts";
import { type Outcome, ok, refused, scalar } from "../scalar.ts";
import { readQuantity, whole, wrongUnit } from "./quantity.ts";

/** A whole number of events from 0 on. */
export const count: Kind<number> = scalar(
  {
    anyOf: [
      { type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
      { type: "string", pattern: whole("[0-9]+(?:\\.0+)?") },
    ],
  },
  "a whole number, such as 0",
  ({ text }) => parseCount(text),
);

function parseCount(text: string): Outcome<number> {
  const quantity = readQuantity(text, "a whole number", "0");
  if ("kind" in quantity) return quantity;
  const { digits, unit } = quantity;
  if (unit !== "") return wrongUnit({ text, unit, kind: "a count", usual: "a plain whole number, for example 0" });
  const value = Number(digits);
  if (Number.isSafeInteger(value)) return ok(value);
  return refused("bad-number", `\`${text.trim()}\` is no whole number`, "write, for example, 0");
}

import type { Kind } from "../kind.ts";
import { type Outcome, ok, refused, scalar } from "../scalar.ts";
import { readQuantity, wrongUnit } from "./quantity.ts";

/** A whole number of events from 0 on. */
export const count: Kind<number> = scalar(
  {
    anyOf: [
      { type: "integer", minimum: 0 },
      { type: "string", pattern: "^[0-9]+$" },
    ],
  },
  "a whole number, such as 0",
  ({ text }) => parseCount(text),
);

function parseCount(text: string): Outcome<number> {
  const quantity = readQuantity(text, "a whole number", "0");
  if ("kind" in quantity) return quantity;
  const { digits, unit } = quantity;
  if (unit !== "") return wrongUnit(text, unit, "a count", "a plain whole number", "0");
  const value = Number(digits);
  if (Number.isSafeInteger(value)) return ok(value);
  return refused("bad-number", `\`${text.trim()}\` is no whole number`, "write, for example, 0");
}

import type { Kind } from "../kind.ts";
import { type Outcome, ok, refused, scalar } from "../scalar.ts";
import { readQuantity, whole } from "./quantity.ts";

/** Beyond this no load test proves anything. */
const MOST = 1_000_000;

/** How many bad requests come together: a number of at least 1. */
export const burst: Kind<number> = scalar(
  {
    anyOf: [
      { type: "number", minimum: 1, maximum: MOST },
      { type: "string", pattern: whole("0*[1-9][0-9]{0,5}(?:\\.[0-9]+)?|0*1000000(?:\\.0+)?") },
    ],
  },
  "a number of requests, such as 5",
  ({ text }) => parseBurst(text),
);

function parseBurst(text: string): Outcome<number> {
  const quantity = readQuantity(text, "a number of requests", "5");
  if ("kind" in quantity) return quantity;
  const { digits, unit } = quantity;
  if (unit !== "") {
    return refused(
      "wrong-unit",
      `\`${text.trim()}\`: a burst is a number of requests, without a unit`,
      "write, for example, 5",
    );
  }
  const value = Number(digits);
  if (value >= 1 && value <= MOST) return ok(value);
  const hint = value < 1 ? "1 means that bad requests come singly" : `write ${MOST} at most`;
  return refused("out-of-range", `\`${text.trim()}\` is no number of requests that come together`, hint);
}

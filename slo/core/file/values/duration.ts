import type { Kind } from "../kind.ts";
import { type Outcome, ok, refused, scalar } from "../scalar.ts";
import { DIGITS, readQuantity, wrongUnit } from "./quantity.ts";

const UNITS = "us, ms, s, m or h";

/** Power of ten, then factor: shifting the decimal point gives the double nearest to what is written. */
const SCALE: Readonly<Record<string, readonly [number, number]>> = {
  us: [-6, 1],
  µs: [-6, 1],
  ms: [-3, 1],
  s: [0, 1],
  m: [0, 60],
  h: [0, 3600],
};

/** A time above zero with its unit, read as seconds. */
export const duration: Kind<number> = scalar(
  { type: "string", pattern: `^${DIGITS}\\s*(us|µs|ms|s|m|h)$` },
  "a time, such as 300ms",
  ({ text }) => parseDuration(text),
);

function parseDuration(text: string): Outcome<number> {
  const quantity = readQuantity(text, "a time", "300ms");
  if ("kind" in quantity) return quantity;
  const { digits, unit } = quantity;
  if (unit === "") {
    return refused("no-unit", `\`${digits}\` has no unit`, `write ${digits}ms or ${digits}s: a time needs ${UNITS}`);
  }
  const scale = Object.hasOwn(SCALE, unit) ? SCALE[unit] : undefined;
  if (scale === undefined) return wrongUnit(text, unit, "time", UNITS, "300ms");
  const seconds = Number(`${digits}e${scale[0]}`) * scale[1];
  if (seconds > 0 && Number.isFinite(seconds)) return ok(seconds);
  return refused("out-of-range", `\`${text.trim()}\` is no limit that a request can meet`, "write a time above 0");
}

import { times } from "../../decimal.ts";
import type { Kind } from "../kind.ts";
import { type Outcome, ok, refused, scalar } from "../scalar.ts";
import { ABOVE_0, DIGITS, readQuantity, whole, wrongUnit } from "./quantity.ts";
import { inOurUnit, TIME_WORDS } from "./unit-words.ts";

const UNITS = "us, ms, s, m or h";

/** Power of ten, then factor, which is applied in decimals: what is written is read as the double nearest to it. */
const SCALE: Readonly<Record<string, readonly [number, number]>> = {
  us: [-6, 1],
  // The micro sign, and the Greek letter that looks the same.
  µs: [-6, 1],
  μs: [-6, 1],
  ms: [-3, 1],
  s: [0, 1],
  m: [0, 60],
  h: [0, 3600],
};

/** Whole numbers of hours, minutes, seconds and milliseconds, two of them at least, as Prometheus writes times. */
const PARTS = "(?=(?:[0-9]+[a-z]+){2})(?:[0-9]+h)?(?:[0-9]+m)?(?:[0-9]+s)?(?:[0-9]+ms)?";
const SEVERAL = new RegExp(`^${PARTS}$`);

/** A time above zero with its unit, read as seconds. */
export const duration: Kind<number> = scalar(
  { type: "string", pattern: whole(`${ABOVE_0}(?:${DIGITS}\\s*(?:us|µs|μs|ms|s|m|h)|${PARTS})`) },
  "a time, such as 300ms",
  ({ text }) => parseDuration(text),
);

function parseDuration(text: string): Outcome<number> {
  const several = SEVERAL.test(text.trim()) ? secondsOf(text) : undefined;
  if (several !== undefined) return checked(several, text);
  const quantity = readQuantity(text, "a time", "300ms");
  if ("kind" in quantity) return quantity;
  const { digits, unit } = quantity;
  if (unit === "") {
    return refused("no-unit", `\`${digits}\` has no unit`, `write ${digits}ms or ${digits}s: a time needs ${UNITS}`);
  }
  const scale = Object.hasOwn(SCALE, unit) ? SCALE[unit] : undefined;
  if (scale === undefined) {
    const meant = inOurUnit(TIME_WORDS, digits, unit);
    return wrongUnit({ text, unit, kind: "time", usual: `${UNITS}, for example 300ms`, meant });
  }
  return checked(Number(`${times(digits, scale[1])}e${scale[0]}`), text);
}

/** Added in whole milliseconds, so that 1s500ms is 1.5 s to the bit. */
function secondsOf(parts: string): number {
  const ms = [...parts.matchAll(/(\d+)([a-z]+)/g)].map(([, digits, unit]) => {
    const [places, factor] = SCALE[unit ?? ""] ?? [0, 0];
    return Number(digits) * factor * 10 ** (places + 3);
  });
  return ms.reduce((sum, one) => sum + one, 0) / 1000;
}

function checked(seconds: number, text: string): Outcome<number> {
  if (seconds > 0 && Number.isFinite(seconds)) return ok(seconds);
  return refused("out-of-range", `\`${text.trim()}\` is no limit that a request can meet`, "write a time above 0");
}

import { times } from "../../decimal.ts";
import { type Outcome, ok, refused } from "../scalar.ts";
import { ABOVE_0, DIGITS, readQuantity, whole, wrongUnit } from "./quantity.ts";
import { BYTE_WORDS, inOurUnit } from "./unit-words.ts";

const FACTORS: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  Ki: 2 ** 10,
  KiB: 2 ** 10,
  Mi: 2 ** 20,
  MiB: 2 ** 20,
  Gi: 2 ** 30,
  GiB: 2 ** 30,
  Ti: 2 ** 40,
  TiB: 2 ** 40,
};

/** Below this a bare number is taken for a forgotten unit. */
const LEAST_BARE = 2 ** 20;

export const BYTES_SCHEMA = {
  anyOf: [
    { type: "integer", minimum: LEAST_BARE, maximum: Number.MAX_SAFE_INTEGER },
    { type: "string", pattern: whole(`${ABOVE_0}${DIGITS}\\s*(?:${Object.keys(FACTORS).join("|")})`) },
  ],
} as const;

/** An amount of memory above zero, read as bytes; without a unit only what can be no forgotten one. */
export function parseBytes(text: string): Outcome<number> {
  const quantity = readQuantity(text, "an amount of memory", "256MiB");
  if ("kind" in quantity) return quantity;
  const { digits, unit } = quantity;
  const amount = Number(digits);
  if (unit === "") {
    if (amount >= LEAST_BARE && Number.isSafeInteger(amount)) return ok(amount);
    return refused("no-unit", `\`${digits}\` has no unit`, `write ${digits}MiB, or ${digits}B if bytes are meant`);
  }
  const factor = Object.hasOwn(FACTORS, unit) ? FACTORS[unit] : undefined;
  if (factor === undefined) {
    const meant = inOurUnit(BYTE_WORDS, digits, unit);
    return wrongUnit({ text, unit, kind: "bytes", usual: "MiB, GiB, MB or GB, for example 256MiB", meant });
  }
  const total = Number(times(digits, factor));
  if (total > 0 && Number.isFinite(total)) return ok(total);
  return refused("out-of-range", `\`${text.trim()}\` is no budget that a process can meet`, "write an amount above 0");
}

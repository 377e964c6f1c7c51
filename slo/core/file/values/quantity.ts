import type { Outcome } from "../scalar.ts";
import { refused } from "../scalar.ts";

export interface Quantity {
  /** The number as written, without sign or exponent. */
  readonly digits: string;
  readonly unit: string;
}

export const DIGITS = "[0-9]+(?:\\.[0-9]+)?";
const QUANTITY = new RegExp(`^(${DIGITS})\\s*([^\\s0-9.].*)?$`);

/** Every unit that this file knows, and what it measures: to say what was mixed up. */
const MEASURES: Readonly<Record<string, string>> = {
  ns: "time",
  us: "time",
  µs: "time",
  ms: "time",
  s: "time",
  sec: "time",
  min: "time",
  h: "time",
  B: "bytes",
  kB: "bytes",
  KB: "bytes",
  MB: "bytes",
  GB: "bytes",
  TB: "bytes",
  Ki: "bytes",
  KiB: "bytes",
  Mi: "bytes",
  MiB: "bytes",
  Gi: "bytes",
  GiB: "bytes",
  TiB: "bytes",
  "%": "a share",
};

/** Splits `300ms` into its number and unit (empty where none is written); refuses what is no plain number. */
export function readQuantity(
  text: string,
  what: string,
  example: string,
): Quantity | (Outcome<never> & { kind: "refused" }) {
  const written = text.trim();
  const match = QUANTITY.exec(written);
  if (match?.[1] !== undefined) return { digits: match[1], unit: match[2]?.trim() ?? "" };
  const message = `\`${written}\` is not ${what}${reason(written)}`;
  return refused("bad-number", message, `write, for example, ${example}`) as Outcome<never> & { kind: "refused" };
}

function reason(text: string): string {
  if (/^-/.test(text)) return ": it is negative";
  if (/^\+/.test(text)) return ": leave out the plus sign";
  if (/^[.]?(?:inf|nan)|^infinity/i.test(text)) return ": it is not finite";
  if (/^0x/i.test(text)) return ": numbers are decimal";
  if (/^[0-9]*,[0-9]/.test(text)) return ": the decimal separator is a point";
  return "";
}

/** A unit that is not one of this kind's. */
export function wrongUnit(text: string, unit: string, kind: string, units: string, example: string) {
  const measures = Object.hasOwn(MEASURES, unit) ? MEASURES[unit] : undefined;
  const what =
    measures === undefined ? `\`${unit}\` is no unit of ${kind}` : `\`${unit}\` measures ${measures}, not ${kind}`;
  return refused("wrong-unit", `\`${text.trim()}\`: ${what}`, `write ${units}, for example ${example}`);
}

import type { Outcome } from "../scalar.ts";
import { refused } from "../scalar.ts";

export interface Quantity {
  /** The number as written, without sign or exponent. */
  readonly digits: string;
  readonly unit: string;
}

export const DIGITS = "[0-9]+(?:\\.[0-9]+)?";
/** Looks ahead, in a pattern, for a digit that is not 0. */
export const ABOVE_0 = "(?=[^1-9]*[1-9])";

/** The pattern of a whole text, blanks around it apart, as JSON Schema has it. */
export const whole = (pattern: string) => `^\\s*(?:${pattern})\\s*$`;

const QUANTITY = new RegExp(`^(${DIGITS})\\s*([^\\s0-9.,].*)?$`);

const HEXADECIMAL = /^0x/i;

/** Every unit that this file knows, and what it measures: to say what was mixed up. */
const MEASURES: Readonly<Record<string, string>> = {
  ns: "time",
  us: "time",
  µs: "time",
  μs: "time",
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
  Ti: "bytes",
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
  // Else `0x10` is read as 0 of a unit `x10`.
  const match = HEXADECIMAL.test(written) ? null : QUANTITY.exec(written);
  if (match?.[1] !== undefined) return { digits: match[1], unit: match[2] ?? "" };
  const message = `\`${written}\` is not ${what}${reason(written)}`;
  const hint = /^\.[0-9]/.test(written) ? `write 0${written}` : `write, for example, ${example}`;
  return refused("bad-number", message, hint) as Outcome<never> & { kind: "refused" };
}

function reason(text: string): string {
  if (/^-/.test(text)) return ": it is negative";
  if (/^\+/.test(text)) return ": leave out the plus sign";
  if (/^(?:[<>]=?|[≤≥])/.test(text)) return ": leave out the comparison, which the key says";
  if (/^\.[0-9]/.test(text)) return ": a digit stands before the point";
  if (/^\.?(?:inf(?:inity)?|nan)$/i.test(text)) return ": it is not finite";
  if (HEXADECIMAL.test(text)) return ": numbers are decimal";
  if (/^[0-9]*,[0-9]/.test(text)) return ": the decimal separator is a point";
  return "";
}

interface WrongUnit {
  readonly text: string;
  readonly unit: string;
  /** What the units of this kind measure. */
  readonly kind: string;
  /** How such an amount is written, where nobody knows what was meant. */
  readonly usual: string;
  /** The amount in the unit that was meant. */
  readonly meant?: string | undefined;
}

/** A unit that is not one of this kind's. */
export function wrongUnit({ text, unit, kind, usual, meant }: WrongUnit): Outcome<never> {
  const measures = Object.hasOwn(MEASURES, unit) ? MEASURES[unit] : undefined;
  const what =
    measures === undefined || meant !== undefined
      ? `\`${unit}\` is no unit of ${kind}`
      : `\`${unit}\` measures ${measures}, not ${kind}`;
  const hint = meant === undefined ? `write ${usual}` : `did you mean ${meant}?`;
  return refused("wrong-unit", `\`${text.trim()}\`: ${what}`, hint);
}

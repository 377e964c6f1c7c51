import { shifted, times } from "../../decimal.ts";

/** What people write for a unit, and how this file writes the amount (its digits given). */
type Words = readonly (readonly [RegExp, (digits: string) => string])[];

const as =
  (unit: string, places = 0) =>
  (digits: string) =>
    `${shifted(digits, places)}${unit}`;

const either = (letter: string) => (digits: string) => `${digits}${letter}iB or ${digits}${letter}B`;

export const TIME_WORDS: Words = [
  [/^(?:ms|msecs?|millis?|milliseconds?|milli seconds?)$/i, as("ms")],
  [/^(?:s|secs?|seconds?)$/i, as("s")],
  [/^(?:mins?|minutes?)$/i, as("m")],
  [/^(?:h|hrs?|hours?)$/i, as("h")],
  [/^(?:us|usecs?|micros?|microseconds?)$/i, as("us")],
  [/^(?:ns|nsecs?|nanos?|nanoseconds?)$/i, as("us", -3)],
  [/^(?:d|days?)$/i, (digits) => `${times(digits, 24)}h`],
];

export const BYTE_WORDS: Words = [
  [/^(?:b|bytes?)$/i, as("B")],
  [/^k$/i, either("K")],
  [/^(?:kb|kilo\s*bytes?)$/i, as("kB")],
  [/^(?:kib|ki|kibi\s*bytes?)$/i, as("KiB")],
  [/^(?:m|megs?)$/i, either("M")],
  [/^(?:mb|mega\s*bytes?)$/i, as("MB")],
  [/^(?:mib|mi|mebi\s*bytes?)$/i, as("MiB")],
  [/^(?:g|gigs?)$/i, either("G")],
  [/^(?:gb|giga\s*bytes?)$/i, as("GB")],
  [/^(?:gib|gi|gibi\s*bytes?)$/i, as("GiB")],
  [/^(?:tb|tera\s*bytes?)$/i, as("TB")],
  [/^(?:tib|ti|tebi\s*bytes?)$/i, as("TiB")],
];

export const CORE_WORDS: Words = [
  [/^(?:cores?|v?cpus?)$/i, as("")],
  [/^(?:m|milli)\s*(?:cores?|v?cpus?)$|^millis?$|^M$/i, as("m")],
];

export const SHARE_WORDS: Words = [
  [/^(?:percent|per cent|pct)$/i, as("%")],
  [/^‰$|^(?:permille|per mille)$/i, as("%", -1)],
];

/** The amount in a unit of this file's; undefined where nobody knows what was meant. */
export function inOurUnit(words: Words, digits: string, unit: string): string | undefined {
  return words.find(([pattern]) => pattern.test(unit))?.[1](digits);
}

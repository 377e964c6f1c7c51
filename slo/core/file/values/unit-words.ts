import { shifted, times } from "../../decimal.ts";

/** What people write for a unit, and how this file writes the amount (its digits given). */
type Words = readonly (readonly [RegExp, (digits: string) => string])[];

const as =
  (unit: string, places = 0) =>
  (digits: string) =>
    `${shifted(digits, places)}${unit}`;

const means = (words: string, write: (digits: string) => string): Words[number] => [
  new RegExp(`^(?:${words})$`, "i"),
  write,
];

const either = (letter: string) => (digits: string) => `${digits}${letter}iB or ${digits}${letter}B`;

export const TIME_WORDS: Words = [
  means("ms|msecs?|millis?|milliseconds?|milli seconds?", as("ms")),
  means("s|secs?|seconds?", as("s")),
  means("mins?|minutes?", as("m")),
  means("h|hrs?|hours?", as("h")),
  means("us|usecs?|micros?|microseconds?", as("us")),
  means("ns|nsecs?|nanos?|nanoseconds?", as("us", -3)),
  means("d|days?", (digits) => `${times(digits, 24)}h`),
];

export const BYTE_WORDS: Words = [
  means("b|bytes?", as("B")),
  means("k", either("K")),
  means("kb|kilo\\s*bytes?", as("kB")),
  means("kib|ki|kibi\\s*bytes?", as("KiB")),
  means("m|megs?", either("M")),
  means("mb|mega\\s*bytes?", as("MB")),
  means("mib|mi|mebi\\s*bytes?", as("MiB")),
  means("g|gigs?", either("G")),
  means("gb|giga\\s*bytes?", as("GB")),
  means("gib|gi|gibi\\s*bytes?", as("GiB")),
  means("tb|tera\\s*bytes?", as("TB")),
  means("tib|ti|tebi\\s*bytes?", as("TiB")),
];

export const CORE_WORDS: Words = [
  means("cores?|v?cpus?", as("")),
  means("(?:m|milli)\\s*(?:cores?|v?cpus?)|millis?|M", as("m")),
];

export const SHARE_WORDS: Words = [means("percent|per cent|pct", as("%")), means("‰|permille|per mille", as("%", -1))];

/** The amount in a unit of this file's; undefined where nobody knows what was meant. */
export function inOurUnit(words: Words, digits: string, unit: string): string | undefined {
  return words.find(([pattern]) => pattern.test(unit))?.[1](digits);
}

import { itemAt } from "./item-at.ts";
import { nearlySame } from "./limit.ts";
import type { Unit } from "./report.ts";
import { unreachable } from "./unreachable.ts";

const THIN = "\u202f";
const SIGNIFICANT = 3;
const MOST_DIGITS = 15;
/** A limit of more digits than these was reckoned rather than written, as bytes in MiB are; `EXACT` tells which it is. */
const MOST_WRITTEN = 6;
const EXACT = 9;

/** At least `digits` significant digits, never fewer than the whole part has, without an exponent and trailing zeros. */
function plain(value: number, digits: number): string {
  if (value === 0) return "0";
  const whole = Math.floor(Math.log10(Math.abs(value))) + 1;
  const decimals = Math.min(100, Math.max(0, digits - whole));
  const text = value.toFixed(decimals);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

function scaled(value: number, digits: number, steps: readonly (readonly [number, string])[]): string {
  const size = Math.abs(value);
  const [factor, name] = steps.find(([least]) => size >= least) ?? itemAt(steps, steps.length - 1);
  return `${plain(value / factor, digits)} ${name}`;
}

const TIMES = [
  [7200, "h", 3600],
  [120, "min", 60],
  [1, "s", 1],
  [1e-3, "ms", 1e-3],
  [1e-6, "µs", 1e-6],
] as const;

function nonFinite(value: number): string | null {
  if (Number.isNaN(value)) return "not a number";
  if (value === Number.POSITIVE_INFINITY) return "infinite";
  return value === Number.NEGATIVE_INFINITY ? "minus infinite" : null;
}

/** Seconds as `41.2 ms`, `1.5 s`, `3 min`; a whole number of minutes or hours only from 2 of them on. */
export function formatDuration(seconds: number, digits = SIGNIFICANT): string {
  const odd = nonFinite(seconds);
  if (odd !== null) return odd;
  if (seconds === 0) return "0 s";
  const [, name, factor] = TIMES.find(([least]) => Math.abs(seconds) >= least) ?? itemAt(TIMES, TIMES.length - 1);
  return `${plain(seconds / factor, digits)} ${name}`;
}

/** Bytes as `182 MiB`. */
export function formatBytes(bytes: number, digits = SIGNIFICANT): string {
  return (
    nonFinite(bytes) ??
    scaled(bytes, digits, [
      [1024 ** 4, "TiB"],
      [1024 ** 3, "GiB"],
      [1024 ** 2, "MiB"],
      [1024, "KiB"],
      [1, "B"],
    ])
  );
}

/** A share (0..1) as `0.05 %`; what is less than all of it, as `99.95 %`, never reads `100 %`. */
export function formatShare(share: number, digits = SIGNIFICANT): string {
  const odd = nonFinite(share);
  if (odd !== null) return odd;
  const text = plain(share * 100, digits);
  return text === "100" && digits < MOST_DIGITS && !nearlySame(share, 1) ? formatShare(share, digits + 1) : `${text} %`;
}

/** A whole number in groups of three, `12 345`, by narrow no-break spaces from five digits on. */
export function formatCount(count: number): string {
  const odd = nonFinite(count);
  if (odd !== null) return odd;
  const text = plain(count, SIGNIFICANT);
  const [whole = "", part] = text.split(".");
  const grouped = whole.replace("-", "").length < 5 ? whole : whole.replace(/\B(?=(\d{3})+$)/g, THIN);
  return part === undefined ? grouped : `${grouped}.${part}`;
}

/** A number with its unit. `digits` are significant ones. */
export function formatValue(value: number, unit: Unit, digits = SIGNIFICANT): string {
  switch (unit) {
    case "s":
      return formatDuration(value, digits);
    case "bytes":
      return formatBytes(value, digits);
    case "ratio":
      return formatShare(value, digits);
    case "cores": {
      const text = nonFinite(value) ?? plain(value, digits);
      return `${text} ${text === "1" ? "core" : "cores"}`;
    }
    case "number":
      return nonFinite(value) ?? plain(value, digits);
  }
  return unreachable(unit);
}

/** Fewest digits, from `least` on, with which the two read differently; the last bits of floats tell nobody anything. */
function digitsApart(one: number, other: number, unit: Unit, least: number): number {
  if (nearlySame(one, other)) return least;
  let digits = least;
  while (digits < MOST_DIGITS && formatValue(one, unit, digits) === formatValue(other, unit, digits)) digits += 1;
  return digits;
}

/** Like `formatValue`, with as many digits as it takes to tell the value from the limit, so that nobody reads `75 > 75`. */
export function formatBeside(value: number, limit: number, unit: Unit, least = SIGNIFICANT): string {
  return formatValue(value, unit, digitsApart(value, limit, unit, least));
}

/** A limit as it was written where a few digits say it, and with as many as tell it from the values shown beside it. */
export function formatLimit(limit: number, unit: Unit, ...values: readonly (number | null)[]): string {
  const exact = formatValue(limit, unit, MOST_WRITTEN) === formatValue(limit, unit, EXACT);
  const written = exact ? MOST_WRITTEN : SIGNIFICANT;
  const apart = values.map((value) => (value === null ? written : digitsApart(value, limit, unit, SIGNIFICANT)));
  return formatValue(limit, unit, Math.max(written, ...apart));
}

/** `1 request`, `2 requests`. */
export function formatAmount(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

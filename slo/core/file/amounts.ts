import { decimalText, shifted } from "../decimal.ts";

/** Texts of amounts as people write them in an objectives file; each reads back as the very same number. */

/** Seconds above zero: `300ms`, `1.5s`, `2m`. */
export function durationText(seconds: number): string {
  if (seconds % 3600 === 0) return `${decimalText(seconds / 3600)}h`;
  if (seconds % 60 === 0) return `${decimalText(seconds / 60)}m`;
  if (seconds >= 1) return `${decimalText(seconds)}s`;
  const [places, unit] = seconds >= 0.001 ? [3, "ms"] : [6, "us"];
  return `${shifted(decimalText(seconds), places)}${unit}`;
}

/** A share (0..1): `0.1%`. */
export const shareText = (share: number): string => `${shifted(decimalText(share), 2)}%`;

const BYTES: readonly (readonly [string, number])[] = [
  ["GiB", 2 ** 30],
  ["MiB", 2 ** 20],
  ["GB", 1e9],
  ["MB", 1e6],
  ["KiB", 2 ** 10],
];

/** Bytes: `256MiB`. */
export function bytesText(bytes: number): string {
  const [unit, factor] = BYTES.find(([, one]) => bytes % one === 0) ?? ["B", 1];
  return `${decimalText(bytes / factor)}${unit}`;
}

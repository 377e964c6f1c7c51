import { expect, test } from "vitest";
import { bytesText, durationText, shareText } from "./amounts.ts";

test.each([
  [7200, "2h"],
  [3660, "61m"],
  [60, "1m"],
  [90, "90s"],
  [1.5, "1.5s"],
  [1, "1s"],
  [0.9995, "999.5ms"],
  [0.3, "300ms"],
  [0.001, "1ms"],
  [0.00025, "250us"],
  [1e-7, "0.1us"],
])("%s seconds are written %s", (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});

test.each([
  [2 ** 31, "2GiB"],
  [2 ** 30 + 2 ** 29, "1536MiB"],
  [2 ** 20, "1MiB"],
  [3e9, "3GB"],
  [1_500_000, "1500000B"],
  [5e6, "5MB"],
  [3 * 2 ** 10, "3KiB"],
  [1001, "1001B"],
  [0.5, "0.5B"],
])("%s bytes are written %s", (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

test.each([
  [0, "0%"],
  [0.001, "0.1%"],
  [0.07, "7%"],
  [1, "100%"],
])("the share %s is written %s", (share, text) => {
  expect(shareText(share)).toBe(text);
});

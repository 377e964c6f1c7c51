import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { complement, decimalText, shifted, times } from "./decimal.ts";

describe("decimals", () => {
  test.each([
    [0.3, "0.3"],
    [1e-7, "0.0000001"],
    [1.5e21, "1500000000000000000000"],
    [-2.5e-8, "-0.000000025"],
    [0, "0"],
    [300, "300"],
  ])("%d is written %s", (value, text) => {
    expect(decimalText(value)).toBe(text);
  });

  test.each([
    ["0.3", 3, "300"],
    ["0.3", 1, "3"],
    ["99.95", -2, "0.9995"],
    ["5", -3, "0.005"],
    ["0", -3, "0"],
    ["12.50", 0, "12.5"],
    ["-1.5", 2, "-150"],
  ])("%s moved by %d is %s", (text, places, moved) => {
    expect(shifted(text, places)).toBe(moved);
  });

  test.each([
    ["0.03", 60, "1.8"],
    ["2.01", 1000, "2010"],
    ["007", 3, "21"],
    ["0.5", 1, "0.5"],
    ["0", 60, "0"],
  ])("%s times %d is %s", (text, factor, product) => {
    expect(times(text, factor)).toBe(product);
  });

  test.each([
    [0.001, 0.999],
    [0.9, 0.1],
    [0, 1],
    [1, 0],
    [1e-20, 1],
  ])("one minus %d is %d", (share, rest) => {
    expect(complement(share)).toBe(rest);
  });

  test("every number reads back, whole or moved there and back", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -9, max: 9 }), (value, by) => {
        expect(Number(decimalText(value))).toBe(value === 0 ? 0 : value);
        expect(Number(shifted(shifted(decimalText(value), by), -by))).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});

import { describe, expect, it } from "vitest";
import {
  formatAmount,
  formatBeside,
  formatBytes,
  formatCount,
  formatDuration,
  formatLimit,
  formatShare,
  formatValue,
} from "./format.ts";

describe("numbers for people", () => {
  it.each([
    [0.0412, "41.2 ms"],
    [0.3, "300 ms"],
    [1.5, "1.5 s"],
    [90, "90 s"],
    [180, "3 min"],
    [7200, "2 h"],
    [0.0000123, "12.3 µs"],
    [0, "0 s"],
    [Number.POSITIVE_INFINITY, "infinite"],
    [Number.NaN, "not a number"],
  ])("shows %s seconds as %s", (seconds, text) => expect(formatDuration(seconds)).toBe(text));

  it.each([
    [182 * 1024 ** 2, "182 MiB"],
    [256 * 1024 ** 2, "256 MiB"],
    [1536, "1.5 KiB"],
    [3 * 1024 ** 4, "3 TiB"],
    [2 * 1024 ** 3, "2 GiB"],
    [12, "12 B"],
    [Number.NEGATIVE_INFINITY, "minus infinite"],
  ])("shows %s bytes as %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it.each([
    [0.0005, "0.05 %"],
    [0.001, "0.1 %"],
    [1, "100 %"],
    [0, "0 %"],
    [0.123456, "12.3 %"],
    [0.9995, "99.95 %"],
    [0.9999, "99.99 %"],
    [0.999966, "99.997 %"],
    [1 - 1e-12, "100 %"],
    [1.0004, "100.04 %"],
    [-0.5, "-50 %"],
    [Number.NaN, "not a number"],
  ])("shows the share %s as %s", (share, text) => expect(formatShare(share)).toBe(text));

  it("groups counts from five digits on", () => {
    expect(formatCount(6000)).toBe("6000");
    expect(formatCount(12345)).toBe("12\u202f345");
    expect(formatCount(1234567)).toBe("1\u202f234\u202f567");
    expect(formatCount(-12345)).toBe("-12\u202f345");
    expect(formatCount(-1234)).toBe("-1234");
    expect(formatCount(0.5)).toBe("0.5");
    expect(formatCount(Number.NaN)).toBe("not a number");
  });

  it("keeps whole numbers whole", () => expect(formatValue(123456, "number")).toBe("123456"));

  it("names cores", () => {
    expect(formatValue(1, "cores")).toBe("1 core");
    expect(formatValue(0.25, "cores")).toBe("0.25 cores");
    expect(formatValue(0.3, "s")).toBe("300 ms");
    expect(formatValue(1024, "bytes")).toBe("1 KiB");
    expect(formatValue(0.5, "ratio")).toBe("50 %");
  });

  it("tells a value from its limit", () => {
    expect(formatBeside(75.0000001, 75, "number")).toBe("75.0000001");
    expect(formatBeside(75, 75, "number")).toBe("75");
    expect(formatBeside(0.041234, 0.3, "s")).toBe("41.2 ms");
    expect(formatBeside(75 + 2e-14, 75, "number")).toBe("75");
    expect(formatBeside(0.98997, 0.99, "ratio")).toBe("98.997 %");
    expect(formatBeside(0.98765, 0.99, "ratio", 4)).toBe("98.77 %");
    expect(formatBeside(1e-25, 0, "number")).toBe("0.0000000000000000000000001");
    expect(formatBeside(Number.POSITIVE_INFINITY, 75, "number")).toBe("infinite");
  });

  it.each<[string, Parameters<typeof formatLimit>]>([
    ["0.1 %", [0.001, "ratio"]],
    ["99.95 %", [0.9995, "ratio"]],
    ["0.05 %", [1 - 0.9995, "ratio"]],
    ["1234.5", [1234.5, "number"]],
    ["0.333333", [0.333333, "number"]],
    ["0.333", [0.3333333, "number"]],
    ["1.235 s", [1.235, "s"]],
    ["1.4 GiB", [1.5e9, "bytes"]],
    ["1.397 GiB", [1.5e9, "bytes", 1.501e9]],
    ["1.397 GiB", [1.5e9, "bytes", 1, null, 1.501e9, 2e9]],
    ["75", [75, "number", 75.0000001]],
    ["75", [75, "number", 75]],
    ["0.05 %", [1 - 0.9995, "ratio", 0.0005]],
  ])("shows a limit as it was written: %s", (text, given) => {
    expect(formatLimit(...given)).toBe(text);
  });

  it.each([
    [1.501e9, 1.5e9, "bytes"],
    [1234.9, 1234.5, "number"],
    [0.99949, 0.9995, "ratio"],
    [0.0012346, 0.0012345, "ratio"],
    [0.3001, 0.3, "s"],
  ] as const)("shows %s and its limit %s on their sides", (value, limit, unit) => {
    const number = (text: string) => Number(text.split(" ")[0]);
    const [shown, most] = [formatBeside(value, limit, unit), formatLimit(limit, unit, value)];
    expect(Math.sign(number(shown) - number(most))).toBe(Math.sign(value - limit));
  });

  it("counts in the singular and the plural", () => {
    expect(formatAmount(1, "request")).toBe("1 request");
    expect(formatAmount(2, "query", "queries")).toBe("2 queries");
  });
});

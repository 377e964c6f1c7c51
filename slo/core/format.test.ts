import { describe, expect, it } from "vitest";
import {
  formatAmount,
  formatBeside,
  formatBytes,
  formatCount,
  formatDuration,
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
  ])("shows the share %s as %s", (share, text) => expect(formatShare(share)).toBe(text));

  it("groups counts from five digits on", () => {
    expect(formatCount(6000)).toBe("6000");
    expect(formatCount(12345)).toBe("12\u202f345");
    expect(formatCount(1234567)).toBe("1\u202f234\u202f567");
    expect(formatCount(-12345)).toBe("-12\u202f345");
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
  });

  it("counts in the singular and the plural", () => {
    expect(formatAmount(1, "request")).toBe("1 request");
    expect(formatAmount(2, "query", "queries")).toBe("2 queries");
  });
});

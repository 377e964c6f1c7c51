import { describe, expect, it } from "vitest";
import { BURN_WINDOWS, type BurnWindow, burnRate, canFire, threshold } from "./windows.ts";

const windowOf = (text: string): BurnWindow => {
  const found = BURN_WINDOWS.find(({ long }) => long.text === text);
  if (found === undefined) throw new Error(`no window of ${text}`);
  return found;
};

describe("burn rates", () => {
  it("are the workbook's for 30 days", () => {
    const table = BURN_WINDOWS.map((one) => [one.severity, one.long.text, one.short.text, burnRate(one, 30)]);
    expect(table).toEqual([
      ["page", "1h", "5m", 14.4],
      ["page", "6h", "30m", 6],
      ["ticket", "1d", "2h", 3],
      ["ticket", "3d", "6h", 1],
    ]);
  });

  it("follow the period, so that the same share of its budget is spent", () => {
    expect(BURN_WINDOWS.map((one) => burnRate(one, 28))).toEqual([13.44, 5.6, 2.8, 1]);
    expect(BURN_WINDOWS.map((one) => burnRate(one, 90))).toEqual([43.2, 18, 9, 3]);
  });

  it("are never below 1: who burns slower meets the objective", () => {
    expect(BURN_WINDOWS.map((one) => burnRate(one, 7))).toEqual([3.36, 1.4, 1, 1]);
  });

  it("have a short window of a twelfth of the long one", () => {
    for (const { long, short } of BURN_WINDOWS) expect(long.seconds).toBe(12 * short.seconds);
  });
});

describe("thresholds", () => {
  it("are what the decimals say", () => {
    expect(threshold(windowOf("1h"), 30, 0.001)).toBe(0.0144);
    expect(threshold(windowOf("1d"), 30, 0.1)).toBe(0.3);
  });

  it("leave out what no traffic can exceed", () => {
    const possible = (allowed: number) =>
      BURN_WINDOWS.filter((one) => canFire(one, 30, allowed)).map(({ long }) => long.text);
    expect(possible(0.069)).toEqual(["1h", "6h", "1d", "3d"]);
    expect(possible(0.07)).toEqual(["6h", "1d", "3d"]);
    expect(possible(0.2)).toEqual(["1d", "3d"]);
    expect(possible(0.5)).toEqual(["3d"]);
    expect(possible(1)).toEqual([]);
  });
});

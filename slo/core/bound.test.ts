import { describe, expect, it } from "vitest";
import { lowerBound, stillNeeded, upperBound, zeroBadNeeded } from "./bound.ts";

/** P(X ≤ bad) of a binomial, term by term. */
function cumulative(bad: number, total: number, share: number): number {
  let [term, sum] = [(1 - share) ** total, 0];
  for (let k = 0; k <= bad; k += 1) {
    sum += term;
    term *= ((total - k) / (k + 1)) * (share / (1 - share));
  }
  return sum;
}

describe("Clopper-Pearson bounds", () => {
  it.each([
    [1, 10],
    [5, 100],
    [20, 3000],
    [83, 10_000],
  ])("of %d in %d are the shares at which so few, or so many, have a chance of 5 %%", (bad, total) => {
    expect(cumulative(bad, total, upperBound(bad, total, 0.95))).toBeCloseTo(0.05, 9);
    expect(1 - cumulative(bad - 1, total, lowerBound(bad, total, 0.95))).toBeCloseTo(0.05, 9);
  });

  it("are closed at the ends", () => {
    expect(lowerBound(0, 299, 0.95)).toBe(0);
    expect(upperBound(299, 299, 0.95)).toBe(1);
    expect(upperBound(0, 299, 0.95)).toBeCloseTo(1 - 0.05 ** (1 / 299), 12);
  });

  it("hold at a hundred million requests", () => {
    const [lower, upper] = [lowerBound(1e5, 1e8, 0.95), upperBound(1e5, 1e8, 0.95)];
    expect(lower).toBeGreaterThan(0.000994);
    expect(upper).toBeLessThan(0.001006);
    expect(lower).toBeLessThan(0.001);
    expect(upper).toBeGreaterThan(0.001);
  });
});

describe("requests that it takes", () => {
  it.each([
    [0.1, 29],
    [0.05, 59],
    [0.01, 299],
    [0.001, 2995],
  ])("none bad to prove at most %d: %d", (allowed, needed) => expect(zeroBadNeeded(allowed, 0.95, 1)).toBe(needed));

  it("are none where none will do", () => {
    expect(zeroBadNeeded(0, 0.95, 1)).toBeNull();
    expect(zeroBadNeeded(1, 0.95, 1)).toBe(1);
    expect(stillNeeded({ bad: 1, total: 100 }, 0.01, 0.95, () => 1)).toBeNull();
    expect(stillNeeded({ bad: 0, total: 100 }, 0, 0.95, () => 1)).toBeNull();
    expect(stillNeeded({ bad: 10_001, total: 1_000_000 }, 0.01 + 1e-9, 0.95, () => 1)).not.toBe(0);
    expect(stillNeeded({ bad: 999_999, total: 100_000_000 }, 0.01 - 1e-12, 0.95, () => 1)).toBeNull();
  });

  it("are just enough, on either side of the limit", () => {
    const pass = stillNeeded({ bad: 1, total: 200 }, 0.01, 0.95, () => 1) ?? 0;
    expect(upperBound((200 + pass) / 200, 200 + pass, 0.95)).toBeLessThanOrEqual(0.01);
    expect(upperBound((199 + pass) / 200, 199 + pass, 0.95)).toBeGreaterThan(0.01);
    const fail = stillNeeded({ bad: 4, total: 200 }, 0.01, 0.95, () => 1) ?? 0;
    expect(lowerBound((4 * (200 + fail)) / 200, 200 + fail, 0.95)).toBeGreaterThan(0.01);
    expect(stillNeeded({ bad: 0, total: 0 }, 0.01, 0.95, () => 1)).toBe(299);
  });

  it("are as many times more as bad ones come together, for a pass alone", () => {
    const counts = { bad: 1, total: 200 };
    const pass = 200 + (stillNeeded(counts, 0.01, 0.95, () => 3) ?? 0);
    const bound = (total: number) => upperBound((0.005 * total) / 3, total / 3, 0.95);
    expect([bound(pass) <= 0.01, bound(pass - 1) <= 0.01]).toEqual([true, false]);
    const broken = { bad: 4, total: 200 };
    expect(stillNeeded(broken, 0.01, 0.95, () => 3)).toBe(stillNeeded(broken, 0.01, 0.95, () => 1));
    expect(zeroBadNeeded(0.01, 0.95, 5)).toBe(1491);
    expect(zeroBadNeeded(1, 0.95, 2.5)).toBe(3);
  });

  it("are more where a burst may be larger than the bad ones seen so far", () => {
    const burst = (bad: number) => Math.max(4, Math.min(bad, 20));
    const needed = 800 + (stillNeeded({ bad: 4, total: 800 }, 0.01, 0.95, burst) ?? 0);
    const bound = (total: number) => {
      const together = burst(0.005 * total);
      return upperBound((0.005 * total) / together, total / together, 0.95);
    };
    expect([bound(needed) <= 0.01, bound(needed - 1) <= 0.01]).toEqual([true, false]);
    expect(needed).toBeGreaterThan(4 * (stillNeeded({ bad: 4, total: 800 }, 0.01, 0.95, () => 4) ?? 0));
  });

  it("are whole where the formula gives a whole number but for its last bits", () => {
    expect(zeroBadNeeded(0.5, 0.75)).toBe(2);
    expect(zeroBadNeeded(0.1, 1 - 0.9 ** 7)).toBe(7);
  });
});

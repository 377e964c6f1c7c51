import { describe, expect, it } from "vitest";
import { lowerBound } from "./bound.ts";
import { mixturesOf, provesFail, provesPass } from "./proof.ts";

const OBSERVED = { kind: "observed" } as const;
const BOUNDED = { kind: "bounded", level: 0.95 } as const;
const at = (bound: number) => () => ({ bound });

describe("the mixtures that a verdict must survive", () => {
  it("take what crosses the edges as all of the bad and none of the good, and the other way round", () => {
    const sums = (total: number, ...columns: readonly number[]) => ({ total, columns });
    const sides = { outer: sums(1000, 10, 14), inner: sums(900, 7, 9), exact: false };
    const column = (index: number) => (of: { readonly columns: readonly number[] }) => of.columns[index] ?? 0;
    expect(mixturesOf(sides, { least: column(0), most: column(1) })).toEqual({
      worst: { bad: 14, total: 905 },
      best: { bad: 7, total: 997 },
      shown: { bad: 10, badAtMost: 14, total: 1000 },
    });
  });
});

describe("what is proven", () => {
  const none = { bad: 0, total: 0 };

  it.each([OBSERVED, BOUNDED])("is nothing where nothing was counted: %j", (confidence) => {
    expect(provesPass(none, 1, confidence, at(0))).toBe(false);
    expect(provesFail(none, 0, confidence)).toBe(false);
    expect(provesFail({ bad: 1, total: 0 }, 0.5, confidence)).toBe(false);
  });

  it("is a pass where the bound is on the limit itself, not above it", () => {
    const counts = { bad: 1, total: 100 };
    expect(provesPass(counts, 0.05, BOUNDED, at(0.05))).toBe(true);
    expect(provesPass(counts, 0.05, BOUNDED, at(0.05 + 1e-12))).toBe(false);
  });

  it("is a breach where the bound is above the limit, not on it", () => {
    const counts = { bad: 5, total: 100 };
    const bound = lowerBound(5, 100, 0.95);
    expect(provesFail(counts, bound, BOUNDED)).toBe(false);
    expect(provesFail(counts, bound - 1e-12, BOUNDED)).toBe(true);
  });

  it("is, as observed, one of the two", () => {
    expect([1, 2].map((bad) => provesPass({ bad, total: 100 }, 0.01, OBSERVED, at(1)))).toEqual([true, false]);
    expect([1, 2].map((bad) => provesFail({ bad, total: 100 }, 0.01, OBSERVED))).toEqual([false, true]);
  });
});

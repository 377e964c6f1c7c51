import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { upperBound } from "./bound.ts";
import { dispersionOf } from "./dispersion.ts";
import type { Share } from "./proof.ts";
import { widenedBound } from "./widened.ts";

const RUNS = { numRuns: 400, seed: 20_261_122 };

function countsOf(cells: readonly Share[]): Share {
  return cells.reduce((sum, { bad, total }) => ({ bad: sum.bad + bad, total: sum.total + total }), {
    bad: 0,
    total: 0,
  });
}

const widened = (cells: readonly Share[], floor = 1) => widenedBound(countsOf(cells), dispersionOf(cells), floor, 0.95);

const cell = fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 400 })).map(([bad, good]) => ({ bad, total: bad + good + 1 }));
const sparse = fc
  .tuple(fc.constantFrom(0, 0, 0, 1, 2, 9), fc.integer({ min: 60, max: 120 }))
  .map(([bad, total]) => ({ bad, total }));
const timeline = fc.oneof(
  fc.array(cell, { minLength: 1, maxLength: 40 }),
  fc.array(sparse, { minLength: 5, maxLength: 70 }),
);

describe("the bound that allows for bursts", () => {
  it.each([
    ["in place of good ones", 0],
    ["besides the others", 1],
  ])("never falls when bad requests join anywhere, %s", (_, besides) => {
    fc.assert(
      fc.property(
        timeline,
        fc.nat(),
        fc.integer({ min: 1, max: 100 }),
        fc.constantFrom(1, 5),
        (cells, place, more, floor) => {
          const worse = cells.map(({ bad, total }, index) => {
            if (index !== place % cells.length) return { bad, total };
            return besides === 1
              ? { bad: bad + more, total: total + more }
              : { bad: Math.min(total, bad + more), total };
          });
          expect(widened(worse, floor).bound).toBeGreaterThanOrEqual(widened(cells, floor).bound - 1e-12);
        },
      ),
      RUNS,
    );
  });

  it("is never below the plain one, and never falls with the floor", () => {
    fc.assert(
      fc.property(timeline, fc.double({ min: 1, max: 50, noNaN: true }), (cells, floor) => {
        const { bad, total } = countsOf(cells);
        expect(widened(cells).bound).toBeGreaterThanOrEqual(upperBound(bad, total, 0.95) - 1e-12);
        expect(widened(cells, floor).bound).toBeGreaterThanOrEqual(widened(cells).bound - 1e-12);
      }),
      RUNS,
    );
  });

  it("is the largest over all smaller numbers of bad requests", () => {
    fc.assert(
      fc.property(timeline, fc.constantFrom(1, 3), (cells, floor) => {
        const { bad, total } = countsOf(cells);
        const dispersion = dispersionOf(cells);
        const each = Array.from({ length: Math.min(bad, 399) + 1 }, (_, some) => {
          const clumping = some === 0 ? null : dispersion(some);
          const seen = clumping === null ? 1 : clumping.kind === "unseen" ? some : Math.min(some, clumping.burst);
          const burst = Math.max(floor, seen);
          return upperBound(some / burst, (total - bad + some) / burst, 0.95);
        });
        if (bad < 400) expect(widened(cells, floor).bound).toBeCloseTo(Math.max(...each), 12);
        else expect(widened(cells, floor).bound).toBeGreaterThanOrEqual(Math.max(...each) - 1e-12);
      }),
      { ...RUNS, numRuns: 150 },
    );
  });

  it("is that of a smaller sample where nothing is bad, by the floor alone", () => {
    const cells = Array.from({ length: 30 }, () => ({ bad: 0, total: 100 }));
    expect(widened(cells)).toEqual({
      bound: upperBound(0, 3000, 0.95),
      burst: 1,
      clumping: null,
      of: { bad: 0, total: 3000 },
    });
    expect(widened(cells, 5)).toEqual({
      bound: upperBound(0, 600, 0.95),
      burst: 5,
      clumping: null,
      of: { bad: 0, total: 3000 },
    });
  });

  it("takes all for one burst where there are too few cells to tell", () => {
    const found = widened([
      { bad: 2, total: 500 },
      { bad: 2, total: 500 },
    ]);
    expect(found).toEqual({
      bound: upperBound(1, 250, 0.95),
      burst: 4,
      clumping: { kind: "unseen" },
      of: { bad: 4, total: 1000 },
    });
  });

  it("never takes more of them for a burst than there are", () => {
    const cells = [{ bad: 1, total: 2 }, ...Array.from({ length: 29 }, () => ({ bad: 0, total: 100 }))];
    expect(widened(cells)).toMatchObject({ burst: 1, bound: upperBound(1, 2902, 0.95) });
  });

  it("takes the declared floor where it is more than what shows", () => {
    const cells = [{ bad: 3, total: 100 }, ...Array.from({ length: 29 }, () => ({ bad: 0, total: 100 }))];
    expect(widened(cells, 4)).toMatchObject({ burst: 4, clumping: null });
    expect(widened(cells, 2)).toMatchObject({ burst: 3, clumping: { kind: "seen" } });
  });
});

it("rests on no estimate where that is not above the floor", () => {
  const even = Array.from({ length: 30 }, () => ({ bad: 1, total: 100 }));
  expect(widened(even)).toMatchObject({ burst: 1, clumping: null });
  expect(widened(even, 3)).toMatchObject({ burst: 3, clumping: null });
});

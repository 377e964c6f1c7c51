import { describe, expect, it } from "vitest";
import { dispersionOf } from "./dispersion.ts";
import type { Share } from "./proof.ts";

const cells = (...bad: readonly number[]) => bad.map((one) => ({ bad: one, total: 100 }));
const none = (count: number) => Array<number>(count).fill(0);
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

function burst(of: readonly Share[], bad = sum(of.map((cell) => cell.bad))): number {
  const found = dispersionOf(of)(bad);
  if (found.kind === "unseen") throw new Error("bursts could not be seen");
  return found.burst;
}

/** Pearson's dispersion over every stretch of so many cells, as its formula stands in books. */
function pearson(of: readonly Share[], length: number): number {
  const share = sum(of.map(({ bad }) => bad)) / sum(of.map(({ total }) => total));
  const squares = of.map((_, from) => {
    const stretch = Array.from({ length }, (_, at) => of[(from + at) % of.length] ?? { bad: 0, total: 0 });
    const total = sum(stretch.map((cell) => cell.total));
    return (sum(stretch.map(({ bad }) => bad)) - total * share) ** 2 / (total * share * (1 - share));
  });
  return sum(squares) / length / (of.length / length - 1);
}

describe("how much bad requests come together", () => {
  it("is Pearson's dispersion of single cells where few are there", () => {
    const few = cells(3, 0, 1, 0, 0, 6, 0, 0);
    expect(burst(few)).toBeCloseTo(pearson(few, 1), 9);
  });

  it("is of the most clumped where only some of the bad requests are taken", () => {
    const of = cells(1, 0, 0, 10, 0, 0, 3, 0);
    // By hand: Σ over the taken of their own cell's rate, the heaviest cells first.
    const byHand = (bad: number, weights: number) => ((weights / bad - bad / 800) * 800) / (1 - bad / 800) / 7;
    expect(burst(of, 1)).toBeCloseTo(byHand(1, 0.1), 9);
    expect(burst(of, 10)).toBeCloseTo(byHand(10, 1), 9);
    expect(burst(of, 12)).toBeCloseTo(byHand(12, 1 + 2 * 0.03), 9);
    expect(burst(of, 14)).toBeCloseTo(byHand(14, 1 + 3 * 0.03 + 0.01), 9);
  });

  it("is the largest over stretches of 1, 2, 4, … and a tenth of the cells", () => {
    const spread = [0, 2, 1, 0, 3, 3, 4, 1].flatMap((bad, at) => [
      { bad, total: 50 + 7 * at },
      ...none(6).map((zero) => ({ bad: zero, total: 90 })),
    ]);
    const lengths = [1, 2, 4, 5];
    expect(burst(spread)).toBeCloseTo(Math.max(...lengths.map((length) => pearson(spread, length))), 9);
  });

  it("tells over how many cells it was seen", () => {
    const over = (...bad: readonly number[]) => dispersionOf(cells(...bad))(sum(bad));
    expect(over(12, ...none(29))).toMatchObject({ cells: 1 });
    expect(over(...none(13), 6, 6, ...none(25))).toMatchObject({ cells: 4 });
    expect(over(...none(40), 2, 2, 2, 2, 2, ...none(45))).toMatchObject({ cells: 9 });
  });

  it("leaves out times without requests", () => {
    const busy = cells(3, 0, 1, 0, 6);
    const idle = [...busy.slice(0, 2), { bad: 0, total: 0 }, ...busy.slice(2)];
    expect(burst(idle)).toBeCloseTo(burst(busy), 9);
  });

  it.each([
    ["none", none(30)],
    ["one in each", none(30).map(() => 1)],
    ["one in each third", none(30).map((_, at) => (at % 3 === 0 ? 1 : 0))],
  ])("is 1 for %s", (_, bad) => expect(burst(cells(...bad))).toBe(1));

  it("is 1 where all are bad", () => {
    expect(burst(cells(100, 100, 100, 100, 100))).toBe(1);
  });

  it.each([
    ["in one cell", [12, ...none(29)], 11.5],
    ["over three", [4, 4, 4, ...none(27)], 7.5],
    ["over three, anywhere", [...none(13), 4, 4, 4, ...none(14)], 7.5],
    ["over the end and the beginning", [4, 4, ...none(27), 4], 7.5],
  ])("sees twelve %s", (_, bad, least) => expect(burst(cells(...bad))).toBeGreaterThan(least));

  it("is of the worst of them, if only so many had been bad", () => {
    const bad = cells(10, ...none(20), 1, ...none(8));
    expect(burst(bad, 10)).toBeCloseTo(burst(cells(10, ...none(29))), 9);
    expect(burst(bad, 10)).toBeGreaterThan(burst(bad, 11));
  });

  it("cannot be seen in fewer than five cells", () => {
    expect(dispersionOf(cells(1, 0, 0, 1))(2)).toEqual({ kind: "unseen" });
    expect(dispersionOf(cells(1, 0, 0, 1, 0))(2)).toMatchObject({ kind: "seen" });
  });
});

import { expect, it } from "vitest";
import { wideningOf } from "./bursts.ts";
import { dispersionOf } from "./dispersion.ts";
import type { CounterEvidence } from "./evidence.ts";
import { widenedBound } from "./widened.ts";

const EVERY = 100;

/** One target's requests, a hundred a second; each column is one objective's bad ones. */
function evidence(...columns: readonly (readonly number[])[]): CounterEvidence {
  const cells = columns[0]?.length ?? 0;
  return {
    counted: { kind: "latency", histogram: "seconds", form: "classic", edges: [0.1, 0.3], uniform: true },
    phase: "steady",
    queries: [],
    failure: null,
    series: 1,
    missing: [],
    faults: [],
    targets: [
      {
        job: "api",
        instance: "a:1",
        times: Array.from({ length: cells + 1 }, (_, index) => 1000 + index),
        total: Array<number>(cells).fill(EVERY),
        columns,
        scrapeInterval: 1,
        before: "still",
        after: "still",
        coverage: 1,
        troubles: [],
      },
    ],
  };
}

const column = (index: number) => {
  const bad = ({ columns }: { readonly columns: readonly number[] }) => columns[index] ?? 0;
  return { least: bad, most: bad };
};
const sum = (bads: readonly number[]) => bads.reduce((all, bad) => all + bad, 0);
const alone = (bads: readonly number[]) =>
  widenedBound(
    { bad: sum(bads), total: bads.length * EVERY },
    dispersionOf(bads.map((bad) => ({ bad, total: EVERY }))),
    1,
    0.95,
  );

const even = Array.from({ length: 30 }, () => 2);
const burst = even.map((_, index) => (index === 10 ? 60 : 0));

it.each<[string, readonly number[], readonly number[]]>([
  ["one after the other and at once", even, burst],
  ["at once and one after the other", burst, even],
  ["in numbers that read alike", [1, 12, ...even], [11, 2, ...even]],
])("two objectives that share their evidence have each its own bursts: %s", (_what, first, second) => {
  const shared = evidence(first, second);
  const bound = (bads: readonly number[], index: number) =>
    wideningOf(shared, column(index), 1)({ bad: sum(bads), total: bads.length * EVERY }, 0.95);
  expect(bound(first, 0)).toEqual(alone(first));
  expect(bound(second, 1)).toEqual(alone(second));
  expect(bound(first, 0)).toEqual(alone(first));
});

it("asked of several counts and levels, each has its own bound", () => {
  const widen = wideningOf(evidence(even), column(0), 1);
  const bounds = [widen({ bad: 60, total: 3000 }, 0.95), widen({ bad: 60, total: 3000 }, 0.99)];
  expect(bounds[1]?.bound).toBeGreaterThan(bounds[0]?.bound ?? 1);
  expect(widen({ bad: 30, total: 3000 }, 0.95).bound).toBeLessThan(bounds[0]?.bound ?? 0);
});

it("what is bad is at least none of the requests, and at most all", () => {
  const odd = evidence(even);
  const most = (bad: number) => wideningOf(odd, { least: () => 0, most: () => bad }, 1)({ bad: 60, total: 3000 }, 0.95);
  expect(most(1e6).of).toEqual(most(EVERY).of);
  expect(most(-5)).toEqual(most(0));
});

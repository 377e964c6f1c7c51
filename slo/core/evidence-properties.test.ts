import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Evidence } from "./evidence.ts";
import { planFetch } from "./fetch-plan.ts";
import type { Fetched, RawSeries } from "./fetched.ts";
import {
  COUNTER,
  errors,
  evidenceOf,
  fileOf,
  latency,
  OBSERVED,
  runFile,
  selector,
  target,
  verdictOf,
} from "./fixtures/scene.ts";
import { type Call, histogram } from "./fixtures/service.ts";
import { fetchFrom, scrapes } from "./fixtures/world.ts";
import { judge } from "./judge.ts";
import { phasesOf } from "./phases.ts";
import { edgesOf, quantileOf } from "./quantile.ts";
import { reduceEvidence } from "./reduce.ts";
import { sidesOf } from "./spans.ts";

const RUNS = { numRuns: 60, seed: 20_261_122 };

const traffic = fc
  .array(
    fc.record({
      time: fc.double({ min: 1000.001, max: 1029.999, noNaN: true }),
      seconds: fc.double({ min: 0.001, max: 2, noNaN: true }),
      status: fc.constantFrom("200", "500"),
    }),
    { minLength: 1, maxLength: 120 },
  )
  .map((all): readonly Call[] =>
    all.map(({ time, seconds, status }) => ({ time, seconds, labels: { method: "GET", status_code: status } })),
  );

const FILE = fileOf(
  latency({ percentile: 90, confidence: OBSERVED }),
  latency({ name: "bounded", percentile: 50, burst: 2 }),
  errors({ limit: 0.3, confidence: OBSERVED }),
);

function shuffled(fetched: Fetched, by: (index: number) => number): Fetched {
  const mix = <Item>(items: readonly Item[]) =>
    items
      .map((item, index) => ({ item, at: by(index) }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ item }) => item);
  const series = ({ labels, times, values }: RawSeries): RawSeries => ({
    labels: Object.fromEntries(Object.entries(labels).toReversed()),
    times: mix(times),
    values: mix(values),
  });
  return {
    ranges: mix(
      fetched.ranges.map((one) => (one.kind === "answer" ? { ...one, result: mix(one.result.map(series)) } : one)),
    ),
    instants: fetched.instants,
  };
}

describe("evidence", () => {
  it("does not depend on the order of answers, series, samples and labels", () => {
    fc.assert(
      fc.property(traffic, fc.integer({ min: 1, max: 1000 }), (all, salt) => {
        const run = runFile();
        const phases = phasesOf(run);
        const plan = planFetch(FILE, phases, { marginSeconds: 30, serverCounter: selector(COUNTER) });
        const targets = [target(all), target(all.slice(1), { instance: "b:1", scrapes: scrapes(970.75, 1050.75, 1) })];
        const fetched = fetchFrom({ targets }, plan);
        const of = (answers: Fetched) =>
          judge(FILE, run, reduceEvidence(FILE, phases, answers, { serverCounter: selector(COUNTER) }));
        expect(of(shuffled(fetched, (index) => (index * 7919 + salt) % 101))).toEqual(of(fetched));
      }),
      { ...RUNS, numRuns: 25 },
    );
  });

  it("judges the same after a round trip through JSON", () => {
    fc.assert(
      fc.property(traffic, (all) => {
        const run = runFile();
        const kept = evidenceOf(FILE, run, { targets: [target(all)] });
        expect(judge(FILE, run, JSON.parse(JSON.stringify(kept)) as Evidence)).toEqual(judge(FILE, run, kept));
      }),
      { ...RUNS, numRuns: 25 },
    );
  });

  it("counts every request once, and its interval holds the quantile", () => {
    fc.assert(
      fc.property(
        traffic,
        fc.constantFrom(50, 90, 95, 99, 99.9),
        fc.constantFrom(0.5, 1, 2, 7),
        (all, percentile, every) => {
          const file = fileOf(latency({ percentile, confidence: OBSERVED }));
          const scraped = scrapes(970.25, 1060.25, every);
          const found = verdictOf(file, runFile(), { targets: [target(all, { scrapes: scraped })] }).objectives[0];
          expect(found?.counts?.total).toBe(all.length);
          const sorted = all.map(({ seconds }) => seconds).toSorted((a, b) => a - b);
          const exact = sorted[Math.max(1, Math.ceil((all.length * percentile) / 100 - 1e-9)) - 1] ?? 0;
          expect(found?.measured?.lower ?? 0).toBeLessThanOrEqual(exact);
          expect(found?.measured?.upper ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(exact);
          expect(found?.counts?.bad).toBe(sorted.filter((seconds) => seconds > 0.3).length);
        },
      ),
      RUNS,
    );
  });

  it.each([
    ["", []],
    [", through restarts", [1007.3, 1019.6]],
  ])("adds up where a phase is split at a scrape of each target%s", (_, restarts) => {
    const phase = (from: number, to: number) => ({ name: "window", from, to, quiet: false });
    const start = (time: number) => restarts.findLast((restart) => restart <= time) ?? 900;
    const counted = (all: readonly Call[], from: number, to: number) => {
      const run = { window: phase(from, to) };
      const own = { sources: histogram(all, { restarts }), start };
      const targets = [target([], own), target([], { ...own, instance: "b:1", scrapes: scrapes(970.25, 1050.25, 3) })];
      const { counters } = evidenceOf(FILE, run, { targets });
      return counters.map((one) => sidesOf(one, run.window, [run.window]).outer);
    };
    fc.assert(
      fc.property(traffic, fc.integer({ min: 1, max: 9 }), (all, third) => {
        // A moment at which both targets are scraped.
        const at = 1000.25 + 3 * third;
        const [before, after, both] = [
          counted(all, 997.25, at),
          counted(all, at, 1033.25),
          counted(all, 997.25, 1033.25),
        ];
        expect(both).toHaveLength(2);
        both.forEach((whole, index) => {
          const [first, second] = [before[index], after[index]];
          expect((first?.total ?? 0) + (second?.total ?? 0)).toBe(whole.total);
          expect(
            whole.columns.map((_, column) => (first?.columns[column] ?? 0) + (second?.columns[column] ?? 0)),
          ).toEqual(whole.columns);
        });
        if (restarts.length === 0) expect(both.map(({ total }) => total)).toEqual([2 * all.length, 2 * all.length]);
      }),
      { ...RUNS, numRuns: 25 },
    );
  });

  it("holds the quantile of a window's truth, whatever belongs to its edges", () => {
    fc.assert(
      fc.property(traffic, fc.constantFrom(50, 90, 99), (all, percentile) => {
        const window = { name: "window", from: 1003.7, to: 1021.9, quiet: false };
        const counters = evidenceOf(
          FILE,
          { window },
          { targets: [target(all, { scrapes: scrapes(970.25, 1060.25, 4) })] },
        ).counters[0];
        const edges = counters === undefined ? null : edgesOf(counters);
        const inside = all.filter(({ time }) => time > window.from && time <= window.to).map(({ seconds }) => seconds);
        if (counters === undefined || edges === null || inside.length === 0) return;
        const found = quantileOf(sidesOf(counters, window, [window]), edges, percentile);
        const exact =
          inside.toSorted((a, b) => a - b)[Math.max(1, Math.ceil((inside.length * percentile) / 100 - 1e-9)) - 1] ?? 0;
        expect(found.lower ?? 0).toBeLessThanOrEqual(exact);
        expect(found.upper ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(exact);
      }),
      RUNS,
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nativeHistogram } from "./fixtures/native.ts";
import { evidenceOf, fileOf, judged, latency, OBSERVED, runFile, target } from "./fixtures/scene.ts";
import { type Call, histogram } from "./fixtures/service.ts";
import { commonEdges } from "./native.ts";
import { edgesAround, edgesOf } from "./quantile.ts";
import { sidesOf } from "./spans.ts";

const bucket = (lower: number, upper: number, closed = false) => ({ lower, upper, closed });

describe("commonEdges", () => {
  it("takes every bound of buckets that do not overlap, infinite ones left out", () => {
    const layout = [bucket(Number.NEGATIVE_INFINITY, 0.1, true), bucket(0.1, 0.3), bucket(1, Number.POSITIVE_INFINITY)];
    expect(commonEdges([layout])).toEqual([0.1, 0.3, 1]);
    expect(commonEdges([[], []])).toEqual([]);
  });

  it("drops what lies within a bucket of another layout, and keeps what does not", () => {
    expect(commonEdges([[bucket(0.25, 0.5), bucket(0.5, 1), bucket(2, 4)], [bucket(0.25, 1)]])).toEqual([
      0.25, 1, 2, 4,
    ]);
  });

  it("knows nothing at the lower bound of a bucket that holds it", () => {
    expect(commonEdges([[bucket(-0.5, -0.25, true), bucket(-0.1, 0.1, true)]])).toEqual([-0.25, 0.1]);
    expect(commonEdges([[bucket(-0, 0, true)]])).toEqual([0]);
  });

  it("takes an edge for itself where two schemas reckon it to other last bits", () => {
    const root = Math.SQRT1_2;
    expect(commonEdges([[bucket(0.5, root)], [bucket(root * (1 + 2 ** -52), 1)]])).toHaveLength(3);
  });
});

const call = fc
  .record({
    time: fc.integer({ min: 1, max: 299 }).map((tenth) => 1000 + tenth / 10),
    seconds: fc.oneof(fc.double({ min: 0.001, max: 4, noNaN: true }), fc.constantFrom(0, 0.25, 0.3, 0.5, 1, 2)),
  })
  .map((one): Call => ({ ...one, labels: { method: "GET", status_code: "200" } }));
const calls = fc.array(call, { minLength: 20, maxLength: 120 });
const schema = fc.integer({ min: -4, max: 8 });
const limit = fc.oneof(fc.double({ min: 0.002, max: 4, noNaN: true }), fc.constantFrom(0.25, 0.3, 0.5, 1, 2));
/** Coarser or not from the middle on, with a zero bucket that may have grown. */
const shape = fc
  .record({ schema, less: fc.nat({ max: 3 }), zero: fc.constantFrom(2 ** -128, 0.001, 0.1), wide: fc.boolean() })
  .map((one) => ({
    schema: (time: number) => (time < 1015 ? one.schema : Math.max(-4, one.schema - one.less)),
    zero: (time: number) => (time < 1015 || !one.wide ? one.zero : one.zero * 2),
  }));

describe("any native histogram", () => {
  it("holds the truth between the least and the most that it counts, at any limit", () => {
    fc.assert(
      fc.property(calls, shape, limit, (all, given, atMost) => {
        const objective = latency({ atMost });
        const run = runFile();
        const evidence = evidenceOf(fileOf(objective), run, {
          targets: [target([], { sources: nativeHistogram(all, given) })],
        });
        const [counter] = evidence.counters;
        const edges = counter === undefined ? null : edgesOf(counter);
        const phase = run.phases.find(({ name }) => name === "steady");
        if (counter === undefined || edges === null || phase === undefined) throw new Error("nothing was counted");
        const { outer } = sidesOf(counter, phase, run.phases);
        const { below, above } = edgesAround(edges.edges, atMost);
        const truth = all.filter(({ seconds }) => seconds <= atMost * (1 + 1e-9)).length;
        expect(outer.total).toBe(all.length);
        expect(edges.least(outer, below)).toBeLessThanOrEqual(truth);
        expect(edges.most(outer, above)).toBeGreaterThanOrEqual(truth);
      }),
      { numRuns: 300, seed: 20_261_122 },
    );
  });

  it("never says the opposite of classic buckets with an edge at the limit, nor do both together", () => {
    const truthful = { pass: ["pass", "inconclusive"], fail: ["fail", "inconclusive"] } as const;
    fc.assert(
      fc.property(calls, shape, limit, fc.constantFrom(50, 90, 99), (all, given, atMost, percentile) => {
        const objective = latency({ atMost, percentile, confidence: OBSERVED });
        const classic = judged(objective, [target([], { sources: histogram(all, { edges: [atMost] }) })]);
        const native = nativeHistogram(all, given);
        const alone = judged(objective, [target([], { sources: native })]);
        const both = judged(objective, [target([], { sources: [...histogram(all, { edges: [atMost] }), ...native] })]);
        if (classic.verdict !== "pass" && classic.verdict !== "fail") throw new Error(classic.reason.text);
        expect(truthful[classic.verdict]).toContain(alone.verdict);
        expect([both.verdict, both.counts]).toEqual([classic.verdict, classic.counts]);
      }),
      { numRuns: 150, seed: 20_261_122 },
    );
  });
});

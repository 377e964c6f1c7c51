import { describe, expect, it } from "vitest";
import { judged, latency, OBSERVED, runFile, STEADY, target, WINDOW_FACTS } from "./fixtures/scene.ts";
import { calls, histogram } from "./fixtures/service.ts";
import { scrapes } from "./fixtures/world.ts";

const steady = (bad: number, count = 6000, seconds = 0.5) => calls(1000, 1030, count, { bad, seconds });

describe("rule 2: quiet edges", () => {
  const busy = [
    ...calls(970, 1000, 6000, { bad: 1200, seconds: 0.5 }),
    ...steady(0),
    ...calls(1030, 1050, 4000, { bad: 800, seconds: 0.5 }),
  ];

  it("keeps a bad warm-up out where the load paused", () => {
    const all = [...calls(980, 990, 2000, { bad: 400, seconds: 0.5 }), ...steady(3)];
    expect(judged(latency(), [target(all)]).counts).toEqual({ total: 6000, bad: 3 });
  });

  it("decides with and without the edges where traffic did not pause", () => {
    const found = judged(latency({ percentile: 99.5 }), [target(busy)]);
    expect(found).toMatchObject({ verdict: "inconclusive", reason: { code: "phase-edge" } });
    expect(found.counts).toEqual({ total: 6200, bad: 40 });
  });

  it("does not believe a phase that calls itself quiet: the samples must show it", () => {
    const steadyOnly = judged(latency({ percentile: 99.5 }), [target(steady(0))]);
    const running = judged(latency({ percentile: 99.5 }), [target(busy)]);
    expect([steadyOnly.verdict, running.verdict]).toEqual(["pass", "inconclusive"]);
  });

  it("is not fooled by a neighbouring phase that fits between two scrapes", () => {
    const short = { name: "spike", from: 1030.3, to: 1030.9, quiet: true };
    const all = [...steady(20), ...calls(1030.3, 1030.9, 100, { bad: 100, seconds: 0.5 })];
    const slow = target(all, {
      scrapes: scrapes(960, 1090, 5).map(({ time }) => ({ time: time + 2, up: 1 as const })),
    });
    const alone = judged(latency(), [slow], runFile({ phases: [STEADY] }));
    const known = judged(latency(), [slow], runFile({ phases: [STEADY, short] }));
    expect(alone.verdict).toBe("fail");
    expect(known.verdict).not.toBe("fail");
  });

  it("judges a window of somebody's traffic, all objectives on it", () => {
    const found = judged(latency({ percentile: 95 }), [target(busy)], WINDOW_FACTS);
    expect(found).toMatchObject({ verdict: "pass", phase: "window" });
  });

  it("survives the worst mixture of the edges, not only both extremes", () => {
    const slow = { scrapes: scrapes(950, 1090, 12) };
    const tail = [
      ...calls(960, 1000, 40000),
      ...calls(1000, 1030, 2000),
      ...calls(1030, 1031, 60, { bad: 60, seconds: 0.5 }),
      ...calls(1031, 1070, 40000),
    ];
    const found = judged(latency({ percentile: 99, confidence: OBSERVED }), [target(tail, slow)], WINDOW_FACTS);
    expect(found.counts?.bad).toBe(60);
    expect((found.counts?.bad ?? 0) / (found.counts?.total ?? 1)).toBeLessThan(0.01);
    expect(found).toMatchObject({ verdict: "inconclusive", reason: { code: "phase-edge" } });
  });

  it("names the share that is covered, and is inconclusive below 90 %", () => {
    const found = judged(latency(), [target(steady(0), { scrapes: scrapes(970.25, 1015.25, 1) })]);
    expect(found).toMatchObject({ verdict: "inconclusive", reason: { code: "coverage" } });
    expect(found.span?.coverage).toBeCloseTo(15.25 / 30, 6);
    expect(found.reason.text).toContain("Only 50.8 % of steady is covered, 90 % must be.");
  });
});

describe("rule 3: exact at a bucket edge", () => {
  it("does not mistake a near edge for the limit's", () => {
    const all = steady(100, 6000, 0.25);
    const edge = (edges: readonly number[]) =>
      judged(latency({ atMost: 0.2 }), [target([], { sources: histogram(all, { edges }) })]);
    expect(edge([0.1, 0.2, 0.3]).verdict).toBe("fail");
    expect(edge([0.1, 0.2 + 1e-12, 0.3]).verdict).toBe("fail");
    const open = edge([0.1, 0.3]);
    expect(open).toMatchObject({ verdict: "inconclusive", counts: { total: 6000, bad: 0, badAtMost: 100 } });
    expect(open.reason).toEqual({
      code: "bucket-edge",
      text: "Between 0 and 100 of 6000 took longer than 200 ms; 1 % is allowed. The histogram has no edge at 200 ms (100 ms below, 300 ms above); add the edge 0.2 to it.",
    });
  });

  it("passes between edges where the lower one proves it, fails where the upper one breaks it", () => {
    const between = (all: ReturnType<typeof steady>) =>
      judged(latency({ atMost: 0.2 }), [target([], { sources: histogram(all, { edges: [0.1, 0.3] }) })]);
    expect(between(steady(3, 6000, 0.25)).verdict).toBe("pass");
    expect(between(steady(200, 6000, 0.5)).verdict).toBe("fail");
  });

  it("cannot tell above the last edge, nor without any", () => {
    const all = steady(100, 6000, 20);
    const found = (edges: readonly number[]) =>
      judged(latency({ atMost: 10 }), [target([], { sources: histogram(all, { edges }) })]);
    expect(found([0.1, 5]).reason.text).toContain("(5 s below, none above); add the edge 10 to it.");
    expect(found([]).reason.text).toContain("(none at all)");
    expect(found([20]).reason.text).toContain("(none below, 20 s above)");
  });

  it("reads edges as numbers: `1` and `1.0` are one edge", () => {
    const sources = histogram(steady(2, 6000, 3), { le: String });
    expect(judged(latency({ atMost: 1 }), [target([], { sources })])).toMatchObject({
      verdict: "pass",
      counts: { total: 6000, bad: 2 },
    });
  });

  it("keeps replicas with other edges apart", () => {
    const a = target([], { sources: histogram(steady(100, 6000, 0.25), { edges: [0.1, 0.2, 0.3] }) });
    const b = target([], { instance: "b:1", sources: histogram(steady(100, 6000, 0.25), { edges: [0.1, 0.3] }) });
    expect(judged(latency({ atMost: 0.2 }), [a, b]).counts).toEqual({ total: 12000, bad: 100, badAtMost: 200 });
  });

  it("shows a quantile as the interval of its bucket", () => {
    const found = judged(latency({ percentile: 90, atMost: 1 }), [target(steady(1200, 6000, 0.2))]);
    expect(found.measured).toMatchObject({ lower: 0.1, upper: 0.3, unit: "s" });
    expect(found.measured?.value).toBeCloseTo(0.1 + 0.2 * (600 / 1200), 9);
  });

  it("leaves a quantile above the last edge open", () => {
    expect(judged(latency(), [target(steady(600, 6000, 30))]).measured).toEqual({
      value: null,
      lower: 1,
      upper: null,
      unit: "s",
    });
  });
});

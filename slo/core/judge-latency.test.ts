import { describe, expect, it } from "vitest";
import { errors, judged, latency, OBSERVED, runFile, STEADY, target, WINDOW_FACTS } from "./fixtures/scene.ts";
import { calls, histogram } from "./fixtures/service.ts";
import { scrapes } from "./fixtures/world.ts";

const steady = (bad: number, count = 6000, seconds = 0.5) => calls(1000, 1030, count, { bad, seconds });

describe("rule 1: counts are subtracted sample from sample", () => {
  it("counts every request of the phase once, and passes what is proven", () => {
    const found = judged(latency(), [target(steady(3))]);
    expect(found.verdict).toBe("pass");
    expect(found.counts).toEqual({ total: 6000, bad: 3 });
    expect(found.bound?.upper).toBeCloseTo(0.001306, 6);
    expect(found.bound?.lower).toBeCloseTo(0.000136, 6);
    expect(found.reason).toEqual({
      code: "proven",
      text: "3 of 6000 took longer than 300 ms: at most 0.131 % with 95 % confidence; 1 % is allowed. Bursts rarer than about five a phase cannot be excluded.",
    });
    expect(found.queries).toEqual(['http_request_duration_seconds_bucket{job="api",method="GET"}']);
    expect(found.span).toEqual({
      from: "1970-01-01T00:16:39.250Z",
      to: "1970-01-01T00:17:10.250Z",
      coverage: 1,
    });
  });

  it("adds up targets, each on its own clock", () => {
    const two = target(steady(1), { instance: "b:1", scrapes: scrapes(970.75, 1050.75, 1) });
    expect(judged(latency(), [target(steady(3)), two]).counts).toEqual({ total: 12000, bad: 4 });
  });

  it("takes a series absent at a successful scrape for 0, so that a late birth loses nothing", () => {
    const late = [
      ...steady(0),
      ...calls(1010, 1011, 40).map((call) => ({ ...call, labels: { method: "GET", status_code: "503" } })),
    ];
    const sources = [
      ...histogram(late.filter(({ labels }) => labels.status_code === "200")),
      ...histogram(
        late.filter(({ labels }) => labels.status_code === "503"),
        { born: 1010 },
      ),
    ];
    const found = judged(errors({ limit: 0.5 }), [target([], { sources })]);
    expect(found.counts).toEqual({ total: 6040, bad: 40 });
    expect(found.verdict).toBe("pass");
  });

  it("finds a process born inside the phase at 0, and counts from its first sample", () => {
    const born = target(calls(1005, 1030, 100), {
      instance: "b:1",
      scrapes: scrapes(1008.25, 1050.25, 1),
      start: () => 1004,
    });
    const found = judged(latency(), [target(steady(0)), born]);
    expect(found.counts).toEqual({ total: 6100, bad: 0 });
    expect(found.verdict).toBe("pass");
  });

  it("does not pass on a target that was there before, unseen", () => {
    const unseen = target(calls(1005, 1030, 100), { instance: "b:1", scrapes: scrapes(1008.25, 1050.25, 1) });
    expect(judged(latency(), [target(steady(0)), unseen])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "coverage" },
    });
    const early = { ...unseen, scrapes: scrapes(1001.25, 1050.25, 1) };
    expect(judged(latency(), [target(steady(0)), early])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "edge-missing", text: expect.stringContaining("api 127.0.0.1:9464".slice(0, 3)) },
    });
  });

  it("does not pass on a target that went away, but lets what it counted prove a breach", () => {
    const gone = { scrapes: scrapes(970.25, 1028.25, 1) };
    expect(judged(latency(), [target(steady(0), gone)])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "edge-missing" },
    });
    expect(judged(latency(), [target(steady(600), gone)]).verdict).toBe("fail");
  });

  it("ignores targets that were gone before the phase, or came after it", () => {
    const before = target(calls(980, 985, 50), { instance: "old:1", scrapes: scrapes(975.25, 990.25, 1) });
    const after = target(calls(1035, 1040, 50), {
      instance: "new:1",
      scrapes: scrapes(1036.25, 1050.25, 1),
      start: () => 1034,
    });
    const found = judged(latency(), [target(steady(3)), before, after]);
    expect(found.counts).toEqual({ total: 6000, bad: 3 });
    expect(found.verdict).toBe("pass");
  });

  it("takes counts lost in a restart for a lower bound, never for a pass", () => {
    const restarted = target([], {
      sources: histogram(steady(0), { restarts: [1015.5] }),
      start: (time) => (time < 1015.5 ? 900 : 1015.5),
    });
    const found = judged(latency(), [restarted]);
    expect(found).toMatchObject({ verdict: "inconclusive", reason: { code: "target-restarted" } });
    expect(found.counts).toEqual({ total: 5950, bad: 0 });
  });

  it("sees a restart even where the new count is above the old, and counts the new one whole", () => {
    const all = [...calls(1000, 1019, 10), ...calls(1019.5, 1030, 4000)];
    const restarted = target([], {
      sources: histogram(all, { restarts: [1019.4] }),
      start: (time) => (time < 1019.4 ? 900 : 1019.4),
    });
    const found = judged(latency(), [restarted]);
    expect(found).toMatchObject({ verdict: "inconclusive", reason: { code: "target-restarted" } });
    expect(found.counts?.total).toBe(4010);
  });

  it("does not take a clock's correction by a second for a restart", () => {
    const wobbling = target(steady(0), { start: (time) => (Math.floor(time) % 2 === 0 ? 900 : 901) });
    expect(judged(latency(), [wobbling]).verdict).toBe("pass");
    const unknown = target(steady(0), { start: () => Number.NaN });
    expect(judged(latency(), [unknown]).verdict).toBe("pass");
  });

  it("flags a fall without a known restart", () => {
    const fallen = target([], { sources: histogram(steady(0), { restarts: [1015.5] }), start: null });
    expect(judged(latency(), [fallen])).toMatchObject({
      verdict: "inconclusive",
      reason: {
        code: "counts-lost",
        text: "http_request_duration_seconds_bucket of api 127.0.0.1:9464 fell at 00:16:56 UTC without a known restart: what it counted before is lost.",
      },
    });
  });

  it("never passes on series without a clock, but lets them prove a breach", () => {
    const federated = (bad: number) => target(steady(bad), { withoutUp: true });
    expect(judged(latency(), [federated(0)])).toMatchObject({ verdict: "inconclusive", reason: { code: "no-clock" } });
    expect(judged(latency(), [federated(600)]).verdict).toBe("fail");
  });

  it("counts late federated series only from their first sample", () => {
    const all = calls(1000, 1030, 6000, { bad: 600, seconds: 0.5, status: "500" });
    const late = histogram(all).map((source) => ({
      ...source,
      at: (time: number) => (source.labels.status_code === "500" && time < 1020 ? null : source.at(time)),
    }));
    const found = judged(latency(), [target([], { sources: late, withoutUp: true })]);
    expect(found).toMatchObject({ verdict: "fail", reason: { code: "broken" } });
    expect(found.counts?.bad).toBeLessThan(600);
  });

  it("never passes on samples beside the clock's times", () => {
    const own = histogram(steady(0)).map((source) => ({
      ...source,
      times: Array.from({ length: 80 }, (_, i) => 970.5 + i),
    }));
    expect(judged(latency(), [target([], { sources: own })])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "no-clock" },
    });
  });
});

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

describe("rule 4: proven, not just observed", () => {
  it.each([
    [299, "pass"],
    [298, "inconclusive"],
  ])("p99 with %d good requests: %s", (count, verdict) => {
    expect(judged(latency(), [target(steady(0, count))]).verdict).toBe(verdict);
  });

  it.each([
    [20, "pass"],
    [21, "inconclusive"],
  ])("p99 of 3000 with %d slow: %s", (bad, verdict) => {
    expect(judged(latency(), [target(steady(bad, 3000))]).verdict).toBe(verdict);
  });

  it("says how many requests are still needed", () => {
    const found = judged(latency(), [target(steady(0, 200))]);
    expect(found.reason).toEqual({
      code: "too-few-requests",
      text: "0 of 200 took longer than 300 ms (0 %) with 1 % allowed: too few to tell with 95 % confidence. 99 more requests at the same share would prove it met.",
    });
    expect(judged(latency(), [target(steady(3, 200))]).reason.text).toContain(
      "at the same share would prove it broken.",
    );
    expect(judged(latency(), [target(steady(2, 200))]).reason.text).toContain("no number of requests would tell");
  });

  it("fails what is proven to be broken, and says by how much", () => {
    const found = judged(latency(), [target(steady(120))]);
    expect(found.verdict).toBe("fail");
    expect(found.reason.text).toBe(
      "120 of 6000 took longer than 300 ms (2 %): at least 1.71 % with 95 % confidence; only 1 % is allowed.",
    );
  });

  it("compares without a bound at `observed`", () => {
    const few = (bad: number) => judged(latency({ confidence: OBSERVED }), [target(steady(bad, 100))]);
    expect(few(1)).toMatchObject({ verdict: "pass", reason: { code: "observed" }, bound: null, confidence: null });
    expect(few(2)).toMatchObject({
      verdict: "fail",
      reason: { text: "2 of 100 took longer than 300 ms (2 %); only 1 % is allowed." },
    });
  });

  it("honours a limit on the share to its last bit", () => {
    expect(judged(latency({ percentile: 99.9, confidence: OBSERVED }), [target(steady(1, 1000))]).verdict).toBe("pass");
  });
});

describe("never open: what cannot be counted with", () => {
  const broken = (change: (source: ReturnType<typeof histogram>[number]) => ReturnType<typeof histogram>) =>
    judged(latency(), [target([], { sources: histogram(steady(0)).flatMap(change) })]);
  const isEdge = (source: { labels: Readonly<Record<string, string>> }, le: string) => source.labels.le === le;

  it.each([
    ["NaN", Number.NaN],
    ["negative", -1],
    ["infinite", Number.POSITIVE_INFINITY],
    ["broken", 12.5],
  ])("a count that is %s", (_, value) => {
    const found = broken((source) => [
      isEdge(source, "0.3") ? { ...source, at: (time) => (time > 1029 ? value : source.at(time)) } : source,
    ]);
    expect(found).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "bad-value" },
      counts: null,
      measured: null,
    });
  });

  it("rounds what is a whole number but for the last bits", () => {
    const found = broken((source) => [{ ...source, at: (time) => (source.at(time) ?? 0) + 1e-9 }]);
    expect(found).toMatchObject({ verdict: "pass", counts: { total: 6000, bad: 0 } });
  });

  it("a missing +Inf bucket", () => {
    expect(broken((source) => (isEdge(source, "+Inf") ? [] : [source])).reason.code).toBe("no-inf-bucket");
  });

  it("buckets that do not rise", () => {
    const found = broken((source) => [
      isEdge(source, "0.1") ? { ...source, at: (time) => 2 * (source.at(time) ?? 0) } : source,
    ]);
    expect(found.reason.code).toBe("buckets-not-rising");
  });

  it("the same bucket twice", () => {
    const found = broken((source) =>
      isEdge(source, "1.0") ? [source, { ...source, labels: { ...source.labels, le: "1" } }] : [source],
    );
    expect(found.reason.code).toBe("duplicate-series");
  });

  it("an edge that is no number", () => {
    const found = broken((source) =>
      isEdge(source, "1.0") ? [{ ...source, labels: { ...source.labels, le: "" } }] : [source],
    );
    expect(found.reason.code).toBe("bad-edge");
  });

  it("two clocks for one target", () => {
    const twin = target([], { sources: [{ labels: { __name__: "up", zone: "b" }, at: () => 1 }] });
    expect(judged(latency(), [target(steady(0)), twin])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "duplicate-series" },
    });
  });
});

import { describe, expect, it } from "vitest";
import { nativeHistogram } from "./fixtures/native.ts";
import { COUNTER, errors, judged, latency, OBSERVED, runFile, selector, target } from "./fixtures/scene.ts";
import { type Call, calls, histogram } from "./fixtures/service.ts";
import { scrapes } from "./fixtures/world.ts";

/** `count` requests in the phase, `bad` of them `seconds` long, the others 20 ms. */
const load = (count: number, bad = 0, seconds = 0.4) => calls(1000, 1030, count, { bad, seconds });
const native = (
  all: readonly Call[],
  ...shape: Parameters<typeof nativeHistogram> extends [unknown, (infer Shape)?] ? [Shape?] : never
) => target([], { sources: nativeHistogram(all, shape[0]) });
const at = (limit: number) => latency({ atMost: limit });

describe("a native histogram", () => {
  it.each([-4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8])("of schema %i is exact at its edges", (schema) => {
    // 1 s is an edge of every schema: 1 s lies at it, 1.001 s beyond.
    const all = [
      ...calls(1000, 1030, 5970, { bad: 30, seconds: 1 }),
      ...calls(1000, 1030, 30, { bad: 30, seconds: 1.001 }),
    ];
    expect(judged(at(1), [native(all, { schema })])).toMatchObject({
      verdict: "pass",
      counts: { total: 6000, bad: 30 },
      queries: ['http_request_duration_seconds{job="api",method="GET"}'],
    });
  });

  it("of custom buckets is exact at each of them, and an observation below the first is in the first", () => {
    const all = [
      ...load(5900),
      ...calls(1000, 1030, 80, { bad: 80, seconds: 0.3 }),
      ...calls(1000, 1030, 20, { bad: 20, seconds: 0.31 }),
    ];
    expect(judged(at(0.3), [native(all, { custom: [0.1, 0.3, 1] })])).toMatchObject({
      verdict: "pass",
      counts: { total: 6000, bad: 20 },
      measured: { lower: 0.1, upper: 0.3 },
    });
    expect(judged(at(0.1), [native(all, { custom: [0.1, 0.3, 1] })])).toMatchObject({
      verdict: "fail",
      counts: { bad: 100 },
    });
  });

  it("is exact at the threshold of its zero bucket, and says nothing below it", () => {
    const all = load(6000, 30);
    expect(judged(at(0.05), [native(all, { zero: 0.05 })])).toMatchObject({
      verdict: "pass",
      counts: { total: 6000, bad: 30 },
    });
    expect(judged(at(0.03), [native(all, { zero: 0.05 })])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "bucket-edge" },
    });
  });

  it("counts what is negative as quick, and NaN as slow: it is in no bucket", () => {
    const [quick, nan] = [
      calls(1000, 1030, 3000, { bad: 3000, seconds: -0.5 }),
      calls(1000, 1030, 30, { bad: 30, seconds: Number.NaN }),
    ];
    expect(judged(at(0.25), [native([...load(2970), ...quick, ...nan])])).toMatchObject({
      verdict: "pass",
      counts: { total: 6000, bad: 0, badAtMost: 30 },
    });
  });

  it("passes between two edges where the lower one proves it", () => {
    expect(judged(at(0.3), [native(load(6000, 20, 0.5))])).toMatchObject({
      verdict: "pass",
      counts: { total: 6000, bad: 20 },
    });
  });

  it("fails between two edges where the upper one breaks it", () => {
    expect(judged(at(0.3), [native(load(6000, 200, 0.33))])).toMatchObject({
      verdict: "fail",
      counts: { total: 6000, bad: 200 },
    });
  });

  it("is inconclusive where the limit's own bucket decides, and says what to do", () => {
    expect(judged(at(0.3), [native(load(6000, 200, 0.31))])).toMatchObject({
      verdict: "inconclusive",
      counts: { total: 6000, bad: 0, badAtMost: 200 },
      reason: {
        code: "bucket-edge",
        text: "Between 0 and 200 of 6000 took longer than 300 ms; 1 % is allowed. The histogram has no edge at 300 ms (297 ms below, 324 ms above); keep classic buckets with the edge 0.3 beside it, or set the limit to an edge (297.3 ms, 324.2 ms): no schema of exponential buckets has one there, a finer one leaves less open.",
      },
    });
    expect(judged(at(0.5), [native(load(6000, 200, 0.4), { schema: -1 })]).reason.text).toContain(
      "(250 ms below, 1 s above); give it schema 0 or finer (a bucket factor of at most 2).",
    );
    expect(judged(at(0.2), [native(load(6000, 200, 0.25), { custom: [0.1, 0.3] })]).reason.text).toContain(
      "(100 ms below, 300 ms above); add the edge 0.2 to it.",
    );
  });

  it("is judged at a limit in a hole between its buckets, which nothing fell into", () => {
    expect(judged(at(0.3), [native(load(6000, 100, 0.5))])).toMatchObject({ counts: { total: 6000, bad: 100 } });
    expect(judged(at(0.3), [native(load(6000))])).toMatchObject({ verdict: "pass", counts: { total: 6000, bad: 0 } });
  });
});

describe("a native histogram whose buckets change", () => {
  const coarser = (time: number) => (time < 1015 ? 3 : -1);

  it("is counted at the edges that are left, exactly", () => {
    expect(judged(at(0.25), [native(load(6000, 30), { schema: coarser })])).toMatchObject({
      verdict: "pass",
      counts: { total: 6000, bad: 30 },
      measured: { upper: 0.0625 },
    });
  });

  it("leaves open what the coarser ones do not tell, though the finer ones did before", () => {
    expect(judged(at(0.5), [native(load(6000, 100), { schema: 3 })])).toMatchObject({
      counts: { total: 6000, bad: 0 },
    });
    expect(judged(at(0.5), [native(load(6000, 100), { schema: coarser })])).toMatchObject({
      verdict: "inconclusive",
      counts: { total: 6000, bad: 0, badAtMost: 100 },
    });
  });

  it("is counted beyond a zero bucket that grew", () => {
    const zero = (time: number) => (time < 1015 ? 0.001 : 0.1);
    expect(judged(at(0.25), [native(load(6000, 30), { zero })])).toMatchObject({
      verdict: "pass",
      counts: { total: 6000, bad: 30 },
    });
    expect(judged(at(0.05), [native(load(6000, 30), { zero })])).toMatchObject({ verdict: "inconclusive" });
  });

  it("differs from replica to replica: each is exact at its own edges", () => {
    const fine = { instance: "b:1", sources: nativeHistogram(load(3000, 15, 0.3), { custom: [0.3] }) };
    const found = judged(at(0.3), [native(load(3000)), target([], fine)]);
    expect(found).toMatchObject({ verdict: "pass", counts: { total: 6000, bad: 0 } });
  });
});

describe("counts of a native histogram", () => {
  it("from before the phase are not in it", () => {
    const old = calls(900, 990, 5000, { bad: 5000, seconds: 9 });
    expect(judged(at(0.25), [native([...old, ...load(600)])])).toMatchObject({
      verdict: "pass",
      counts: { total: 600, bad: 0 },
    });
  });

  it("begin at 0 where a label set is first seen within the phase", () => {
    const born = target([], { sources: nativeHistogram(load(600), { born: 1000.1 }) });
    expect(judged(at(0.25), [born])).toMatchObject({ counts: { total: 600, bad: 0 } });
  });

  it("add up over replicas", () => {
    const other = target([], { instance: "b:1", sources: nativeHistogram(load(400)) });
    expect(judged(at(0.25), [native(load(600)), other])).toMatchObject({ counts: { total: 1000, bad: 0 } });
  });

  it("are a lower bound where the process restarted", () => {
    const restarted = target([], {
      start: (time) => (time < 1015 ? 900 : 1015),
      sources: nativeHistogram(load(6000), { restarts: [1015] }),
    });
    expect(judged(at(0.25), [restarted])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "target-restarted" },
    });
  });

  it("are lost where the count fell", () => {
    const reset = native(load(6000), { restarts: [1015] });
    expect(judged(at(0.25), [reset])).toMatchObject({ verdict: "inconclusive", reason: { code: "counts-lost" } });
  });

  it("are lost where a bucket fell, though the count and all that is quicker rose", () => {
    // Slow before the reset, quick after it, and more of them within the same scrape interval.
    const slow = calls(1013.3, 1013.9, 10, { bad: 10, seconds: 0.2 });
    const quick = calls(1015.1, 1015.2, 500);
    const hidden = native([...slow, ...quick, ...calls(1016, 1030, 5000)], { restarts: [1015] });
    expect(judged(at(0.25), [hidden])).toMatchObject({
      verdict: "inconclusive",
      counts: null,
      reason: { code: "buckets-not-rising", text: expect.stringContaining("fell while its count rose") },
    });
  });

  it("are not judged where one is no count, or the buckets hold more than it", () => {
    const odd = (change: (counts: readonly number[]) => readonly number[]) => {
      const sources = nativeHistogram(load(6000)).map((source) => ({
        ...source,
        sample: (time: number) => {
          const sample = source.sample?.(time) ?? { layout: [], counts: [] };
          return time < 1020 ? sample : { ...sample, counts: change(sample.counts) };
        },
      }));
      return judged(at(0.25), [target([], { sources })]);
    };
    expect(odd((counts) => counts.map((count) => count + 0.5)).reason.code).toBe("bad-value");
    expect(odd((counts) => counts.map((count) => -count)).reason.code).toBe("bad-value");
    expect(odd((counts) => counts.map((count) => count + 1)).reason).toMatchObject({
      code: "buckets-not-rising",
      text: expect.stringContaining("more than its count of"),
    });
  });

  it("are on no clock where they have times of their own", () => {
    const times = scrapes(970.5, 1050.5, 1).map(({ time }) => time);
    const sources = nativeHistogram(load(6000)).map((source) => ({ ...source, times }));
    expect(judged(at(0.25), [target([], { sources })])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "no-clock" },
    });
  });

  it("need every label that the selector names", () => {
    const other = latency({ histogram: selector('http_request_duration_seconds{job="api",verb!="POST"}') });
    expect(judged(other, [native(load(6000))])).toMatchObject({
      verdict: "no-data",
      reason: { code: "unknown-label" },
    });
  });
});

describe("classic and native beside each other", () => {
  const both = (all: readonly Call[], shape: Parameters<typeof nativeHistogram>[1] = {}) =>
    target([], { sources: [...histogram(all), ...nativeHistogram(all, shape)] });

  it("are one histogram: counted once, exact at the edges of either", () => {
    const all = load(6000, 30, 0.31);
    expect(judged(at(0.3), [both(all)])).toMatchObject({
      verdict: "pass",
      counts: { total: 6000, bad: 30 },
      queries: [
        'http_request_duration_seconds_bucket{job="api",method="GET"}',
        'http_request_duration_seconds{job="api",method="GET"}',
      ],
    });
    expect(judged(at(0.25), [both(all)])).toMatchObject({ verdict: "pass", counts: { total: 6000, bad: 30 } });
  });

  it("are not judged where they count differently", () => {
    const all = load(6000);
    const differing = target([], { sources: [...histogram(all), ...nativeHistogram(all.slice(1))] });
    expect(judged(at(0.3), [differing])).toMatchObject({
      verdict: "inconclusive",
      counts: null,
      reason: { code: "forms-differ", text: expect.stringContaining("do not count the same; scrape one of them only") },
    });
  });

  it("are read as the one that is there throughout", () => {
    const all = load(6000, 30, 0.28);
    expect(judged(at(0.25), [both(all, { born: 1015 })])).toMatchObject({
      counts: { badAtMost: 30 },
      queries: ['http_request_duration_seconds_bucket{job="api",method="GET"}'],
    });
    const late = histogram(all, { born: 1015 });
    expect(judged(at(0.25), [target([], { sources: [...late, ...nativeHistogram(all)] })])).toMatchObject({
      counts: { total: 6000, bad: 30 },
      queries: ['http_request_duration_seconds{job="api",method="GET"}'],
    });
  });

  it("are not judged where one turns into the other within the phase: what came before is no traffic of its own", () => {
    const all = [...calls(900, 990, 90_000), ...load(6000, 100)];
    const turning = histogram(all).map((source) => ({
      ...source,
      at: (time: number) => (time < 1015 ? source.at(time) : null),
    }));
    const sources = [...turning, ...nativeHistogram(all, { born: 1015 })];
    expect(judged(at(0.25), [target([], { sources })])).toMatchObject({
      verdict: "inconclusive",
      counts: null,
      reason: {
        code: "forms-differ",
        text: expect.stringContaining("turns from classic buckets into a native histogram"),
      },
    });
  });

  it("are judged where one turned into the other before the phase", () => {
    const all = load(6000, 30);
    const before = histogram(all).map((source) => ({
      ...source,
      at: (time: number) => (time < 985 ? source.at(time) : null),
    }));
    const sources = [...before, ...nativeHistogram(all, { born: 985 })];
    expect(judged(at(0.25), [target([], { sources })])).toMatchObject({
      verdict: "pass",
      counts: { total: 6000, bad: 30 },
    });
  });

  it("may be one at each replica", () => {
    const classic = target(load(3000));
    const other = target([], { instance: "b:1", sources: nativeHistogram(load(3000)) });
    expect(judged(at(0.3), [classic, other])).toMatchObject({ verdict: "pass", counts: { total: 6000, bad: 0 } });
  });

  it("are counted twice where two jobs scrape one process, in whichever form", () => {
    const anyJob = latency({ histogram: selector("http_request_duration_seconds") });
    const other = target([], { job: "second", sources: nativeHistogram(load(6000)) });
    expect(judged(anyJob, [target(load(6000)), other])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "duplicate-series" },
    });
  });
});

describe("a counter `…_count` that a native histogram has", () => {
  const statuses = (bad: number) => calls(1000, 1030, 6000, { bad, status: "500" });
  const objective = errors({ limit: 0.01 });

  it("is the histogram's count", () => {
    const [queries, target500] = [["histogram_count", "histogram_count"], native(statuses(20))];
    const found = judged(objective, [target500]);
    expect(found).toMatchObject({ verdict: "pass", counts: { total: 6000, bad: 20 } });
    expect(found.queries.map((query) => query.replace(/\(.*/, ""))).toEqual(queries);
    expect(judged(objective, [native(statuses(200))])).toMatchObject({ verdict: "fail", counts: { bad: 200 } });
  });

  it("is zero where no request failed, and no data where there is nothing at all", () => {
    expect(judged(objective, [native(statuses(0))])).toMatchObject({
      verdict: "pass",
      counts: { total: 6000, bad: 0 },
    });
    expect(judged(objective, [target([], { sources: [] })])).toMatchObject({
      verdict: "no-data",
      reason: { text: expect.stringContaining("_count and no native histogram http_request_duration_seconds, so ") },
    });
  });

  it("is counted once where the classic counter is there as well", () => {
    const sources = [...histogram(statuses(20)), ...nativeHistogram(statuses(20))];
    const found = judged(objective, [target([], { sources })]);
    expect(found).toMatchObject({ verdict: "pass", counts: { total: 6000, bad: 20 } });
    expect(found.queries).toEqual([
      'http_request_duration_seconds_count{job="api",status_code=~"5.."}',
      'http_request_duration_seconds_count{job="api"}',
    ]);
  });

  it("goes on where the classic counter turns into a native histogram", () => {
    const turning = histogram(statuses(20)).map((source) => ({
      ...source,
      at: (time: number) => (time < 1015 ? source.at(time) : null),
    }));
    const sources = [...turning, ...nativeHistogram(statuses(20), { born: 1015 })];
    expect(judged(objective, [target([], { sources })])).toMatchObject({
      verdict: "pass",
      counts: { total: 6000, bad: 20 },
    });
  });

  it("reconciles with the client as any server counter", () => {
    const found = judged(objective, [native(statuses(0))], runFile({ serverCounter: COUNTER }));
    expect(found.verdict).toBe("pass");
    expect(judged({ ...objective, confidence: OBSERVED }, [native(statuses(60))]).verdict).toBe("pass");
  });
});

describe("a ratio over buckets", () => {
  const fast = errors({
    op: "atLeast",
    limit: 0.95,
    part: { kind: "good", selector: selector('http_request_duration_seconds_bucket{job="api",le="1"}') },
  });

  it('names an edge by its number: le="1" is stored as 1.0', () => {
    expect(judged(fast, [target(load(6000, 60, 2))])).toMatchObject({
      verdict: "pass",
      counts: { total: 6000, bad: 60 },
    });
  });

  it("counts it once where its spelling changes within the phase", () => {
    const spelled = (le: (edge: number) => string, there: (time: number) => boolean) =>
      histogram(load(6000, 60, 2), { le }).map((source) => ({
        ...source,
        at: (time: number) => (there(time) ? source.at(time) : null),
      }));
    const before = spelled(String, (time) => time < 1015).filter(({ labels }) => labels.le === "1");
    const others = histogram(load(6000, 60, 2)).filter(({ labels }) => labels.le !== "1.0");
    const after = spelled(
      (edge) => edge.toFixed(1),
      (time) => time >= 1015,
    ).filter(({ labels }) => labels.le === "1.0");
    expect(judged(fast, [target([], { sources: [...before, ...after, ...others] })])).toMatchObject({
      verdict: "pass",
      counts: { total: 6000, bad: 60 },
    });
    const twice = [
      ...histogram(load(6000, 60, 2)),
      ...spelled(String, () => true).filter(({ labels }) => labels.le === "1"),
    ];
    expect(judged(fast, [target([], { sources: twice })])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "duplicate-series" },
    });
  });
});

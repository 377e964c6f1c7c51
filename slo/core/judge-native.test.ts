import { describe, expect, it } from "vitest";
import { nativeHistogram } from "./fixtures/native.ts";
import { judged, latency, selector, target } from "./fixtures/scene.ts";
import { type Call, calls } from "./fixtures/service.ts";
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

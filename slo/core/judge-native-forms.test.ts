import { describe, expect, it } from "vitest";
import { nativeHistogram } from "./fixtures/native.ts";
import {
  clientCounts,
  errors,
  fileOf,
  judged,
  latency,
  OBSERVED,
  runFile,
  selector,
  target,
  verdictOf,
} from "./fixtures/scene.ts";
import { type Call, calls, histogram } from "./fixtures/service.ts";

/** `count` requests in the phase, `bad` of them `seconds` long, the others 20 ms. */
const load = (count: number, bad = 0, seconds = 0.4) => calls(1000, 1030, count, { bad, seconds });
const native = (
  all: readonly Call[],
  ...shape: Parameters<typeof nativeHistogram> extends [unknown, (infer Shape)?] ? [Shape?] : never
) => target([], { sources: nativeHistogram(all, shape[0]) });
const at = (limit: number) => latency({ atMost: limit });

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

  it.each([
    [6000, "pass", "pass"],
    [5999, "fail", "invalid"],
  ])("reconciles with the client's %i as any server counter: %s", (answered, verdict, run) => {
    const client = [clientCounts({ answered })];
    const report = verdictOf(fileOf(objective), runFile({ client }), { targets: [native(statuses(0))] });
    expect(report.validity.find(({ check }) => check === "reconciliation")?.verdict).toBe(verdict);
    expect(report.verdict).toBe(run);
  });

  it("is compared without a bound where it is only observed", () => {
    const observed = { ...objective, confidence: OBSERVED };
    expect(judged(observed, [native(statuses(60))]).verdict).toBe("pass");
    expect(judged(observed, [native(statuses(61))]).verdict).toBe("fail");
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

import { describe, expect, it } from "vitest";
import { judged, latency, OBSERVED, target } from "./fixtures/scene.ts";
import { calls, histogram } from "./fixtures/service.ts";

const steady = (bad: number, count = 6000, seconds = 0.5) => calls(1000, 1030, count, { bad, seconds });

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

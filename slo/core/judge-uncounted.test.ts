import { describe, expect, it } from "vitest";
import type { Missing } from "./evidence.ts";
import { course, DOWN, DOWN_TEXT, GAP, good, ratio, slow, told } from "./fixtures/counted.ts";

describe("a count that cannot be had", () => {
  const metric: Missing = { kind: "metric", name: "all_count", selector: 'all_count{a="b"}', instance: null };
  const label: Missing = { kind: "label", name: "code", selector: 'bad{code="5"}', instance: "a:1" };
  const spelling = "tells nothing; check its spelling.";

  it.each<[string, () => ReturnType<typeof ratio>, string]>([
    [
      "no-data: timeout",
      () => ratio([good], { failure: { request: "up", code: "timeout", text: "Too slow." }, missing: [metric] }),
      "Too slow.",
    ],
    [
      "no-data: unknown-metric",
      () => ratio([], { series: 0, missing: [metric] }),
      `There is no series of all_count and no native histogram all, so all_count{a="b"} ${spelling}`,
    ],
    [
      "no-data: unknown-metric",
      () => ratio([good], { missing: [{ ...metric, name: "all_total", instance: "a:1" }, label] }),
      `There is no series of all_total at a:1, which has traffic, so all_count{a="b"} ${spelling}`,
    ],
    [
      "no-data: unknown-metric",
      () => slow([], { series: 0, missing: [{ ...metric, name: "took_bucket", selector: "x_bucket" }] }),
      `There is no series of took_bucket and no native histogram took, so x_bucket ${spelling}`,
    ],
    [
      "no-data: unknown-metric",
      () => slow([], { series: 0, missing: [{ ...metric, name: "x_count", selector: "x_count" }] }),
      `There is no series of x_count, so x_count ${spelling}`,
    ],
    [
      "no-data: unknown-metric",
      () => ratio([], { series: 0, missing: [{ ...metric, name: "all_count_total" }] }),
      `There is no series of all_count_total, so all_count{a="b"} ${spelling}`,
    ],
    [
      "no-data: unknown-metric",
      () => slow([], { series: 0, missing: [{ ...metric, name: "a_bucket_size" }] }),
      `There is no series of a_bucket_size, so all_count{a="b"} ${spelling}`,
    ],
    [
      "no-data: no-series",
      () => slow([], { series: 0 }),
      "Nothing in Prometheus matches x_bucket. Check its labels, and that the target is scraped.",
    ],
    ["no-data: no-traffic", () => ratio([]), "Nothing was counted in steady. The load did not reach it."],
    [
      "no-data: unknown-label",
      () => ratio([good], { missing: [label] }),
      `No series of the metric has the label code at a:1, which has traffic, so bad{code="5"} ${spelling}`,
    ],
    [
      "no-data: unknown-label",
      () => ratio([good], { missing: [{ ...label, instance: null }] }),
      `No series of the metric has the label code, so bad{code="5"} ${spelling}`,
    ],
    [
      "no-data: no-series",
      () => ratio([], { series: 0, missing: [label] }),
      "Nothing in Prometheus matches all. No series of the metric has the label code. Check its labels, and that the target is scraped.",
    ],
    [
      "no-data: no-series",
      () => ratio([], { series: 0 }),
      "Nothing in Prometheus matches all. Check its labels, and that the target is scraped.",
    ],
    [
      "no-data: no-traffic",
      () => ratio([course([0, 0, 0], [[0, 0, 0]])]),
      "Nothing was counted in steady. The load did not reach it.",
    ],
    [
      "no-data: no-traffic",
      () => ratio([course([0, 0, 0], [[0, 0, 0]], { troubles: [GAP, DOWN] })]),
      `Nothing was counted in steady. ${DOWN_TEXT}`,
    ],
  ])("%s %#", (decision, judged, text) => {
    const found = judged();
    expect(told(found)).toEqual([decision, text]);
    expect(found).toMatchObject({ measured: null, counts: null, bound: null });
  });

  it("spans what was seen all the same, where only requests are missing", () => {
    const span = { from: "1970-01-01T00:16:30.000Z", to: "1970-01-01T00:17:20.000Z", coverage: 1 };
    expect(ratio([course([0, 0, 0], [[0, 0, 0]])]).span).toEqual(span);
    expect(ratio([good]).span).toEqual(span);
    expect(ratio([], { series: 0 }).span).toBeNull();
  });

  it("decides nothing on a fault, even without a request", () => {
    const faults = [{ code: "bad-value", text: "all is NaN" }] as const;
    for (const one of [good, course([0, 0, 0], [[0, 0, 0]])]) {
      const found = ratio([one], { faults });
      expect(told(found)).toEqual(["inconclusive: bad-value", "all is NaN: nothing is decided on such data."]);
      expect(found).toMatchObject({ measured: null, counts: null, bound: null });
    }
  });
});

it("has no data of a latency whose evidence is another's", () => {
  const counted = { kind: "ratio", part: "bad", total: "all" } as const;
  expect(told(slow([good], { counted }))).toEqual([
    "no-data: evidence-absent",
    "The evidence holds no buckets for this objective.",
  ]);
});

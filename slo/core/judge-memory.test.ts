import { describe, expect, it } from "vitest";
import type { HighWater, Replica } from "./evidence.ts";
import { judgedReplicas, replicaOf } from "./fixtures/replica.ts";
import { OBSERVED, resource } from "./fixtures/scene.ts";

const MIB = 1024 ** 2;
const gauge = (...values: readonly number[]): Partial<Replica> => ({
  gauge: {
    metric: "rss_bytes",
    measure: "RSS",
    times: values.map((_, index) => 1001 + index),
    values: values.map((value) => value * MIB),
  },
});
const mark = (
  [atStart, beforeEnd, atEnd]: readonly (number | null)[],
  change: Partial<HighWater> = {},
): Partial<Replica> => {
  const bytes = (value: number | null | undefined) => (value == null ? null : value * MIB);
  const marks = { atStart: bytes(atStart), beforeEnd: bytes(beforeEnd), atEnd: bytes(atEnd) };
  return { highWater: { metric: "peak_bytes", measure: "RSS", comparable: true, ...marks, ...change } };
};
const OWN = "api-1 (the process's own, without cAdvisor)";
const SEEN = `The peak of 2 samples of RSS (rss_bytes) of ${OWN} is 120 MiB, 256 MiB is allowed`;
const MEAN = { stat: "mean" } as const;

describe("memory, by samples and the kernel's marks", () => {
  it.each<[string, Parameters<typeof resource>[0], readonly Partial<Replica>[], string, string]>([
    [
      "a sample above the limit",
      {},
      [gauge(120, 300)],
      "fail: broken",
      `The peak of RSS (rss_bytes) of ${OWN} was 300 MiB; only 256 MiB is allowed.`,
    ],
    [
      "a mean above the limit",
      MEAN,
      [gauge(300, 302)],
      "fail: broken",
      `The mean of RSS (rss_bytes) of ${OWN} was 301 MiB; only 256 MiB is allowed.`,
    ],
    [
      "a mean below it, with a sample above",
      { ...MEAN, confidence: OBSERVED },
      [gauge(120, 300)],
      "pass: sampled",
      `The mean of 2 samples of RSS (rss_bytes) of ${OWN} is 210 MiB, 256 MiB is allowed; peaks between samples are not seen.`,
    ],
    [
      "a mark that grew over the limit",
      {},
      [gauge(120), mark([200, 300, 300])],
      "fail: broken",
      `The kernel's mark of RSS (peak_bytes) of ${OWN} grew to 300 MiB; only 256 MiB is allowed.`,
    ],
    [
      "a mark below the limit",
      {},
      [gauge(120), mark([200, 250, 250])],
      "pass: proven",
      `The kernel's mark of RSS (peak_bytes) of ${OWN} is 250 MiB; 256 MiB is allowed.`,
    ],
    [
      "samples alone",
      {},
      [gauge(120, 110)],
      "inconclusive: sampled",
      `${SEEN}, but a peak between two samples is not seen and there is no high-water mark. Say "confidence: observed" to take samples for it.`,
    ],
    [
      "samples alone, observed",
      { confidence: OBSERVED },
      [gauge(120, 110)],
      "pass: sampled",
      `${SEEN}; peaks between samples are not seen.`,
    ],
    [
      "nothing",
      {},
      [],
      "no-data: no-series",
      `${OWN} has no samples of memory in the phase: it may not be scraped, or not export it.`,
    ],
  ])("%s", (_, change, parts, decision, text) => {
    const { verdict, reason } = judgedReplicas(resource(change), [replicaOf(Object.assign({}, ...parts))]);
    expect([`${verdict}: ${reason.code}`, reason.text]).toEqual([decision, text]);
  });

  const before = `${SEEN}, but the kernel's mark of RSS (peak_bytes) stands at 300 MiB, `;
  const again =
    'and not from samples in this phase. Start the service afresh before the run, or say "confidence: observed".';
  const cache =
    'and with page cache, which the limit is not about. Say "confidence: observed" to take samples for the peak.';
  it.each<[string, Parameters<typeof mark>, string]>([
    ["was there before", [[300, 300, 300]], again],
    ["was not told at the start", [[null, 300, 300]], again],
    ["was not told before the end", [[200, null, 300]], again],
    ["grew after the last sample", [[200, 200, 300]], again],
    ["holds other memory as well", [[200, 300, 300], { comparable: false }], cache],
  ])("a mark above the limit breaks nothing where it %s", (_, marks, why) => {
    const found = judgedReplicas(resource(), [replicaOf({ ...gauge(120, 110), ...mark(...marks) })]);
    expect(found).toMatchObject({ verdict: "inconclusive", reason: { code: "high-water-before", text: before + why } });
  });

  it("a peak by the kernel's mark breaks no mean", () => {
    const parts = { ...gauge(120, 110), ...mark([200, 300, 300]) };
    expect(judgedReplicas(resource(MEAN), [replicaOf(parts)]).verdict).toBe("inconclusive");
  });

  it.each<[readonly Partial<Replica>[], object | null]>([
    [[], null],
    [[gauge(120)], { value: 120 * MIB, lower: 120 * MIB, upper: null, unit: "bytes" }],
    [[mark([300, 300, 300])], { value: 300 * MIB, lower: null, upper: 300 * MIB, unit: "bytes" }],
    [[mark([200, 210, 300])], { value: 210 * MIB, lower: 210 * MIB, upper: 300 * MIB, unit: "bytes" }],
    [[gauge(120), mark([200, 210, 220])], { value: 210 * MIB, lower: 210 * MIB, upper: 220 * MIB, unit: "bytes" }],
    [[gauge(215), mark([200, 210, 220])], { value: 215 * MIB, lower: 215 * MIB, upper: 220 * MIB, unit: "bytes" }],
  ])("%# is measured between what was seen and the mark", (parts, measured) => {
    const found = judgedReplicas(resource(), [replicaOf(Object.assign({}, ...parts))]);
    expect(found.measured).toEqual(measured);
  });
});

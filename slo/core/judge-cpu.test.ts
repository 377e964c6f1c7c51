import { describe, expect, it } from "vitest";
import type { Throttling } from "./evidence.ts";
import { judgedReplicas, replicaOf } from "./fixtures/replica.ts";
import { events, OBSERVED, resource, STEADY } from "./fixtures/scene.ts";

const PEAK = { resource: "cpu", stat: "peak", atMost: 1 } as const;
const MEAN = { resource: "cpu", stat: "mean", atMost: 1 } as const;
/** Intervals over the start, within, and over the end. */
const TIMES = [990, 1010, 1020, 1040];
const used = (...seconds: readonly number[]) => ({ metric: "cpu_seconds", times: TIMES, used: seconds });
const judgedCpu = (
  change: Parameters<typeof resource>[0],
  cpu: { metric: string; times: readonly number[]; used: readonly number[] } | null,
  phase = STEADY,
) => {
  const { verdict, reason, measured } = judgedReplicas(resource(change), [replicaOf({ cpu })], {}, phase);
  return { decision: `${verdict}: ${reason.code}`, text: reason.text, measured };
};
const WHO = "api-1 (cpu_seconds, the process's own, without cAdvisor) used";
const NONE = "api-1 has no two samples of its CPU in the phase: it may not be scraped, or not export it.";

describe("CPU, by what was used from scrape to scrape", () => {
  it.each<[string, Parameters<typeof resource>[0], readonly number[], string, string]>([
    ["at its busiest above", PEAK, [0, 15, 0], "fail: broken", `${WHO} 1.5 cores at its busiest; only 1 core allowed.`],
    [
      "at its busiest below",
      PEAK,
      [0, 5, 0],
      "inconclusive: sampled",
      `${WHO} 0.5 cores at its busiest, 1 core allowed, but a busier moment between two scrapes is not seen. Use "stat: mean", or say "confidence: observed".`,
    ],
    [
      "at its busiest below, observed",
      { ...PEAK, confidence: OBSERVED },
      [40, 5, 40],
      "pass: sampled",
      `${WHO} 0.5 cores at its busiest; 1 core allowed.`,
    ],
    ["all in all above", MEAN, [0, 36, 0], "fail: broken", `${WHO} 0.72 cores; only 0.7 cores allowed.`],
    ["all in all below", MEAN, [5, 5, 5], "pass: proven", `${WHO} 0.3 cores; 1 core allowed.`],
    [
      "all in all, with the edges above",
      MEAN,
      [10, 20, 10],
      "inconclusive: phase-edge",
      `${WHO} 0.8 cores, 1 core allowed, but with what the scrape intervals at the edges hold it can have been 1.33 cores. Judge a longer phase.`,
    ],
    [
      "all in all below, observed",
      { ...MEAN, confidence: OBSERVED },
      [10, 20, 10],
      "pass: observed",
      `${WHO} 0.8 cores; 1 core allowed.`,
    ],
    [
      "all in all above, observed",
      { ...MEAN, confidence: OBSERVED },
      [20, 20, 20],
      "fail: broken",
      `${WHO} 1.2 cores; only 1 core allowed.`,
    ],
  ])("%s", (name, change, seconds, decision, text) => {
    const limit = name === "all in all above" ? { atMost: 0.7 } : {};
    expect(judgedCpu({ ...change, ...limit }, used(...seconds))).toMatchObject({ decision, text });
  });

  it("is at least what was used within, and at most all that the edges hold", () => {
    expect(judgedCpu(MEAN, used(3, 6, 9)).measured).toEqual({ value: 0.36, lower: 0.2, upper: 0.6, unit: "cores" });
    expect(judgedCpu(PEAK, used(30, 6, 90)).measured).toEqual({ value: 0.6, lower: 0.6, upper: null, unit: "cores" });
  });

  it.each([MEAN, PEAK])("is nothing without two samples: $stat", (change) => {
    for (const times of [[], [1010], [1010, 1010]])
      expect(judgedCpu(change, { metric: "cpu_seconds", times, used: times.slice(1).map(() => 0) })).toEqual({
        decision: "no-data: no-series",
        text: NONE,
        measured: null,
      });
    expect(judgedCpu(change, null)).toMatchObject({ decision: "no-data: no-series", text: NONE });
  });

  it("has no mean over no time, and no peak in none of the phase", () => {
    const nowhen = { ...STEADY, to: STEADY.from };
    expect(judgedCpu(MEAN, used(0, 0, 0), nowhen).decision).toBe("no-data: no-series");
    expect(judgedCpu(PEAK, { metric: "cpu_seconds", times: [990, 1040], used: [100] }).decision).toBe(
      "no-data: no-series",
    );
  });
});

describe("throttling, by periods from look to look", () => {
  const throttling = (throttled: readonly number[], periods: readonly number[], atMost = 0.5, observed = false) => {
    const course: Throttling = { metric: "periods", times: TIMES, throttled, periods };
    const objective = events({ resource: "throttling", atMost, ...(observed ? { confidence: OBSERVED } : {}) });
    const { verdict, reason, measured } = judgedReplicas(objective, [replicaOf({ throttling: course })]);
    return { decision: `${verdict}: ${reason.code}`, text: reason.text, measured };
  };
  const seen = (share: string, counts: string) => `api-1 was throttled in ${share} of its CPU periods (${counts})`;

  it.each<[string, Parameters<typeof throttling>, string, string]>([
    [
      "above",
      [
        [0, 9, 0],
        [0, 10, 0],
      ],
      "fail: broken",
      `${seen("90 %", "9 of 10")}; only 50 % allowed.`,
    ],
    [
      "below",
      [
        [0, 1, 0],
        [5, 10, 5],
      ],
      "pass: proven",
      `${seen("5 %", "1 of 20")}; 50 % allowed.`,
    ],
    [
      "open at the edges",
      [
        [5, 4, 0],
        [10, 10, 0],
      ],
      "inconclusive: phase-edge",
      `${seen("45 %", "9 of 20")}, 50 % allowed, but with what the scrape intervals at the edges hold it can have been 60 %. Judge a longer phase.`,
    ],
    [
      "open, observed below",
      [[5, 4, 0], [10, 10, 0], 0.5, true],
      "pass: observed",
      `${seen("45 %", "9 of 20")}; 50 % allowed.`,
    ],
    [
      "open, observed above",
      [[5, 4, 0], [10, 10, 0], 0.4, true],
      "fail: broken",
      `${seen("45 %", "9 of 20")}; only 40 % allowed.`,
    ],
  ])("%s", (_, given, decision, text) => {
    expect(throttling(...given)).toMatchObject({ decision, text });
  });

  it("lies between its extremes at the edges", () => {
    const share = { value: 9 / 20, lower: 4 / 15, upper: 9 / 15, unit: "ratio" };
    expect(throttling([5, 4, 0], [10, 10, 0]).measured).toEqual(share);
    expect(throttling([0, 0, 0], [10, 0, 10]).measured).toEqual({ value: 0, lower: 0, upper: 1, unit: "ratio" });
    expect(throttling([10, 0, 0], [10, 0, 0]).measured).toEqual({ value: 1, lower: 0, upper: 1, unit: "ratio" });
  });

  it("is nothing where nothing ran, or without a quota", () => {
    expect(throttling([0, 0, 0], [0, 0, 0])).toEqual({
      decision: "no-data: no-traffic",
      text: "api-1 did not run in the phase, so nothing could be throttled: its periods stood still.",
      measured: null,
    });
    expect(judgedReplicas(events({ resource: "throttling" }), [replicaOf()]).reason).toEqual({
      code: "no-limit",
      text: "api-1 has no series of throttling: cAdvisor exports them for containers with a CPU quota only. Set one, or leave the objective out.",
    });
  });
});

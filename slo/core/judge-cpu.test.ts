import { describe, expect, it } from "vitest";
import { judgedReplicas, replicaOf } from "./fixtures/replica.ts";
import { OBSERVED, resource, STEADY } from "./fixtures/scene.ts";

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

import { describe, expect, it } from "vitest";
import type { Replica, Throttling } from "./evidence.ts";
import { events, OBSERVED, STEADY } from "./fixtures/scene.ts";
import { judgeThrottling } from "./judge-throttling.ts";

const REPLICA: Replica = {
  name: "api-1",
  gauge: null,
  highWater: null,
  cpu: null,
  limit: null,
  throttling: null,
  events: null,
  coverage: 1,
  troubles: [],
  faults: [],
};

/** Periods before the phase's start, within it and after its end, with how many of them were throttled. */
function judged(periods: readonly number[], throttled: readonly number[], atMost = 0.05, observed = false) {
  const course: Throttling = { metric: "periods", times: [999, 1001, 1029, 1031], periods, throttled };
  const objective = events({ resource: "throttling", atMost, ...(observed ? { confidence: OBSERVED } : {}) });
  const { verdict, reason, measured } = judgeThrottling({ ...REPLICA, throttling: course }, objective, STEADY);
  const told = measured === null ? null : [measured.value, measured.lower, measured.upper];
  return [verdict, reason.code, reason.text, told];
}

const SEEN = "api-1 was throttled in 4 % of its CPU periods (12 of 300)";

describe("the share of throttled periods", () => {
  it("lies between what is least and most, as the edges' periods may be in the phase or not", () => {
    expect(judged([50, 200, 50], [3, 6, 3], 0.1)).toEqual([
      "pass",
      "proven",
      `${SEEN}; 10 % allowed.`,
      [0.04, 6 / 294, 12 / 206],
    ]);
  });

  it("fails where even the least is too much", () => {
    expect(judged([50, 200, 50], [3, 6, 3], 0.02).slice(0, 3)).toEqual([
      "fail",
      "broken",
      `${SEEN}; only 2 % allowed.`,
    ]);
  });

  it("is open between the two, and compared where that is asked for", () => {
    const open =
      "4 % allowed, but with what the scrape intervals at the edges hold it can have been 5.83 %. Judge a longer phase.";
    expect(judged([50, 200, 50], [3, 6, 3], 0.04).slice(0, 3)).toEqual([
      "inconclusive",
      "phase-edge",
      `${SEEN}, ${open}`,
    ]);
    const observed = (atMost: number) => judged([50, 200, 50], [3, 6, 3], atMost, true).slice(0, 3);
    expect(observed(0.04)).toEqual(["pass", "observed", `${SEEN}; 4 % allowed.`]);
    expect(observed(0.03)).toEqual(["fail", "broken", `${SEEN}; only 3 % allowed.`]);
  });

  it("is open where all periods lie at the edges", () => {
    expect(judged([50, 0, 50], [0, 0, 0])).toEqual([
      "inconclusive",
      "phase-edge",
      "api-1 was throttled in 0 % of its CPU periods (0 of 100), 5 % allowed, but with what the scrape intervals at the edges hold it can have been 100 %. Judge a longer phase.",
      [0, 0, 1],
    ]);
    expect(judged([50, 0, 50], [50, 0, 50])[3]).toEqual([1, 0, 1]);
  });

  it("is told of nobody who did not run, or has no quota", () => {
    expect(judged([0, 0, 0], [0, 0, 0])).toEqual([
      "no-data",
      "no-traffic",
      "api-1 did not run in the phase, so nothing could be throttled: its periods stood still.",
      null,
    ]);
    const { verdict, reason, measured } = judgeThrottling(REPLICA, events({ resource: "throttling" }), STEADY);
    expect([verdict, reason.code, reason.text, measured]).toEqual([
      "no-data",
      "no-limit",
      "api-1 has no series of throttling: cAdvisor exports them for containers with a CPU quota only. Set one, or leave the objective out.",
      null,
    ]);
  });
});

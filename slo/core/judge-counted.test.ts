import { describe, expect, it } from "vitest";
import type { Course } from "./evidence.ts";
import { course, DOWN, DOWN_TEXT, GAP, good, ratio, slow, told } from "./fixtures/counted.ts";
import { OBSERVED } from "./fixtures/scene.ts";

const BUSY = { before: "moved", after: "moved" } as const;

describe("a count that decides", () => {
  const bad = (count: number, change: Partial<Course> = {}) => course([0, 6000, 0], [[0, count, 0]], change);
  const RARE = "Bursts rarer than about five a phase cannot be excluded.";

  it.each<[string, () => ReturnType<typeof ratio>, string]>([
    [
      "pass: proven",
      () => ratio([good]),
      `0 of 6000 were bad: at most 0.0499 % with 95 % confidence; 0.1 % is allowed. ${RARE}`,
    ],
    [
      "pass: observed",
      () => ratio([bad(6)], { objective: { confidence: OBSERVED } }),
      "6 of 6000 were bad; 0.1 % is allowed.",
    ],
    [
      "fail: broken",
      () => ratio([bad(60)], { saturated: true }),
      "60 of 6000 were bad (1 %): at least 0.798 % with 95 % confidence; only 0.1 % is allowed.",
    ],
    [
      "pass: proven",
      () => ratio([bad(0, { troubles: [GAP] })]),
      `0 of 6000 were bad: at most 0.0499 % with 95 % confidence; 0.1 % is allowed. ${RARE}`,
    ],
    ["inconclusive: target-down", () => ratio([good, bad(0, { troubles: [GAP, DOWN] })]), DOWN_TEXT],
    [
      "fail: broken",
      () => ratio([bad(60, { troubles: [DOWN] })]),
      "60 of 6000 were bad (1 %): at least 0.798 % with 95 % confidence; only 0.1 % is allowed.",
    ],
    [
      "inconclusive: coverage",
      () => ratio([bad(60, { coverage: 0.5 })]),
      "Only 50 % of steady is covered, 90 % must be.",
    ],
    [
      "inconclusive: coverage",
      () => ratio([bad(0, { coverage: 0.5, troubles: [DOWN] })]),
      `Only 50 % of steady is covered, 90 % must be. ${DOWN_TEXT}`,
    ],
    [
      "inconclusive: zero-unprovable",
      () => ratio([good], { objective: { limit: 0 } }),
      '0 of 6000 were bad, and none is allowed; no number of requests proves that none ever will. Say "confidence: observed" to compare without a bound.',
    ],
    [
      "inconclusive: generator-saturated",
      () =>
        slow(
          [
            course(
              [0, 6000, 0],
              [
                [0, 3000, 0],
                [0, 3000, 0],
              ],
            ),
          ],
          { saturated: true },
        ),
      "3000 of 6000 took longer than 300 ms, but the load generator was saturated: the slowness may be its own. Offer less, or give it more room.",
    ],
    [
      "inconclusive: phase-edge",
      () => ratio([course([500, 6000, 500], [[8, 0, 0]], BUSY)]),
      "With the scrape intervals that cross the edges 8 of 7000 were bad, without them 0 of 6000 were bad: which of it belongs here cannot be told. Judge a longer window, or let the load pause at its edges.",
    ],
    [
      "inconclusive: phase-edge",
      () => ratio([course([90, 10, 0], [[90, 0, 0]], BUSY)]),
      "With the scrape intervals that cross the edges 90 of 100 were bad, without them 0 of 10 were bad: which of it belongs here cannot be told. Judge a longer window, or let the load pause at its edges.",
    ],
    [
      "inconclusive: too-few-requests",
      () => ratio([course([5, 50, 5], [[0, 0, 0]], BUSY)]),
      "0 of 60 were bad (0 %) with 0.1 % allowed: too few to tell with 95 % confidence. 2935 more requests at the same share would prove it met.",
    ],
    [
      "inconclusive: phase-edge",
      () =>
        slow([
          course(
            [300, 280, 300],
            [
              [296, 280, 295],
              [300, 280, 300],
            ],
            BUSY,
          ),
        ]),
      "With the scrape intervals that cross the edges 9 of 880 took longer than 300 ms, without them 0 of 280 took longer than 300 ms: which of it belongs here cannot be told. Judge a longer window, or let the load pause at its edges.",
    ],
    [
      "inconclusive: bucket-edge",
      () =>
        slow([
          course(
            [0, 6000, 0],
            [
              [0, 5000, 0],
              [0, 6000, 0],
            ],
          ),
        ]),
      "Between 0 and 1000 of 6000 took longer than 300 ms; 1 % is allowed. The histogram has no edge at 300 ms (100 ms below, 400 ms above); add the edge 0.3 to it.",
    ],
    [
      "inconclusive: bucket-edge",
      () =>
        slow([
          course(
            [0, 100, 0],
            [
              [0, 50, 0],
              [0, 100, 0],
            ],
          ),
        ]),
      "Between 0 and 50 of 100 took longer than 300 ms; 1 % is allowed. The histogram has no edge at 300 ms (100 ms below, 400 ms above); add the edge 0.3 to it.",
    ],
    [
      "inconclusive: too-few-requests",
      () =>
        slow([
          course(
            [0, 10, 0],
            [
              [0, 10, 0],
              [0, 10, 0],
            ],
          ),
        ]),
      "0 of 10 took longer than 300 ms (0 %) with 1 % allowed: too few to tell with 95 % confidence. 289 more requests at the same share would prove it met.",
    ],
  ])("%s %#", (decision, found, text) => {
    expect(told(found())).toEqual([decision, text]);
  });

  it("shows its bound, with the burst it rests on where there is one", () => {
    const { bound } = ratio([good], { objective: { burst: 2 } });
    expect(bound).toEqual({ lower: 0, upper: expect.any(Number), burst: { taken: 2, declared: 2 } });
    expect(bound?.upper).toBeCloseTo(0.000998, 6);
    expect(Object.keys(ratio([good]).bound ?? {})).toEqual(["lower", "upper"]);
    expect(ratio([good], { objective: { confidence: OBSERVED } }).bound).toBeNull();
  });

  it("counts between what the buckets leave open", () => {
    const open = slow([
      course(
        [0, 6000, 0],
        [
          [0, 5000, 0],
          [0, 5900, 0],
        ],
      ),
    ]);
    expect(open.counts).toEqual({ total: 6000, bad: 100, badAtMost: 1000 });
    expect(ratio([bad(1)]).counts).toEqual({ total: 6000, bad: 1 });
  });

  it("measures no share of no request at the edges", () => {
    const measured = ratio([course([40, 0, 0], [[0, 0, 0]], BUSY)]).measured;
    expect(measured).toEqual({ value: 0, lower: 0, upper: null, unit: "ratio" });
  });
});

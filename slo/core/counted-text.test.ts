import { describe, expect, it } from "vitest";
import { failText, passText, type Told, tooFewText, zeroAllowedText } from "./counted-text.ts";
import { dispersionOf } from "./dispersion.ts";
import type { Confidence } from "./objective.ts";
import { widenedBound } from "./widened.ts";

interface Case {
  readonly allowed?: number;
  readonly confidence?: Confidence;
  /** What the objective declares of bursts. */
  readonly floor?: number;
  readonly badAtMost?: number;
  /** All of the bad ones in this many of a hundred cells, evenly over the time; as many as there are by default. */
  readonly bursts?: number;
}

const OBSERVED: Confidence = { kind: "observed" };

function told(bad: number, total: number, given: Case = {}): Told {
  const { allowed = 0.001, confidence = { kind: "bounded", level: 0.95 }, floor = 1, badAtMost = bad } = given;
  const { bursts = badAtMost } = given;
  const cells = Array.from({ length: 100 }, (_, index) => {
    const here = Math.floor(((index + 1) * bursts) / 100) > Math.floor((index * bursts) / 100);
    return { bad: here ? badAtMost / bursts : 0, total: total / 100 };
  });
  const shown = { bad, badAtMost, total };
  return {
    mix: { worst: { bad: badAtMost, total }, best: { bad, total }, shown },
    widen: (counts, level) => widenedBound(counts, dispersionOf(cells), floor, level),
    allowed,
    confidence,
    words: "were bad",
  };
}
const RARE = "Bursts rarer than about five a phase cannot be excluded.";

describe("what is told of a pass", () => {
  it.each<[string, Told]>([
    [`0 of 6000 were bad: at most 0.0499 % with 95 % confidence; 0.1 % is allowed. ${RARE}`, told(0, 6000)],
    ["3 of 6000 were bad; 0.1 % is allowed.", told(3, 6000, { confidence: OBSERVED })],
    ["4 of 6000 were bad; 0.1 % is allowed.", told(3, 6000, { confidence: OBSERVED, badAtMost: 4 })],
    [
      `0 of 6000 were bad: at most 0.0519 % with 95 % confidence; 0.1 % is allowed. ${RARE}`,
      told(0, 6000, { floor: 1.04 }),
    ],
    [
      `0 of 6000 were bad: at most 0.0524 % with 95 % confidence, taking them to come about 1.1 at a time; 0.1 % is allowed. ${RARE}`,
      told(0, 6000, { floor: 1.05 }),
    ],
    [
      `0 of 6000 were bad: at most 0.123 % with 95 % confidence, taking them to come about 2.5 at a time; 0.1 % is allowed. ${RARE}`,
      told(0, 6000, { floor: 2.46 }),
    ],
    [
      `20 of 6000 were bad: at most 0.753 % with 95 % confidence, taking them to come about 4.9 at a time; 5 % is allowed. ${RARE}`,
      told(20, 6000, { allowed: 0.05, bursts: 4 }),
    ],
    [
      `0 of 6000 were bad: at most 0.127 % with 99.95 % confidence; 0.1 % is allowed. ${RARE}`,
      told(0, 6000, { confidence: { kind: "bounded", level: 0.9995 } }),
    ],
    [
      `2 of 6000 were bad: at most 0.105 % with 95 % confidence; 1 % is allowed. ${RARE}`,
      told(1, 6000, { badAtMost: 2, allowed: 0.01 }),
    ],
    [
      `0 of 2999 were bad: at most 0.0998 % with 95 % confidence; 0.0999 % is allowed. ${RARE}`,
      told(0, 2999, { allowed: 0.000999 }),
    ],
  ])("%s", (text, of) => {
    expect(passText(of)).toBe(text);
  });
});

describe("what is told of a breach", () => {
  it.each<[string, Told]>([
    ["60 of 6000 were bad (1 %): at least 0.798 % with 95 % confidence; only 0.1 % is allowed.", told(60, 6000)],
    ["60 of 6000 were bad (1 %); only 0.1 % is allowed.", told(60, 6000, { confidence: OBSERVED })],
    [
      "2001 of 2\u202f000\u202f000 were bad (0.1001 %); only 0.1 % is allowed.",
      told(2001, 2000000, { confidence: OBSERVED }),
    ],
    [
      "60 of 6000 were bad (1 %): at least 0.798 % with 95 % confidence; only 0.1 % is allowed.",
      told(60, 6000, { badAtMost: 90, bursts: 2, floor: 9 }),
    ],
  ])("%s", (text, of) => {
    expect(failText(of)).toBe(text);
  });
});

describe("what is told where there are too few", () => {
  it.each<[string, Told]>([
    [
      "2 of 6000 were bad (0.0333 %) with 0.1 % allowed: too few to tell with 95 % confidence. 583 more requests at the same share would prove it met.",
      told(2, 6000),
    ],
    ["2 of 6000 were bad (0.0333 %) with 0.1 % allowed: too few to tell.", told(2, 6000, { confidence: OBSERVED })],
    [
      "8 of 6000 were bad (0.133 %) with 0.1 % allowed: too few to tell with 95 % confidence. 22\u202f731 more requests at the same share would prove it broken.",
      told(8, 6000),
    ],
    [
      "8 of 6000 were bad (0.133 %) with 0.1 % allowed: too few to tell with 95 % confidence. 22\u202f731 more requests at the same share would prove it broken.",
      told(8, 6000, { floor: 5 }),
    ],
    [
      "6 of 6000 were bad (0.1 %) with 0.1 % allowed: too few to tell with 95 % confidence. The share is at the limit itself: no number of requests would tell.",
      told(6, 6000),
    ],
    [
      "0 of 100 were bad (0 %) with 0.1 % allowed: too few to tell with 95 % confidence. 2895 more requests at the same share would prove it met.",
      told(0, 100),
    ],
    [
      "0 of 100 were bad (0 %) with 0.1 % allowed: too few to tell with 95 % confidence, taking them to come about 2 at a time. 5889 more requests at the same share, no more together, would prove it met.",
      told(0, 100, { floor: 2 }),
    ],
    [
      "12 of 6000 were bad (0.2 %) with 0.3 % allowed: too few to tell with 95 % confidence, taking them to come about 3.9 at a time. 27\u202f293 more requests at the same share, no more together, would prove it met.",
      told(12, 6000, { allowed: 0.003, bursts: 3 }),
    ],
    [
      "0 of 100 were bad (0 %) with 0.1 % allowed: too few to tell with 95 % confidence, taking them to come about 1.1 at a time. 3044 more requests at the same share, no more together, would prove it met.",
      told(0, 100, { floor: 1.05 }),
    ],
  ])("%s", (text, of) => {
    expect(tooFewText(of)).toBe(text);
  });
});

it("says of none allowed that nothing proves it", () => {
  expect(zeroAllowedText(told(0, 6000, { allowed: 0 }))).toBe(
    '0 of 6000 were bad, and none is allowed; no number of requests proves that none ever will. Say "confidence: observed" to compare without a bound.',
  );
});

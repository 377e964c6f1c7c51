import { describe, expect, it } from "vitest";
import { UNCHANGED } from "./judged.ts";
import { fuzz, SUBJECTS } from "./run.ts";
import { SCENES } from "./scenes.ts";
import { failureText, summaryLine } from "./text.ts";

/** Larger numbers: `npm run fuzz`. */
const COUNT = 2000;
const SEED = 20_261_122;

describe("fuzzing", () => {
  it.each(SUBJECTS)("finds nothing that breaks in mutated %s", { timeout: 600_000 }, (subject) => {
    const result = fuzz(subject, { seed: SEED, count: COUNT });
    expect(failureText(result)).toBe("");
    expect(result.cases).toBe(COUNT);
    const outcomes =
      subject !== "answers" ? ["read", "refused"] : ["fail", "inconclusive", "invalid", "no-data", "pass"];
    expect(Object.keys(result.outcomes).toSorted()).toEqual(outcomes);
  });

  it("does the same again with the same seed, and something else with another", () => {
    const [once, again, other] = [5, 5, 6].map((seed) => fuzz("answers", { seed, count: 60 }));
    expect(again).toEqual(once);
    expect(other?.outcomes).not.toEqual(once?.outcomes);
  });

  it("starts from every verdict", () => {
    const verdicts = SCENES.map(({ name }, index) => [
      name,
      UNCHANGED[index]?.run,
      UNCHANGED[index]?.objectives.join(" "),
    ]);
    expect(verdicts).toMatchInlineSnapshot(`
      [
        [
          "healthy",
          "pass",
          "pass pass pass pass pass",
        ],
        [
          "healthy window",
          "pass",
          "pass pass pass pass pass",
        ],
        [
          "two healthy replicas",
          "pass",
          "pass pass pass pass pass",
        ],
        [
          "everything broken",
          "fail",
          "fail fail fail fail fail",
        ],
        [
          "everything broken in a window",
          "fail",
          "fail fail fail fail fail",
        ],
        [
          "too little of it",
          "invalid",
          "inconclusive inconclusive pass pass no-data",
        ],
        [
          "no requests",
          "invalid",
          "no-data no-data pass pass no-data",
        ],
        [
          "nothing",
          "invalid",
          "no-data no-data no-data no-data no-data",
        ],
        [
          "no edge at the limit",
          "fail",
          "inconclusive fail pass pass no-data",
        ],
        [
          "restarted",
          "invalid",
          "inconclusive inconclusive inconclusive inconclusive no-data",
        ],
        [
          "down for a while",
          "no-data",
          "inconclusive inconclusive inconclusive inconclusive no-data",
        ],
        [
          "without a clock",
          "no-data",
          "inconclusive inconclusive inconclusive inconclusive no-data",
        ],
        [
          "gone before the end",
          "invalid",
          "inconclusive inconclusive inconclusive inconclusive no-data",
        ],
      ]
    `);
  });

  it("tells what broke, by its smallest input, and how to see it again", () => {
    const failure = { input: "{}", why: "Error: odd" };
    const broken = { subject: "answers", seed: 5, cases: 3, outcomes: { pass: 1, fail: 2 }, failure } as const;
    expect(summaryLine(broken)).toBe("3 Prometheus answers (seed 5): fail 2, pass 1; broke at case 3");
    expect(failureText(broken)).toBe(
      "Error: odd\nsmallest input:\n{}\nagain: npm run fuzz -- --only answers --seed 5 --count 3",
    );
  });
});

import { describe, expect, it } from "vitest";
import { UNCHANGED } from "./judged.ts";
import { fuzz, SUBJECTS, type Subject } from "./run.ts";
import { SCENES } from "./scenes.ts";
import { failureText, summaryLine } from "./text.ts";

/** Larger numbers: `npm run fuzz`. */
const countOf = (subject: Subject) => (subject === "checks" ? 300 : 2000);
const SEED = 20_261_122;

describe("fuzzing", () => {
  it.each(SUBJECTS)("finds nothing that breaks: %s", { timeout: 600_000 }, async (subject) => {
    const result = await fuzz(subject, { seed: SEED, count: countOf(subject) });
    expect(failureText(result)).toBe("");
    expect(result.cases).toBe(countOf(subject));
    const files = subject === "objectives" || subject === "openslo";
    const outcomes = files ? ["read", "refused"] : ["fail", "inconclusive", "invalid", "no-data", "pass"];
    expect(Object.keys(result.outcomes).toSorted()).toEqual(outcomes);
  });

  it.each([
    ["answers", 60],
    ["lives", 30],
    ["checks", 10],
  ] as const)("does the same again with the same seed, and something else with another: %s", async (subject, count) => {
    const [once, again, other] = [
      await fuzz(subject, { seed: 5, count }),
      await fuzz(subject, { seed: 5, count }),
      await fuzz(subject, { seed: 6, count }),
    ];
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
          "native",
          "pass",
          "pass pass pass pass pass",
        ],
        [
          "broken native",
          "fail",
          "fail fail pass pass no-data",
        ],
        [
          "classic and native",
          "fail",
          "fail fail pass pass no-data",
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

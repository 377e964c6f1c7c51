import { expect, it } from "vitest";
import { judgeLives, livesText } from "./truth.ts";

// Each was a pass that was not so, of a replica that was lost before the phase and found dead after it.
it.each([103_790_208, 115_019_350, 137_786_475])("proves nothing of what it cannot know: %i", (seed) => {
  const { objectives } = judgeLives(seed);
  expect(objectives.map(({ verdict, reason }) => [verdict, reason.code])).toEqual([
    ["inconclusive", "coverage"],
    ["inconclusive", "coverage"],
  ]);
});

it("shows who lived when, and when it was scraped, in vain with a minus", () => {
  const shown = JSON.parse(livesText(103_790_208));
  expect(shown).toMatchObject({ seed: 103_790_208, paused: true, every: 2 });
  expect(shown.lives[0]).toMatchObject({
    instance: "r0:9464",
    processes: [{ from: 900, to: 1014.765_446_842_538_8, calls: 1507 }],
    scrapes: expect.arrayContaining([994.676, -1056.676]),
  });
});

import { describe, expect, it } from "vitest";
import { seenTargets } from "./seen-targets.ts";

const up = (times: readonly number[], value = 1, labels: Readonly<Record<string, string>> = {}) => ({
  labels: { __name__: "up", job: "api", instance: "api-1", ...labels },
  times,
  values: times.map(() => value),
});

describe("targets by their samples of up", () => {
  it.each([
    ["scraped", up([90, 95, 100]), "up", 5],
    ["down", up([90, 95, 100], 0), "down", 5],
    ["late, within patience", up([73, 78, 83]), "up", 5],
    ["no longer scraped", up([67, 72, 77]), "gone", 5],
    ["scraped once, long ago", up([10]), "up", null],
  ])("%s", (_name, series, state, interval) => {
    expect(seenTargets([series], 100)).toEqual([
      { labels: { job: "api", instance: "api-1" }, state, why: null, interval },
    ]);
  });

  it.each([
    [
      "lives",
      [up([90, 95, 100]), up([50, 55], 1, { zone: "a" })],
      { state: "up", labels: { job: "api", instance: "api-1" } },
    ],
    ["was scraped as long ago, and lives", [up([40, 70, 100]), up([50, 55], 1, { zone: "a" })], { interval: 30 }],
    [
      "lives, though it is scraped more often",
      [up([98, 99, 100]), up([50, 55], 1, { zone: "a" })],
      { interval: 1, labels: { job: "api", instance: "api-1" } },
    ],
    ["tells its interval", [up([90, 95, 100]), up([100])], { interval: 5 }],
    ["is scraped more rarely", [up([80, 90, 100]), up([98, 99, 100])], { interval: 10 }],
    ["is scraped more rarely, told of last", [up([98, 99, 100]), up([80, 90, 100])], { interval: 10 }],
  ])("of one that is told of twice, takes what %s", (_what, twice, expected) => {
    for (const all of [twice, twice.toReversed()]) {
      const seen = seenTargets(all, 100);
      expect(seen).toHaveLength(1);
      expect(seen[0]).toMatchObject(expected);
    }
  });

  it("takes one that is told of twice once, and the one that lives where labels changed; in the order of names", () => {
    const again = [
      up([100]),
      up([90, 95, 100]),
      up([50, 55], 1, { zone: "a" }),
      up([95, 100], 1, { instance: "api-0" }),
    ];
    expect(seenTargets(again, 100).map(({ labels, state }) => [labels, state])).toEqual([
      [{ job: "api", instance: "api-0" }, "up"],
      [{ job: "api", instance: "api-1" }, "up"],
    ]);
  });
});

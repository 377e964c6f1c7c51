import { describe, expect, it } from "vitest";
import { type Clock, readClocks } from "./clock.ts";
import { judged, latency, target } from "./fixtures/scene.ts";
import { calls } from "./fixtures/service.ts";
import { scrapes } from "./fixtures/world.ts";
import { reachOf } from "./reach.ts";
import { watchedOf } from "./watched.ts";

describe("a process born in the phase", () => {
  const born = (at: number, instance = "new:1") =>
    target(calls(at + 1, 1030, 2000), { instance, scrapes: scrapes(at + 1.25, 1050.25, 1), start: () => at });

  it("counts whole where another target was watched before", () => {
    expect(judged(latency(), [target(calls(1000, 1030, 3000)), born(1020)])).toMatchObject({
      verdict: "pass",
      counts: { total: 5000 },
      span: { coverage: 1 },
    });
  });

  it("covers nothing before it where Prometheus watched nothing then", () => {
    expect(judged(latency(), [born(1020)])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "coverage", text: expect.stringContaining("Only 33.3 % of steady is covered") },
    });
  });
});

const PHASE = { name: "steady", from: 10, to: 20, quiet: true };

/** Scraped at these times, seconds; in vain at those of `down`. Of a process that `start` tells of at each scrape. */
function clock(times: readonly number[], start: number | null = 1, down: readonly number[] = []): Clock {
  const labels = { job: "api", instance: "a:1" };
  const up = { labels, times, values: times.map((time) => (down.includes(time) ? 0 : 1)) };
  const known = times.filter((time) => start !== null && !down.includes(time));
  const starts = known.length === 0 ? [] : [{ labels, times: known, values: known.map(() => start ?? 0) }];
  const [read] = readClocks([up], starts).values();
  if (read === undefined) throw new Error("no clock");
  return read;
}

const seconds = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const NOBODY = watchedOf([]);
const OTHERS = watchedOf([clock(seconds(0, 30))]);
const without = (...gone: readonly number[]) => seconds(8, 22).filter((time) => !gone.includes(time));

describe("a target has a part in the phase", () => {
  it.each([
    ["scraped at its start alone", [10], 1],
    ["scraped at its end alone", [20], 1],
    ["gone a scrape before it", [7, 8], 1],
    ["gone two and a half spacings before it", [6.5, 7.5], 1],
    ["seen once, before it", [3], 1],
    ["seen before and after it, and another process by then", [1, 2, 25, 26], 24],
    ["born before its end, and not scraped until after", [21, 22], 19.999],
    ["first scraped after it, and nothing tells since when it lives", [21, 22], null],
  ])("%s", (_, times, start) => {
    expect(reachOf(clock(times, start), PHASE, OTHERS)).not.toBeNull();
  });

  it.each([
    ["scraped before it and in vain after it", [6, 7, 25, 26], [25, 26]],
    ["scraped in vain a scrape before it", [7, 8], [7, 8]],
    ["scraped in vain in it", [15], [15]],
    ["scraped in vain at its end", [20], [20]],
  ])("%s", (_, times, down) => {
    expect(reachOf(clock(times, 1, down), PHASE, OTHERS)).not.toBeNull();
  });

  it("gone long before it, but nobody was scraped since", () => {
    const last = clock([3, 4]);
    const until = (time: number) => watchedOf([last, clock(seconds(0, time)), clock([20, 21])]);
    const missing = { kind: "end-missing", last: 4 };
    expect(reachOf(last, PHASE, until(5))).toMatchObject({ coverage: 0, troubles: [missing] });
    expect(reachOf(last, PHASE, until(6))).toBeNull();
    expect(reachOf(last, PHASE, watchedOf([last, clock([10, 11])]))).toBeNull();
    expect(reachOf(last, PHASE, watchedOf([last, clock([10.001, 11])]))).not.toBeNull();
  });

  it.each([
    ["gone longer before it", [6, 7], 1, []],
    ["born at its end", [21, 22], 20, []],
    ["first scraped after it, in vain", [21, 22], 1, [21, 22]],
    ["first scraped after it, in vain, and born then", [21, 22], 21.5, [21]],
  ])("but not one %s", (_, times, start, down) => {
    expect(reachOf(clock(times, start, down), PHASE, OTHERS)).toBeNull();
  });
});

describe("what is reached of a phase", () => {
  it("goes from the last scrape at or before its start to the first at or after its end", () => {
    expect(reachOf(clock(seconds(8, 22)), PHASE, NOBODY)).toEqual({
      bounds: seconds(10, 20).map((time) => time * 1000),
      born: false,
      beforeBound: 9000,
      afterBound: 21_000,
      coverage: 1,
      troubles: [],
    });
    expect(reachOf(clock([9.5, 14.5, 19.5, 24.5]), PHASE, NOBODY)).toMatchObject({
      bounds: [9500, 14_500, 19_500, 24_500],
      beforeBound: null,
      afterBound: null,
    });
  });

  it("ends with the last scrape, and knows of none after it", () => {
    expect(reachOf(clock(seconds(8, 19)), PHASE, NOBODY)).toMatchObject({
      afterBound: null,
      coverage: 0.9,
      troubles: [{ kind: "end-missing", last: 19 }],
    });
    expect(reachOf(clock([10, 30]), PHASE, NOBODY)).toMatchObject({ bounds: [10_000, 30_000], afterBound: null });
  });

  it("is nothing where no scrape succeeded", () => {
    expect(reachOf(clock(seconds(8, 22), null, seconds(8, 22)), PHASE, NOBODY)).toMatchObject({
      bounds: [],
      coverage: 0,
      troubles: [
        { kind: "start-missing", first: null },
        { kind: "end-missing", last: null },
        { kind: "down", from: 10, to: 20 },
      ],
    });
  });
});

describe("a birth in the phase", () => {
  it.each([
    ["in its midst", 12, 12.25],
    ["in its first second, as exporters round it", 11, 11.25],
    ["at the very scrape", 13, 13],
  ])("%s is where counts begin at 0", (_, start, first) => {
    const times = seconds(0, 12).map((index) => first + index);
    expect(reachOf(clock(times, start), PHASE, NOBODY)).toMatchObject({
      bounds: [start * 1000, ...times.filter((time) => time < 21).map((time) => time * 1000)],
      born: true,
      coverage: (20 - start) / 10,
      troubles: [],
    });
    expect(reachOf(clock(times, start), PHASE, OTHERS)).toMatchObject({ coverage: 1 });
  });

  const LATER = seconds(0, 12).map((index) => 12.25 + index);
  it.each([
    ["may have been before it", LATER, 10.999, []],
    ["comes after the first scrape", LATER, 12.251, []],
    ["is not told", LATER, null, []],
    ["comes after a scrape in vain, of who knows whom", [11.25, ...LATER], 12, [11.25]],
  ])("is none where it %s", (_, times, start, down) => {
    expect(reachOf(clock(times, start, down), PHASE, NOBODY)).toMatchObject({
      born: false,
      bounds: [12_250, expect.anything(), ...LATER.slice(2, 9).map(() => expect.anything())],
      troubles: [
        { kind: "start-missing", first: 12.25 },
        ...down.map((time) => ({ kind: "down", from: time, to: time })),
      ],
    });
  });

  it("tells of nobody before it where nobody was scraped then", () => {
    const own = clock(seconds(13, 22), 12);
    const covered = (...others: readonly Clock[]) => reachOf(own, PHASE, watchedOf([own, ...others]))?.coverage;
    expect(covered()).toBe(0.8);
    expect(covered(clock(seconds(0, 12)))).toBe(1);
    expect(covered(clock(seconds(0, 11)))).toBe(0.8);
    expect(covered(clock([...seconds(0, 8), ...seconds(11, 13)]))).toBe(0.9);
  });

  it("that is first scraped long after the phase holds what came after it as well", () => {
    expect(reachOf(clock(seconds(22, 30), 12), PHASE, OTHERS)).toMatchObject({ troubles: [], born: true });
    expect(reachOf(clock([22.5, 23.5, 24.5], 12), PHASE, OTHERS)).toMatchObject({ troubles: [], born: true });
    expect(reachOf(clock(seconds(23, 30), 12), PHASE, OTHERS)).toMatchObject({
      troubles: [{ kind: "gap", from: 20, to: 23, atEdge: true, process: "unchanged" }],
    });
  });

  it("does not hide what happens later", () => {
    const times = [...seconds(13, 15), ...seconds(19, 22)];
    expect(reachOf(clock(times, 12), PHASE, NOBODY)?.troubles).toEqual([
      { kind: "gap", from: 15, to: 19, atEdge: false, process: "unchanged" },
    ]);
    expect(reachOf(clock(seconds(13, 22), 12, [16]), PHASE, NOBODY)?.troubles).toEqual([
      { kind: "down", from: 15, to: 17 },
    ]);
  });
});

describe("scrapes that are missing or failed", () => {
  const troubles = (times: readonly number[], down: readonly number[] = []) =>
    reachOf(clock(times, 1, down), PHASE, NOBODY)?.troubles;

  it("are a gap beyond two and a half spacings", () => {
    expect(troubles([...seconds(8, 14), 16.5, ...seconds(17, 22)])).toEqual([]);
    expect(troubles([...seconds(8, 14), 16.501, ...seconds(17, 22)])).toEqual([
      { kind: "gap", from: 14, to: 16.501, atEdge: false, process: "unchanged" },
    ]);
  });

  it("lie at an edge where they cross it, and not where they begin or end at it", () => {
    expect(troubles(without(11, 12, 13))).toMatchObject([{ from: 10, to: 14, atEdge: false }]);
    expect(troubles(without(10, 11, 12))).toMatchObject([{ from: 9, to: 13, atEdge: true }]);
    expect(troubles(without(17, 18, 19))).toMatchObject([{ from: 16, to: 20, atEdge: false }]);
    expect(troubles(without(18, 19, 20))).toMatchObject([{ from: 17, to: 21, atEdge: true }]);
  });

  it("are told on both sides of what succeeded", () => {
    expect(troubles(seconds(8, 22), [14])).toEqual([{ kind: "down", from: 13, to: 15 }]);
    expect(troubles(seconds(8, 22), [8, 9, 10, 11, 18, 19, 20, 21, 22])).toEqual([
      { kind: "start-missing", first: 12 },
      { kind: "end-missing", last: 17 },
      { kind: "down", from: 10, to: 11 },
      { kind: "down", from: 18, to: 20 },
    ]);
  });
});

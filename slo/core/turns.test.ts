import { describe, expect, it } from "vitest";
import { type Clock, ownClock, readClocks } from "./clock.ts";
import { bridged, takesTurns } from "./turns.ts";
import { walkOf } from "./walk.ts";

const POINTS = [101, 102, 103, 104, 105, 106, 107].map((second) => second * 1000);
const LABELS = { job: "api", instance: "a:1" };

/** Scraped each second, of a process that began at these times, one for each scrape; null: not told. */
function clock(starts: readonly (number | null)[] = POINTS.map(() => 1)): Clock {
  const times = POINTS.map((point) => point / 1000);
  const told = times.flatMap((time, index) =>
    typeof starts[index] === "number" ? [{ time, start: starts[index] }] : [],
  );
  const up = { labels: LABELS, times, values: times.map(() => 1) };
  const started = { labels: LABELS, times: told.map(({ time }) => time), values: told.map(({ start }) => start) };
  const [read] = readClocks([up], [started]).values();
  return read ?? ownClock([]);
}

const REACH = { born: false, beforeBound: null, afterBound: null, coverage: 1, troubles: [] };
const turns = (values: readonly (number | null)[], starts?: readonly (number | null)[]) =>
  takesTurns(values, walkOf(clock(starts), { ...REACH, bounds: POINTS.slice(0, values.length) }));

describe("a counter that is missing from some scrapes", () => {
  it.each([
    ["comes back as it was", [5, null, 5], [5, 5, 5]],
    ["comes back higher", [5, null, null, 9], [5, 5, 5, 9]],
    ["comes back lower", [5, null, 4], [5, null, 4]],
    ["was never there before", [null, null, 4], [null, null, 4]],
    ["never comes back", [5, null, null], [5, null, null]],
    ["is missing twice", [1, null, 2, null, 3], [1, 1, 2, 2, 3]],
    ["is not missing", [1, 2, 3], [1, 2, 3]],
  ])("%s", (_, values, filled) => {
    expect(bridged(values, POINTS, clock())).toEqual(filled);
  });

  it("is another one where the process changed meanwhile, and may be the same where nobody tells", () => {
    const changed = [1, 1, 102.5, 102.5, 102.5, 102.5, 102.5];
    expect(bridged([5, null, 9], POINTS, clock(changed))).toEqual([5, null, 9]);
    expect(bridged([5, null, 9], POINTS, clock([null, null, null]))).toEqual([5, 5, 9]);
  });
});

describe("values of several processes by turns", () => {
  it.each([
    ["fall and are back at the next scrape, twice", [9, 3, 9, 3, 9]],
    ["fall and are back a scrape later, twice", [9, 3, 3, 9, 3, 3, 9]],
    ["are back higher", [9, 3, 10, 4, 11]],
    ["are back where a scrape is missing", [9, 3, null, 9, 3, 9]],
  ])("%s", (_, values) => {
    expect(turns(values)).toBe(true);
  });

  it.each([
    ["rise", [1, 2, 3, 4]],
    ["fall once, which may be a restart that was quick", [9, 3, 9, 10]],
    ["fall, and are not back soon", [9, 3, 4, 5, 9, 3, 4]],
    ["fall, and never come back", [9, 3, 4, 2, 3]],
    ["stand still", [3, 3, 3]],
    ["are missing by turns", [9, null, 9, null, 9]],
  ])("are not those that %s", (_, values) => {
    expect(turns(values)).toBe(false);
  });

  it("are told by starts that go back, and not by those that move on", () => {
    expect(turns([1, 2, 3], [95, 90, 95])).toBe(true);
    expect(turns([9, 3, 9, 3, 9], [50, 60, 70, 80, 90])).toBe(false);
    expect(turns([1, 2, 3], [90, 89.1, 90])).toBe(false);
  });
});

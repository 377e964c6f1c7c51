import { describe, expect, it } from "vitest";
import { type Clock, ownClock, readClocks } from "./clock.ts";

const LABELS = { job: "api", instance: "a:1" };
const DAY = 24 * 3600;

const series = (times: readonly number[], values: readonly number[] = times.map(() => 1), labels = {}) => ({
  labels: { ...LABELS, ...labels },
  times,
  values,
});

function clockOf(ups: readonly (readonly number[])[], starts: readonly ReturnType<typeof series>[] = []): Clock {
  const read = readClocks(
    ups.map((times, index) => series(times, undefined, { pod: String(index) })),
    starts,
  );
  const [clock] = read.values();
  if (clock === undefined || read.size > 1) throw new Error("not one clock");
  return clock;
}

it("a clock without labels and without a scrape knows no spacing and no process", () => {
  const clocks = readClocks([{ labels: {}, times: [], values: [] }], [{ labels: {}, times: [1], values: [1] }]);
  expect([...clocks.keys()]).toEqual(['["",""]']);
  expect(clocks.get('["",""]')).toMatchObject({
    job: "",
    instance: "",
    times: [],
    successes: [],
    spacing: null,
    startsUnread: false,
    ambiguous: false,
  });
});

describe("two series of one target's up", () => {
  it("are one clock, in the order of time, whichever comes first", () => {
    expect(
      clockOf([
        [4, 5, 6],
        [1, 2, 3],
      ]),
    ).toMatchObject({
      times: [1000, 2000, 3000, 4000, 5000, 6000],
      ambiguous: false,
    });
  });

  it.each([
    [
      "share a time",
      [
        [1, 2],
        [2, 3],
      ],
    ],
    [
      "overlap",
      [
        [1, 3],
        [2, 4],
      ],
    ],
    [
      "overlap, others between them in the list",
      [
        [1, 2],
        [3, 6],
        [5, 8],
      ],
    ],
    [
      "lie one within the other",
      [
        [1, 9],
        [3, 4],
      ],
    ],
    [
      "overlap beyond a third",
      [
        [1, 9],
        [2, 3],
        [4, 5],
      ],
    ],
  ])("are two scrapers' where they %s", (_, ups) => {
    expect(clockOf(ups).ambiguous).toBe(true);
  });
});

describe("the start of a process", () => {
  const starts = (time: number, start: number) => [series([time], [start])];

  it("is told at the scrapes that brought it", () => {
    const clock = clockOf([[100, 101, 102]], [series([100, 101], [90, 90.9]), series([102], [99])]);
    expect([99, 100, 101, 102].map((time) => clock.startAt(time * 1000))).toEqual([null, 90_000, 90_900, 99_000]);
    expect(clock.between(100_000, 101_000)).toBe("unchanged");
    expect(clock.between(101_000, 102_000)).toBe("changed");
    expect(clock.between(99_000, 101_000)).toBe("unknown");
    expect(clock.between(101_000, 103_000)).toBe("unknown");
    expect(clockOf([[100, 101]], [series([100, 101], [90, 91])]).between(100_000, 101_000)).toBe("unchanged");
    expect(clockOf([[100, 101]], [series([100, 101], [90, 91.001])]).between(100_000, 101_000)).toBe("changed");
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("is not known as %d", (value) => {
    const clock = clockOf([[100, 101]], starts(100, value));
    expect(clock.startAt(100_000)).toBeNull();
    expect(clock.between(100_000, 100_000)).toBe("unknown");
  });

  it.each([
    ["0", 100, 0],
    ["a day ahead", 100, 100 + DAY],
    ["from before the first scrape", 99.5, 90],
    ["from after the last", 102.5, 90],
    ["NaN, beside the scrapes", 100.5, Number.NaN],
  ])("is read as %s", (_, time, start) => {
    expect(clockOf([[100, 101, 102]], starts(time, start)).startsUnread).toBe(false);
  });

  it.each([
    ["before 1970", 100, -0.001],
    ["more than a day ahead", 100, 100.001 + DAY],
    ["from between the scrapes", 100.5, 90],
  ])("is not read as %s", (_, time, start) => {
    expect(clockOf([[100, 101, 102]], starts(time, start)).startsUnread).toBe(true);
  });
});

it("series without an up have their own clock, which knows of no process", () => {
  const clock = ownClock([series([3, 1]), series([2, 3])]);
  expect(clock).toMatchObject({ ...LABELS, labels: LABELS, kind: "own", times: [1000, 2000, 3000], spacing: 1000 });
  expect(clock.successes).toEqual(clock.times);
  expect([clock.startAt(1000), clock.between(1000, 2000)]).toEqual([null, "unknown"]);
  expect(ownClock([])).toMatchObject({ job: "", instance: "", times: [], spacing: null });
});

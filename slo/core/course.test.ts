import { describe, expect, it } from "vitest";
import { readClocks } from "./clock.ts";
import { courseOf } from "./course.ts";
import type { Reach } from "./reach.ts";
import type { Tally } from "./tally.ts";

const TIMES = [9, 10, 11, 12, 13];
const UP = { labels: { job: "api", instance: "a:1" }, times: TIMES, values: TIMES.map(() => 1) };
const REACH: Reach = {
  bounds: [10_000, 11_000, 12_000],
  born: false,
  beforeBound: 9000,
  afterBound: 13_000,
  coverage: 1,
  troubles: [{ kind: "start-unread" }],
};
const STILL: Tally = {
  deltas: [3, 4],
  before: 0,
  after: 0,
  resets: [],
  present: true,
  presentAfter: true,
  faults: [],
};

function course(tallies: readonly Partial<Tally>[], reach: Partial<Reach> = {}, up = UP) {
  const [read] = readClocks([up], []).values();
  if (read === undefined) throw new Error("no clock");
  const all = tallies.map((change) => ({ ...STILL, ...change }));
  return courseOf(
    read,
    { ...REACH, ...reach },
    { metric: "hits_total", tallies: all, total: [7, 8], columns: [[1, 0]] },
  );
}

describe("a target's course", () => {
  it("holds what was counted, when, by whom", () => {
    expect(course([{}])).toEqual({
      job: "api",
      instance: "a:1",
      times: [10, 11, 12],
      total: [7, 8],
      columns: [[1, 0]],
      scrapeInterval: 1,
      before: "still",
      after: "still",
      coverage: 1,
      troubles: [{ kind: "start-unread" }],
    });
    expect(course([{}], {}, { ...UP, times: [9], values: [1] }).scrapeInterval).toBeNull();
  });

  it("tells resets in the order of time, each once", () => {
    expect(course([{ resets: [1] }, { resets: [0, 1] }]).troubles).toEqual([
      { kind: "start-unread" },
      { kind: "reset", at: 11, metric: "hits_total" },
      { kind: "reset", at: 12, metric: "hits_total" },
    ]);
  });
});

describe("before and after a phase", () => {
  it.each([
    ["still", [{}, {}], {}],
    ["moved", [{}, { before: 1, after: 1 }], {}],
    ["moved", [{ before: 1, after: 1 }, {}], {}],
    ["unknown", [{}, { before: null, after: null }], {}],
    ["unknown", [{}, {}], { beforeBound: null, afterBound: null }],
  ] as const)("counters stood %s", (stillness, tallies, reach) => {
    expect(course(tallies, reach)).toMatchObject({ before: stillness, after: stillness });
  });

  it("a process that was born in it had none before", () => {
    expect(course([{ before: null }], { born: true, beforeBound: null }).before).toBe("still");
  });

  it("it is not known what counters did that nobody asked for any more", () => {
    const late = { presentAfter: false, after: 5 };
    expect(course([late, late]).after).toBe("unknown");
    expect(course([late, {}]).after).toBe("moved");
    expect(course([late, { present: false, presentAfter: false }]).after).toBe("unknown");
    // Nothing was there at any scrape: nothing moved.
    expect(course([{ present: false, presentAfter: false }]).after).toBe("still");
  });
});

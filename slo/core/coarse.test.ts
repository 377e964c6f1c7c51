import { describe, expect, it } from "vitest";
import type { Clock } from "./clock.ts";
import { coarsePlan, restless, thin, thinnedBlocks } from "./coarse.ts";
import type { FetchPlan } from "./fetched.ts";

const seconds = (from: number, to: number, every = 1) =>
  Array.from({ length: Math.floor((to - from) / every) + 1 }, (_, index) => (from + index * every) * 1000);

function clock(change: Partial<Clock> = {}): Clock {
  const times = change.successes ?? seconds(900, 5000);
  return {
    job: "api",
    instance: "a:1",
    labels: {},
    kind: "up",
    times,
    successes: times,
    spacing: 1000,
    startsUnread: false,
    startAt: () => 0,
    between: () => "unchanged",
    ambiguous: false,
    ...change,
  };
}

const PLAN: FetchPlan = {
  ranges: [{ metric: "requests_total", selector: "requests_total", from: 995, to: 4605, counter: true }],
  instants: [],
  edges: { at: [1000, 4600], margin: 5 },
};

describe("the blocks of a long phase", () => {
  it("lie on multiples of their length, away from every edge", () => {
    const plan = coarsePlan(PLAN, [clock()]);
    expect(plan?.step).toBe(60_000);
    expect(plan?.overlap).toBe(3000);
    expect(plan?.blocks[0]).toEqual({ from: 1_020_000, to: 1_080_000 });
    expect(plan?.blocks.at(-1)).toEqual({ from: 4_500_000, to: 4_560_000 });
    expect(plan?.blocks).toHaveLength(59);
  });

  it("are as long whenever it is", () => {
    const later = (seconds: number) => seconds + 1_800_000_000;
    const [request] = PLAN.ranges;
    if (request === undefined) throw new Error("no request");
    const plan = {
      ...PLAN,
      ranges: [{ ...request, from: later(995), to: later(4605) }],
      edges: { at: [later(1000), later(4600)], margin: 5 },
    };
    expect(coarsePlan(plan, [clock()])).toMatchObject({ step: 60_000, blocks: { length: 59 } });
  });

  it("leave out what is near an edge in the middle", () => {
    const plan = coarsePlan({ ...PLAN, edges: { at: [1000, 2000, 4600], margin: 5 } }, [clock()]);
    const ends = plan?.blocks.map(({ to }) => to) ?? [];
    expect([1_980_000, 2_040_000, 2_100_000].map((end) => ends.includes(end))).toEqual([true, false, true]);
  });

  it.each([
    ["just as far after an edge as the margin", 1015, 4600, 1_080_000, 4_560_000],
    ["a bit farther", 1014.999, 4600, 1_020_000, 4_560_000],
    ["closer", 1018, 4600, 1_080_000, 4_560_000],
    ["just as far before an edge", 1000, 4565, 1_020_000, 4_500_000],
    ["a bit farther before it", 1000, 4565.001, 1_020_000, 4_560_000],
    ["closer before it", 1000, 4562, 1_020_000, 4_500_000],
  ])("are none %s", (_, start, end, first, last) => {
    const plan = coarsePlan({ ...PLAN, edges: { at: [start, end], margin: 5 } }, [clock()]);
    expect([plan?.blocks[0]?.from, plan?.blocks.at(-1)?.to]).toEqual([first, last]);
  });

  it("span all that is counted", () => {
    const [request] = PLAN.ranges;
    if (request === undefined) throw new Error("no request");
    const ranges = [
      { ...request, from: 2000, to: 3000 },
      { ...request, from: 995, to: 2000 },
      { ...request, from: 3000, to: 4605 },
    ];
    expect(coarsePlan({ ...PLAN, ranges }, [clock()])?.blocks).toEqual(coarsePlan(PLAN, [clock()])?.blocks);
  });

  it("end with the last that is whole", () => {
    const edges = { at: [1000, 9000], margin: 5 };
    const ranges = PLAN.ranges.map((request) => ({ ...request, to: 4620 }));
    expect(coarsePlan({ ...PLAN, ranges, edges }, [clock()])?.blocks.at(-1)?.to).toBe(4_620_000);
  });

  it("are longer where scrapes are seldom, and none where the phase is too short, without counters or without a clock", () => {
    expect(coarsePlan(PLAN, [clock({ spacing: 15_000 })])?.step).toBe(300_000);
    expect(coarsePlan(PLAN, [clock({ spacing: 60_000 })])).toBeNull();
    expect(coarsePlan(PLAN, [])).toBeNull();
    const [request] = PLAN.ranges;
    if (request === undefined) throw new Error("no request");
    const { counter: _counter, ...other } = request;
    expect(coarsePlan({ ...PLAN, ranges: [other] }, [clock()])).toBeNull();
    expect(coarsePlan({ ranges: PLAN.ranges, instants: [] }, [clock()])).toBeNull();
  });
});

const COARSE = {
  step: 10_000,
  overlap: 3000,
  blocks: [10, 20, 30, 40].map((start) => ({ from: start * 1000, to: (start + 10) * 1000 })),
};

describe("what the clock alone shows to be irregular", () => {
  const found = (change: Partial<Clock>) => restless(clock(change), COARSE);
  const without = (from: number, to: number) => seconds(1, 60).filter((time) => time < from * 1000 || time > to * 1000);

  it("is nothing in a block whose process is the same, and where nobody tells of it", () => {
    expect(found({ successes: seconds(1, 60) })).toEqual([]);
    expect(found({ successes: seconds(1, 60), startAt: () => null })).toEqual([]);
    expect(found({ successes: seconds(1, 60), startAt: (time) => time % 900 })).toEqual([]);
  });

  it("is the first scrape, and one after a pause that began before the look back", () => {
    expect(found({ successes: seconds(25, 60) })).toEqual([30_000]);
    expect(found({ successes: seconds(10, 60) })).toEqual([]);
    expect(found({ successes: seconds(1, 35) })).toEqual([]);
    expect(found({ successes: without(18, 21) })).toEqual([30_000]);
    expect(found({ successes: without(19, 21) })).toEqual([]);
    expect(found({ successes: without(15, 45) })).toEqual([50_000]);
  });

  it("is another process, one that drifts, and one that is told of now and then", () => {
    const since = (second: number, before: number | null, after: number | null) => (time: number) =>
      time >= second * 1000 ? after : before;
    expect(found({ successes: seconds(1, 60), startAt: since(35, 0, 34_000) })).toEqual([40_000]);
    expect(found({ successes: seconds(1, 60), startAt: since(21, 0, 20_500) })).toEqual([30_000]);
    expect(found({ successes: seconds(1, 60), startAt: since(30, 0, 29_500) })).toEqual([30_000]);
    expect(found({ successes: seconds(1, 60), startAt: since(35, null, 0) })).toEqual([40_000]);
    expect(found({ successes: seconds(1, 60), startAt: (time) => time / 5 })).toEqual([20_000, 30_000, 40_000, 50_000]);
  });
});

describe("thinned bounds", () => {
  it("keep the last of each block, the first and the last of all, and everything outside", () => {
    const blocks = [
      { from: 10, to: 20 },
      { from: 20, to: 30 },
      { from: 40, to: 50 },
    ];
    expect(thin([9, 10, 11, 19, 20, 21, 25, 31, 35, 41, 42, 51], blocks)).toEqual([9, 10, 20, 25, 31, 35, 42, 51]);
    expect(thin([12, 13, 14], blocks)).toEqual([12, 14]);
    expect(thin([1, 2], [])).toEqual([1, 2]);
  });

  it("are of each target's own blocks", () => {
    const irregular = new Map([[30_000, new Set(["b"])]]);
    const ends = thinnedBlocks(["a", "b"], COARSE, irregular).map(({ target, blocks }) => [
      target,
      blocks.map(({ to }) => to),
    ]);
    expect(ends).toEqual([
      ["a", [20_000, 30_000, 40_000, 50_000]],
      ["b", [20_000, 40_000, 50_000]],
    ]);
  });
});

describe("no blocks", () => {
  it("where no spacing is known, nor where scrapes are hours apart", () => {
    expect(coarsePlan(PLAN, [clock({ spacing: null })])).toBeNull();
    expect(coarsePlan(PLAN, [clock({ spacing: 3_600_000 })])).toBeNull();
  });

  it("lie after the last of them, where every bound stays", () => {
    expect(thin([0, 12, 15, 20, 60, 70, 80], [{ from: 10, to: 20 }])).toEqual([0, 20, 60, 70, 80]);
  });
});

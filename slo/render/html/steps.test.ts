import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evidence } from "../../testing/explained.ts";
import { countedSteps, joined, MOST_STEPS, overlaps, peakReadings, quantileReadings, rateReadings } from "./steps.ts";

const times = fc
  .array(fc.double({ min: 0.001, max: 100, noNaN: true }), { minLength: 1, maxLength: 400 })
  .map((gaps) => {
    let at = 1000;
    return gaps.map((gap) => {
      at += gap;
      return at;
    });
  });

describe("joined", () => {
  it("leaves few samples as they are", () => {
    expect(joined([1, 2, 4])).toEqual([
      { from: 1, to: 2 },
      { from: 2, to: 4 },
    ]);
    expect([joined([]), joined([5])]).toEqual([[], []]);
  });

  it("has no more steps than a page shows, without a gap, over all of the time", () => {
    fc.assert(
      fc.property(times, (all) => {
        const steps = joined(all);
        expect(steps.length).toBeLessThanOrEqual(MOST_STEPS + 1);
        expect(steps[0]?.from).toBe(all.length > 1 ? all[0] : undefined);
        expect(steps.at(-1)?.to).toBe(all.length > 1 ? all.at(-1) : undefined);
        steps.slice(1).forEach(({ from }, index) => {
          expect(from).toBe(steps[index]?.to);
        });
      }),
    );
  });

  it("makes steps of a like length where samples are dense at the edges and coarse between", () => {
    const dense = (from: number) => Array.from({ length: 60 }, (_, index) => from + index);
    const coarse = Array.from({ length: 58 }, (_, index) => 60 + index * 60);
    const steps = joined([...dense(0), ...coarse, ...dense(3540)]);
    expect(steps.filter(({ from, to }) => to - from < 30)).toHaveLength(1);
  });
});

describe("countedSteps", () => {
  it("loses no count, however the targets' scrapes lie", () => {
    const [latency] = evidence.counters;
    const [target] = latency?.targets ?? [];
    if (latency === undefined || target === undefined) throw new Error("the fixture has no latency");
    const inside = target.times.map((time, index) => (index === 0 ? time : time - 0.3));
    const within = [...inside.slice(0, -1), target.times.at(-1) ?? 0];
    const shifted = { ...target, instance: "api-2", times: within };
    const { sums } = countedSteps({ ...latency, targets: [target, shifted] });
    const sum = (pick: (one: (typeof sums)[number]) => number) => sums.reduce((all, one) => all + pick(one), 0);
    expect(sum(({ total }) => total)).toBeCloseTo(2 * 3100, 6);
    expect(sum(({ columns }) => columns[0] ?? 0)).toBeCloseTo(2 * 2790, 6);
  });
});

describe("readings", () => {
  const steps = [
    { from: 0, to: 2 },
    { from: 2, to: 4 },
  ];

  it("take a gauge's highest sample, and none where there is none", () => {
    expect(peakReadings(steps, [0.5, 1, 2], [3, 7, 5])).toEqual([{ value: 7 }, null]);
  });

  it("divide a count by its time", () => {
    expect(rateReadings(steps, [10, 0])).toEqual([{ value: 5 }, { value: 0 }]);
  });

  it("share an interval between the steps it meets", () => {
    expect(overlaps([1, 3], steps)).toEqual([
      { interval: 0, step: 0, share: 0.5 },
      { interval: 0, step: 1, share: 0.5 },
    ]);
  });

  it("give a quantile as its bucket, and nothing where nothing was counted", () => {
    const [latency] = evidence.counters;
    if (latency === undefined) throw new Error("the fixture has no latency");
    const none = { total: 0, columns: [0, 0, 0, 0] };
    const some = { total: 100, columns: [90, 98, 100, 100] };
    const [first, second] = quantileReadings(latency, [none, some], 99);
    expect(first).toBeNull();
    expect(second).toMatchObject({ lower: 0.2, upper: 0.3 });
  });
});

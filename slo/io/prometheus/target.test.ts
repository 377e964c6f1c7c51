import { describe, expect, it } from "vitest";
import { judgeTargets } from "./target.ts";

const up = (times: readonly number[], values = times.map(() => 1)) => ({ labels: { job: "api" }, times, values });
const moment = { end: 100, now: 101, samples: 1 };

function stateOf(series: ReturnType<typeof up>, mutation: Partial<typeof moment> = {}) {
  return judgeTargets([series], { ...moment, ...mutation })[0]?.state;
}

/** What becomes of a target with one sample, 20 s before the end, beside these. */
function loneBeside(others: readonly ReturnType<typeof up>[], now: number) {
  return judgeTargets([up([80]), ...others], { ...moment, now })[0];
}

describe("judgeTargets", () => {
  it("waits for a sample at or after the end", () => {
    expect(stateOf(up([98, 99]))).toBe("waiting");
    expect(stateOf(up([98, 99, 100]))).toBe("scraped");
    expect(stateOf(up([98, 99, 100]), { samples: 2 })).toBe("waiting");
  });

  it("does not wait for a target whose scrape failed since the end", () => {
    expect(stateOf(up([98, 99, 100], [1, 1, 0]), { samples: 2 })).toBe("down");
    expect(stateOf(up([98, 99], [1, 0]))).toBe("waiting");
  });

  it("gives a target up that was not scraped for three intervals and some patience", () => {
    expect(stateOf(up([90, 92, 94]), { now: 102 })).toBe("waiting");
    expect(stateOf(up([90, 92, 94]), { now: 102.1 })).toBe("gone");
    expect(stateOf(up([94]), { now: 399 })).toBe("waiting");
  });

  it("gives a target with one sample up by the longest spacing in its job, and keeps its own unknown", () => {
    const [quick, slow] = [up([98, 99, 100]), up([88, 94, 100])];
    expect(loneBeside([quick], 101)).toMatchObject({ state: "gone", interval: null });
    expect(loneBeside([quick], 85)?.state).toBe("waiting");
    expect(loneBeside([quick, slow], 100)?.state).toBe("waiting");
    expect(loneBeside([slow, quick], 100.1)?.state).toBe("gone");
  });

  it("waits for a target with one sample where nothing tells its spacing", () => {
    const [once, another] = [up([99]), { ...up([98, 99, 100]), labels: { job: "another" } }];
    expect(loneBeside([], 399)?.state).toBe("waiting");
    expect(loneBeside([once, another], 399)?.state).toBe("waiting");
  });

  it("leaves out a target that appeared after the end only", () => {
    expect(judgeTargets([up([100.5, 101])], moment)).toEqual([]);
    expect(judgeTargets([up([])], moment)).toEqual([]);
  });

  it("tells the usual spacing", () => {
    expect(judgeTargets([up([90, 91, 92, 97, 98])], moment)[0]?.interval).toBe(1);
    expect(judgeTargets([up([98])], moment)[0]?.interval).toBeNull();
  });
});

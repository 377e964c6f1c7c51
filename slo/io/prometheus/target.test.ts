import { describe, expect, it } from "vitest";
import { judgeTarget } from "./target.ts";

const up = (times: readonly number[], values = times.map(() => 1)) => ({ labels: { job: "api" }, times, values });
const moment = { end: 100, now: 101, samples: 1 };

function stateOf(series: ReturnType<typeof up>, mutation: Partial<typeof moment> = {}) {
  return judgeTarget(series, { ...moment, ...mutation })?.state;
}

describe("judgeTarget", () => {
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

  it("leaves out a target that appeared after the end only", () => {
    expect(judgeTarget(up([100.5, 101]), moment)).toBeNull();
    expect(judgeTarget(up([]), moment)).toBeNull();
  });

  it("tells the usual spacing", () => {
    expect(judgeTarget(up([90, 91, 92, 97, 98]), moment)?.interval).toBe(1);
    expect(judgeTarget(up([98]), moment)?.interval).toBeNull();
  });
});

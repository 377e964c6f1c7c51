import { describe, expect, it } from "vitest";
import { clockChecks, correctionFor, inServerTime, movedBy } from "./clock-correction.ts";
import { runFile, STEADY, WINDOW_FACTS } from "./fixtures/scene.ts";

describe("the correction of a skew", () => {
  it("is made beyond the uncertainty of the measurement only, to the millisecond", () => {
    expect(correctionFor({ skew: 0.4196, uncertainty: 0.0031 })).toEqual({ shift: 0.42, uncertainty: 0.004 });
    expect(correctionFor({ skew: -0.4196, uncertainty: 0.0031 })).toEqual({ shift: -0.42, uncertainty: 0.004 });
    expect(correctionFor({ skew: 0.0031, uncertainty: 0.0031 })).toBeNull();
    expect(correctionFor({ skew: -0.2, uncertainty: 0.3 })).toBeNull();
    expect(correctionFor({ skew: Number.NaN, uncertainty: 0.001 })).toBeNull();
  });

  it("moves every time of a run, and of a window", () => {
    const clock = { shift: -0.5, uncertainty: 0.002 };
    const run = inServerTime(runFile(), clock);
    expect([run.from, run.to]).toEqual([969.5, 1039.5]);
    expect(run.phases.map(({ from, to }) => [from, to])).toEqual([
      [979.5, 989.5],
      [999.5, 1029.5],
    ]);
    expect(inServerTime(WINDOW_FACTS, clock)).toMatchObject({ window: { from: 999.5, to: 1029.5 } });
    expect(movedBy([STEADY], null)).toEqual([STEADY]);
    expect(inServerTime(runFile(), undefined)).toEqual(runFile());
  });

  it("is told, with what it is worth", () => {
    expect(clockChecks({ shift: -0.42, uncertainty: 0.004 })).toEqual([
      {
        check: "clock",
        verdict: "pass",
        text: "Prometheus' clock was 420 ms behind the judge's (± 4 ms): every time was moved by as much, and stands here by Prometheus' clock.",
      },
    ]);
    expect(clockChecks({ shift: 1.5, uncertainty: 0.004 })).toMatchObject([
      { text: expect.stringMatching(/^Prometheus' clock was 1\.5 s ahead of the judge's \(± 4 ms\):/) },
    ]);
    expect(clockChecks(null)).toEqual([]);
  });
});

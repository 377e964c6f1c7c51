import { describe, expect, it } from "vitest";
import { judgeLatency } from "../core/judge-latency.ts";
import { ALLOWED, badOf, INDEPENDENT, SHORT } from "./model.ts";
import { generator } from "./random.ts";
import { simulate } from "./simulate.ts";
import { judgeTrial, LEVEL, LIMIT, PERCENTILE, PHASE, trialOf } from "./trial.ts";

const [RUNS, SEED] = [10_000, 20_261_122];
/** Five per cent, and three standard errors of so many runs. */
const MOST = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / RUNS);
const ABOVE = ALLOWED * (1 + 1e-6);

// A minute and more for what takes seconds: nothing here is about speed.
describe("10 000 simulated runs", () => {
  it("just above the limit, one by one: hardly ever pass", () => {
    const found = simulate(INDEPENDENT, ABOVE, RUNS, SEED);
    expect(found.plain).toBeLessThanOrEqual(MOST);
    expect(found.estimated).toBeLessThanOrEqual(found.plain);
    expect(found.estimated).toBeGreaterThan(0.01);
    expect(found.missed).toBe(0);
  });

  it("on the limit, one by one: are hardly ever called broken", () => {
    const found = simulate(INDEPENDENT, ALLOWED, RUNS, SEED + 1);
    expect(found.fails).toBeLessThanOrEqual(MOST);
    expect(found.fails).toBeGreaterThan(0.01);
    expect(found.missed).toBe(0);
  });

  it.each(SHORT.slice(0, 4))("just above the limit, $name: hardly ever pass where that is declared", (model) => {
    const found = simulate(model, ABOVE, RUNS, SEED);
    expect(found.plain).toBeGreaterThan(0.15);
    expect(found.estimated).toBeLessThan(found.plain / 2);
    expect(found.declared).toBeLessThanOrEqual(MOST);
    expect(found.declared).toBeGreaterThan(0.01);
    expect(found.missed).toBe(0);
  });
});

describe("a simulated run", () => {
  it("is judged by its parts as the judge does", () => {
    const random = generator(SEED);
    const verdicts = { pass: 0, fail: 0, inconclusive: 0, "no-data": 0 };
    for (let run = 0; run < 60; run += 1) {
      const share = ALLOWED * (0.6 + 0.2 * (run % 5));
      const trial = trialOf(badOf(run % 2 === 0 ? INDEPENDENT : (SHORT[0] ?? INDEPENDENT), share, random), random);
      const common = { name: "reads", gating: true, phase: PHASE.name, place: { file: "o.yaml", line: 1, column: 1 } };
      const histogram = { metric: "http_request_duration_seconds", matchers: [] };
      const confidence = { kind: "bounded", level: LEVEL } as const;
      const own = { indicator: "latency", histogram, percentile: PERCENTILE, atMost: LIMIT, confidence } as const;
      const scene = { phase: PHASE, phases: [PHASE], coverage: 0.9, saturated: false };
      const { verdict } = judgeLatency({ ...common, ...own, burst: 3 }, trial.evidence, scene);
      const found = judgeTrial(trial, 3);
      expect(verdict).toBe(found.passes.declared ? "pass" : found.fails ? "fail" : "inconclusive");
      verdicts[verdict] += 1;
    }
    expect(verdicts).toMatchObject({ pass: expect.any(Number), "no-data": 0 });
    expect(Math.min(verdicts.pass, verdicts.fail, verdicts.inconclusive)).toBeGreaterThan(0);
  });

  it("is the same for the same seed, and another for another", () => {
    const [a, b, c] = [1, 1, 2].map((seed) => badOf(INDEPENDENT, ALLOWED, generator(seed)));
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
  });
});

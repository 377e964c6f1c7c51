import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CounterEvidence, Evidence } from "./evidence.ts";
import { COUNTER, errors, fileOf, OBSERVED, STEADY } from "./fixtures/scene.ts";
import { judge } from "./judge.ts";
import type { Verdict } from "./report.ts";

const RUNS = { numRuns: 60, seed: 20_261_122 };
const RANK: Readonly<Record<Verdict, number>> = { fail: 0, "no-data": 1, inconclusive: 1, pass: 2 };

interface Second {
  readonly total: number;
  readonly bad: number;
}

/** Evidence of one target: what was counted in each second, with one of them before and one after the phase. */
function evidence(seconds: readonly Second[], quiet: boolean): Evidence {
  const counters: CounterEvidence = {
    counted: {
      kind: "ratio",
      part: 'http_request_duration_seconds_count{job="api",status_code=~"5.."}',
      total: COUNTER,
    },
    phase: "steady",
    queries: [],
    failure: null,
    series: 1,
    missing: [],
    faults: [],
    targets: [
      {
        job: "api",
        instance: "a:1",
        times: [999.5, ...seconds.map((_, index) => 1000.5 + index)],
        total: seconds.map(({ total }) => total),
        columns: [seconds.map(({ bad }) => bad)],
        scrapeInterval: 1,
        before: quiet ? "still" : "moved",
        after: "still",
        coverage: 1,
        troubles: [],
      },
    ],
  };
  return { schema: 1, phases: [STEADY], counters: [counters], resources: [], queries: [] };
}

const of = ({ good, bad }: { readonly good: number; readonly bad: number }): Second => ({ total: good + bad, bad });
const second = fc.record({ good: fc.nat({ max: 400 }), bad: fc.nat({ max: 4 }) }).map(of);
/** Bad ones in some seconds only, and then many. */
const burst = fc.record({ good: fc.integer({ min: 80, max: 120 }), bad: fc.constantFrom(0, 0, 0, 0, 1, 12) }).map(of);
const seconds = { minLength: 31, maxLength: 31 };
const load = fc.oneof(fc.array(second, seconds), fc.array(burst, seconds));
const limit = fc.constantFrom(0.0005, 0.002, 0.01, 0.03);
const confidence = fc.constantFrom(OBSERVED, { kind: "bounded", level: 0.95 } as const);
const change = fc.nat({ max: 30 });

const scene = fc.record({
  load,
  at: change,
  allowed: limit,
  level: confidence,
  quiet: fc.boolean(),
  burst: fc.constantFrom(1, 5),
});

function verdict(of: readonly Second[], quiet: boolean, objective: ReturnType<typeof errors>): Verdict {
  const report = judge(fileOf(objective), { window: STEADY }, evidence(of, quiet));
  return report.objectives[0]?.verdict ?? "no-data";
}

const changed = (of: readonly Second[], place: number, to: (one: Second) => Second) =>
  of.map((one, index) => (index === place ? to(one) : one));

describe("what may never happen", () => {
  it.each([
    ["in place of good ones", ({ total, bad }: Second, more: number) => ({ total, bad: Math.min(total, bad + more) })],
    ["besides the others", ({ total, bad }: Second, more: number) => ({ total: total + more, bad: bad + more })],
  ])("more bad requests, %s, never make a verdict better", (_, worsen) => {
    fc.assert(
      fc.property(scene, fc.nat({ max: 200 }), ({ load, at, allowed, level, quiet, burst }, more) => {
        const objective = errors({ limit: allowed, confidence: level, burst });
        const worse = changed(load, at, (one) => worsen(one, more));
        expect(RANK[verdict(worse, quiet, objective)]).toBeLessThanOrEqual(RANK[verdict(load, quiet, objective)]);
      }),
      { ...RUNS, numRuns: 200 },
    );
  });

  it("more good requests never break what passed", () => {
    fc.assert(
      fc.property(scene, fc.nat({ max: 5000 }), ({ load, at, allowed, level, quiet, burst }, more) => {
        const objective = errors({ limit: allowed, confidence: level, burst });
        const better = changed(load, at, ({ total, bad }) => ({ total: total + more, bad }));
        expect([verdict(load, quiet, objective), verdict(better, quiet, objective)]).not.toEqual(["pass", "fail"]);
      }),
      RUNS,
    );
  });

  it.each([
    ["a stricter limit", { limit: 0.002 }, { limit: 0.01 }],
    ["a larger burst", { burst: 5 }, { burst: 1 }],
    [
      "a higher confidence",
      { confidence: { kind: "bounded", level: 0.99 } as const },
      { confidence: { kind: "bounded", level: 0.9 } as const },
    ],
  ])("%s never passes what a milder one does not", (_, strict, mild) => {
    fc.assert(
      fc.property(scene, ({ load, allowed, level, quiet, burst }) => {
        const rank = (own: Parameters<typeof errors>[0]) =>
          verdict(load, quiet, errors({ limit: allowed, confidence: level, burst, ...own })) === "pass" ? 1 : 0;
        expect(rank(strict)).toBeLessThanOrEqual(rank(mild));
      }),
      RUNS,
    );
  });

  it("a burst never saves from a breach, nor makes one", () => {
    fc.assert(
      fc.property(scene, ({ load, allowed, level, quiet, burst }) => {
        const fails = (own: number) =>
          verdict(load, quiet, errors({ limit: allowed, confidence: level, burst: own })) === "fail";
        expect(fails(burst)).toBe(fails(50));
      }),
      RUNS,
    );
  });

  it("a pass holds for whichever part of the edge intervals is the phase's", () => {
    fc.assert(
      fc.property(load, limit, fc.nat({ max: 1000 }), fc.nat({ max: 1000 }), (all, allowed, some, other) => {
        const objective = errors({ limit: allowed, confidence: OBSERVED });
        const share = [some / 1000, other / 1000] as const;
        const part = (count: number, which: number) => Math.round(count * (share[which] ?? 0));
        const truth = all.reduce(
          (sum, { total, bad }, index) => {
            const edge = index === 0 ? 0 : index === 30 ? 1 : null;
            const [b, g] = edge === null ? [bad, total - bad] : [part(bad, edge), part(total - bad, 1 - edge)];
            return { bad: sum.bad + b, total: sum.total + b + g };
          },
          { bad: 0, total: 0 },
        );
        const found = verdict(all, false, objective);
        if (found === "pass") expect(truth.bad / truth.total).toBeLessThanOrEqual(allowed * (1 + 1e-9));
        if (found === "fail") expect(truth.bad / truth.total).toBeGreaterThan(allowed);
      }),
      { ...RUNS, numRuns: 400 },
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CounterEvidence, Evidence, Fetched, RawSeries } from "./evidence.ts";
import { planFetch } from "./fetch-plan.ts";
import {
  COUNTER,
  errors,
  evidenceOf,
  fileOf,
  latency,
  OBSERVED,
  runFile,
  STEADY,
  selector,
  target,
  verdictOf,
} from "./fixtures/scene.ts";
import type { Call } from "./fixtures/service.ts";
import { fetchFrom, scrapes } from "./fixtures/world.ts";
import { judge } from "./judge.ts";
import { phasesOf } from "./phases.ts";
import { edgesOf, quantileOf } from "./quantile.ts";
import { reduceEvidence } from "./reduce.ts";
import type { Verdict } from "./report.ts";
import { sidesOf } from "./spans.ts";

const RUNS = { numRuns: 60, seed: 20_261_122 };
const RANK: Readonly<Record<Verdict, number>> = { fail: 0, "no-data": 1, inconclusive: 1, pass: 2 };

/** Evidence of one target: what was counted in each second, with one of them before and one after the phase. */
function evidence(seconds: readonly { readonly total: number; readonly bad: number }[], quiet: boolean): Evidence {
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

const second = fc
  .record({ good: fc.nat({ max: 400 }), bad: fc.nat({ max: 4 }) })
  .map(({ good, bad }) => ({ total: good + bad, bad }));
const load = fc.array(second, { minLength: 31, maxLength: 31 });
const limit = fc.constantFrom(0.0005, 0.002, 0.01, 0.03);
const confidence = fc.constantFrom(OBSERVED, { kind: "bounded", level: 0.95 } as const);

const change = fc.nat({ max: 30 });

function verdict(
  seconds: readonly { total: number; bad: number }[],
  quiet: boolean,
  objective: ReturnType<typeof errors>,
) {
  const report = judge(fileOf(objective), { window: STEADY }, evidence(seconds, quiet));
  return report.objectives[0]?.verdict ?? "no-data";
}

describe("what may never happen", () => {
  it("more bad requests never make a verdict better", () => {
    fc.assert(
      fc.property(
        load,
        change,
        fc.nat({ max: 200 }),
        limit,
        confidence,
        fc.boolean(),
        fc.constantFrom(1, 5),
        (seconds, at, more, allowed, level, quiet, burst) => {
          const objective = errors({ limit: allowed, confidence: level, burst });
          const worse = seconds.map((one, index) =>
            index === at ? { total: one.total, bad: Math.min(one.total, one.bad + more) } : one,
          );
          expect(RANK[verdict(worse, quiet, objective)]).toBeLessThanOrEqual(RANK[verdict(seconds, quiet, objective)]);
        },
      ),
      { ...RUNS, numRuns: 200 },
    );
  });

  it("more good requests never break what passed", () => {
    fc.assert(
      fc.property(
        load,
        change,
        fc.nat({ max: 5000 }),
        limit,
        confidence,
        fc.boolean(),
        (seconds, at, more, allowed, level, quiet) => {
          const objective = errors({ limit: allowed, confidence: level });
          const better = seconds.map((one, index) => (index === at ? { total: one.total + more, bad: one.bad } : one));
          expect([verdict(seconds, quiet, objective), verdict(better, quiet, objective)]).not.toEqual(["pass", "fail"]);
        },
      ),
      RUNS,
    );
  });

  it("a stricter limit never passes what a milder one does not", () => {
    fc.assert(
      fc.property(load, limit, limit, confidence, fc.boolean(), (seconds, a, b, level, quiet) => {
        const of = (allowed: number) => RANK[verdict(seconds, quiet, errors({ limit: allowed, confidence: level }))];
        expect(of(Math.min(a, b))).toBeLessThanOrEqual(of(Math.max(a, b)));
      }),
      RUNS,
    );
  });

  it("a pass holds for whichever part of the edge intervals is the phase's", () => {
    fc.assert(
      fc.property(load, limit, fc.nat({ max: 1000 }), fc.nat({ max: 1000 }), (seconds, allowed, some, other) => {
        const objective = errors({ limit: allowed, confidence: OBSERVED });
        const share = [some / 1000, other / 1000] as const;
        const part = (count: number, which: number) => Math.round(count * (share[which] ?? 0));
        const truth = seconds.reduce(
          (sum, { total, bad }, index) => {
            const edge = index === 0 ? 0 : index === 30 ? 1 : null;
            const [b, g] = edge === null ? [bad, total - bad] : [part(bad, edge), part(total - bad, 1 - edge)];
            return { bad: sum.bad + b, total: sum.total + b + g };
          },
          { bad: 0, total: 0 },
        );
        const found = verdict(seconds, false, objective);
        if (found === "pass") expect(truth.bad / truth.total).toBeLessThanOrEqual(allowed * (1 + 1e-9));
        if (found === "fail") expect(truth.bad / truth.total).toBeGreaterThan(allowed);
      }),
      { ...RUNS, numRuns: 400 },
    );
  });
});

const traffic = fc
  .array(
    fc.record({
      time: fc.double({ min: 1000.001, max: 1029.999, noNaN: true }),
      seconds: fc.double({ min: 0.001, max: 2, noNaN: true }),
      status: fc.constantFrom("200", "500"),
    }),
    { minLength: 1, maxLength: 120 },
  )
  .map((all): readonly Call[] =>
    all.map(({ time, seconds, status }) => ({ time, seconds, labels: { method: "GET", status_code: status } })),
  );

const FILE = fileOf(latency({ percentile: 90, confidence: OBSERVED }), errors({ limit: 0.3, confidence: OBSERVED }));

function shuffled(fetched: Fetched, by: (index: number) => number): Fetched {
  const mix = <Item>(items: readonly Item[]) =>
    items
      .map((item, index) => ({ item, at: by(index) }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ item }) => item);
  const series = (one: RawSeries): RawSeries => ({
    ...one,
    labels: Object.fromEntries(Object.entries(one.labels).toReversed()),
  });
  return {
    ranges: mix(
      fetched.ranges.map((one) => (one.kind === "answer" ? { ...one, result: mix(one.result.map(series)) } : one)),
    ),
    instants: fetched.instants,
  };
}

describe("evidence", () => {
  it("does not depend on the order of answers, series and labels", () => {
    fc.assert(
      fc.property(traffic, fc.integer({ min: 1, max: 1000 }), (all, salt) => {
        const run = runFile();
        const phases = phasesOf(run);
        const plan = planFetch(FILE, phases, { marginSeconds: 30, serverCounter: selector(COUNTER) });
        const targets = [target(all), target(all.slice(1), { instance: "b:1", scrapes: scrapes(970.75, 1050.75, 1) })];
        const fetched = fetchFrom({ targets }, plan);
        const of = (answers: Fetched) =>
          judge(FILE, run, reduceEvidence(FILE, phases, answers, { serverCounter: selector(COUNTER) }));
        expect(of(shuffled(fetched, (index) => (index * 7919 + salt) % 101))).toEqual(of(fetched));
      }),
      { ...RUNS, numRuns: 25 },
    );
  });

  it("judges the same after a round trip through JSON", () => {
    fc.assert(
      fc.property(traffic, (all) => {
        const run = runFile();
        const kept = evidenceOf(FILE, run, { targets: [target(all)] });
        expect(judge(FILE, run, JSON.parse(JSON.stringify(kept)) as Evidence)).toEqual(judge(FILE, run, kept));
      }),
      { ...RUNS, numRuns: 25 },
    );
  });

  it("counts every request once, and its interval holds the quantile", () => {
    fc.assert(
      fc.property(
        traffic,
        fc.constantFrom(50, 90, 95, 99, 99.9),
        fc.constantFrom(0.5, 1, 2, 7),
        (all, percentile, every) => {
          const file = fileOf(latency({ percentile, confidence: OBSERVED }));
          const scraped = scrapes(970.25, 1060.25, every);
          const found = verdictOf(file, runFile(), { targets: [target(all, { scrapes: scraped })] }).objectives[0];
          expect(found?.counts?.total).toBe(all.length);
          const sorted = all.map(({ seconds }) => seconds).toSorted((a, b) => a - b);
          const exact = sorted[Math.max(1, Math.ceil((all.length * percentile) / 100 - 1e-9)) - 1] ?? 0;
          expect(found?.measured?.lower ?? 0).toBeLessThanOrEqual(exact);
          expect(found?.measured?.upper ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(exact);
          expect(found?.counts?.bad).toBe(sorted.filter((seconds) => seconds > 0.3).length);
        },
      ),
      RUNS,
    );
  });

  it("adds up where a phase is split at a scrape", () => {
    fc.assert(
      fc.property(traffic, fc.integer({ min: 1001, max: 1028 }), (all, whole) => {
        const at = whole + 0.25;
        const phase = (name: string, from: number, to: number) => ({ name, from, to, quiet: false });
        const count = (from: number, to: number) => {
          const run = { window: phase("window", from, to) };
          const counters = evidenceOf(FILE, run, { targets: [target(all)] }).counters[0];
          if (counters === undefined) throw new Error("no counters");
          return sidesOf(counters, run.window, [run.window]).outer;
        };
        const [before, after, both] = [count(999.25, at), count(at, 1030.25), count(999.25, 1030.25)];
        expect(before.total + after.total).toBe(both.total);
        expect(before.columns.map((one, index) => one + (after.columns[index] ?? 0))).toEqual(both.columns);
      }),
      { ...RUNS, numRuns: 25 },
    );
  });

  it("holds the quantile of a window's truth, whatever belongs to its edges", () => {
    fc.assert(
      fc.property(traffic, fc.constantFrom(50, 90, 99), (all, percentile) => {
        const window = { name: "window", from: 1003.7, to: 1021.9, quiet: false };
        const counters = evidenceOf(
          FILE,
          { window },
          { targets: [target(all, { scrapes: scrapes(970.25, 1060.25, 4) })] },
        ).counters[0];
        const edges = counters === undefined ? null : edgesOf(counters);
        const inside = all.filter(({ time }) => time > window.from && time <= window.to).map(({ seconds }) => seconds);
        if (counters === undefined || edges === null || inside.length === 0) return;
        const found = quantileOf(sidesOf(counters, window, [window]), edges, percentile);
        const exact =
          inside.toSorted((a, b) => a - b)[Math.max(1, Math.ceil((inside.length * percentile) / 100 - 1e-9)) - 1] ?? 0;
        expect(found.lower ?? 0).toBeLessThanOrEqual(exact);
        expect(found.upper ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(exact);
      }),
      RUNS,
    );
  });
});

/** Park and Miller's generator: the same 2000 runs on every machine. */
function* uniform(seed: number): Generator<number, never> {
  let state = seed;
  while (true) {
    state = (state * 48_271) % 2_147_483_647;
    yield state / 2_147_483_647;
  }
}

describe("2000 simulated runs on each side of the limit", () => {
  const COUNT = 2000;
  const ALLOWED = 0.01;
  const MOST = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / COUNT);

  it.each([
    ["false passes just above it", ALLOWED * 1.000001, "pass"],
    ["false breaches just on it", ALLOWED, "fail"],
  ] as const)("%s stay within 5 %%", (_, share, wrong) => {
    const random = uniform(20_261_122);
    let mistakes = 0;
    for (let run = 0; run < COUNT; run += 1) {
      const seconds = Array.from({ length: 31 }, () => {
        let bad = 0;
        for (let request = 0; request < 100; request += 1) if (random.next().value < share) bad += 1;
        return { total: 100, bad };
      });
      if (verdict(seconds, true, errors({ limit: ALLOWED })) === wrong) mistakes += 1;
    }
    expect(mistakes / COUNT).toBeLessThanOrEqual(MOST);
    expect(mistakes).toBeGreaterThan(0);
  });
});

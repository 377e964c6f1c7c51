import { describe, expect, it } from "vitest";
import { planFetch } from "./fetch-plan.ts";
import {
  errors,
  evidenceOf,
  fileOf,
  judged,
  latency,
  query,
  resource,
  runFile,
  STEADY,
  target,
  verdictOf,
} from "./fixtures/scene.ts";
import { calls, histogram } from "./fixtures/service.ts";
import { fetchFrom, scrapes } from "./fixtures/world.ts";
import { judge } from "./judge.ts";
import { reduceEvidence } from "./reduce.ts";

const good = calls(1000, 1030, 600);
const FILE = fileOf(latency(), errors(), resource(), query());

describe("evidence", () => {
  it("keeps the course of every target, from scrape to scrape", () => {
    const evidence = evidenceOf(fileOf(latency()), runFile({ serverCounter: null }), {
      targets: [target(good, { scrapes: scrapes(975, 1060, 5) })],
    });
    expect(evidence).toMatchObject({ schema: 1, resources: [], queries: [] });
    expect(evidence.counters).toHaveLength(1);
    expect(evidence.counters[0]).toMatchObject({
      counted: {
        kind: "latency",
        histogram: 'http_request_duration_seconds{job="api",method="GET"}',
        edges: [0.05, 0.1, 0.3, 1],
        uniform: true,
      },
      series: 5,
      targets: [
        {
          times: [1000, 1005, 1010, 1015, 1020, 1025, 1030],
          total: [100, 100, 100, 100, 100, 100],
          scrapeInterval: 5,
          before: "still",
          after: "still",
          coverage: 1,
          troubles: [],
        },
      ],
    });
  });

  it("is shared by objectives that share their selectors", () => {
    const file = fileOf(latency(), latency({ percentile: 90, atMost: 0.1 }), errors(), errors({ limit: 0.5 }));
    expect(
      evidenceOf(file, runFile(), { targets: [target(good)] }).counters.map(({ counted }) => counted.kind),
    ).toEqual(["latency", "ratio", "counter"]);
  });

  it("knows what was not fetched", () => {
    const phases = [STEADY];
    const nothing = fetchFrom({ targets: [] }, planFetch(fileOf(), phases, { marginSeconds: 1 }));
    const evidence = reduceEvidence(FILE, phases, nothing);
    const report = judge(FILE, runFile({ phases }), evidence);
    expect(report.objectives.map(({ verdict, reason }) => [verdict, reason.code])).toEqual(
      Array(4).fill(["no-data", "not-fetched"]),
    );
  });

  it("is judged on the same clock where the answers came a scrape apart", () => {
    const cut = histogram(good).map((source) => ({
      ...source,
      at: (time: number) => (time > 1031 ? null : source.at(time)),
    }));
    const found = evidenceOf(fileOf(latency()), runFile(), {
      targets: [target([], { sources: cut, scrapes: scrapes(970.25, 1031.25, 1) })],
    });
    expect(found.counters[0]?.targets[0]).toMatchObject({ after: "unknown", troubles: [] });
  });
});

describe("targets that live in a part of the phase", () => {
  const on = (change: Parameters<typeof target>[1]) =>
    judged(latency({ percentile: 50 }), [
      target(good),
      target([], { instance: "b:1", sources: histogram(calls(1010, 1012, 10)), ...change }),
    ]);

  it("is not born where it was down before: another process may have been there", () => {
    const down = scrapes(986, 1050, 15).map(({ time }) => ({ time, up: time < 1000 ? (0 as const) : (1 as const) }));
    expect(on({ scrapes: down, start: () => 1001 })).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "edge-missing" },
    });
  });

  it("matters where it is first seen after the phase and its process is older", () => {
    const late = scrapes(1031.25, 1050.25, 1);
    expect(on({ scrapes: late, start: null })).toMatchObject({ verdict: "inconclusive", reason: { code: "coverage" } });
    expect(on({ scrapes: late, start: () => 1015 })).toMatchObject({ counts: { total: 610 } });
    expect(on({ scrapes: late, start: () => 1030.5, sources: [] })).toMatchObject({
      verdict: "pass",
      counts: { total: 600 },
    });
  });

  it("matters where it was last seen just before the phase", () => {
    expect(on({ scrapes: scrapes(970.25, 998.25, 1) })).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "coverage" },
    });
    expect(on({ scrapes: scrapes(970.25, 990.25, 1) }).verdict).toBe("pass");
    expect(on({ scrapes: scrapes(999.25, 999.25, 1) }).verdict).toBe("inconclusive");
  });

  it("matters where scrapes on both sides leave the phase out", () => {
    const around = [...scrapes(990.25, 999.25, 1), ...scrapes(1030.25, 1050.25, 1)];
    expect(on({ scrapes: around })).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "gap" },
      counts: { total: 610 },
    });
  });

  it("is not covered where a long gap hides a restart", () => {
    const gap = {
      scrapes: scrapes(970.25, 1050.25, 1, { dropped: [1005, 1015] as const }),
      start: (time: number) => (time < 1010 ? 900 : 1012),
    };
    expect(on(gap)).toMatchObject({ verdict: "inconclusive", reason: { code: "coverage" } });
  });

  it("has no interval of its own between two phases' scrapes", () => {
    const short = runFile({ phases: [{ name: "steady", from: 1000.3, to: 1000.8, quiet: false }] });
    const report = verdictOf(fileOf(latency({ percentile: 50 })), short, {
      targets: [target(calls(1000.3, 1000.8, 50))],
    });
    expect(report.objectives[0]).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "phase-edge" },
      counts: { total: 50 },
    });
  });
});

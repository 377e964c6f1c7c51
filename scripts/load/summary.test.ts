import { describe, expect, test } from "vitest";
import type { PlanFile } from "../../slo/core/plan-file.ts";
import { clientCounts, countsFailure, type K6Summary, loadFacts, parseSummary, phasesOf } from "./summary.ts";

const phase = {
  name: "steady",
  offset: 10,
  duration: 30,
  drain: 11,
  quiet: true,
  rate: 20,
  iterations: 600,
  maxVUs: 200,
  requests: [],
};
const plan: PlanFile = { schema: 1, profile: "average", duration: 51, phases: [phase] };
const START = 1_000_000;
const values: Record<string, Record<string, number>> = {
  "requests_started{phase:steady}": { count: 6000 },
  "http_reqs{phase:steady}": { count: 6000 },
  "requests_unanswered{phase:steady}": { count: 2 },
  "responses_unexpected{phase:steady}": { count: 1 },
  "responses_server_error{phase:steady}": { count: 3 },
  "iterations{phase:steady}": { count: 600 },
  "dropped_iterations{scenario:steady}": { count: 0 },
  "http_req_duration{phase:steady}": { med: 2, "p(95)": 8, "p(99)": 12, max: 40 },
  "phase_start_ms{phase:steady}": { min: (START + 10) * 1000 },
  "phase_end_ms{phase:steady}": { max: (START + 40.2) * 1000 },
  vus: { max: 7 },
};
const summaryOf = (over: Record<string, Record<string, number>> = {}): K6Summary => ({
  metrics: Object.fromEntries(Object.entries({ ...values, ...over }).map(([name, v]) => [name, { values: v }])),
});
const window = { from: START, to: START + 40.3 };

test("counts by phase, whole numbers", () => {
  expect(clientCounts(plan, summaryOf())).toEqual([
    {
      phase: "steady",
      answered: 5998,
      unanswered: 2,
      interrupted: 0,
      retries: 0,
      unexpected: 1,
      serverErrors: 3,
      iterations: 600,
      droppedIterations: 0,
      latency: { p50: 0.002, p95: 0.008, p99: 0.012, max: 0.04 },
    },
  ]);
});

test("what was started and never ended was interrupted", () => {
  expect(clientCounts(plan, summaryOf({ "http_reqs{phase:steady}": { count: 5990 } }))[0]).toMatchObject({
    answered: 5988,
    interrupted: 10,
  });
});

test("dropped iterations that k6 does not tell are unknown, not zero", () => {
  const { "dropped_iterations{scenario:steady}": _dropped, ...rest } = values;
  const summary: K6Summary = {
    metrics: Object.fromEntries(Object.entries(rest).map(([name, v]) => [name, { values: v }])),
  };
  expect(clientCounts(plan, summary)[0]?.droppedIterations).toBeNull();
});

describe("a phase's edges", () => {
  test("from the scenario's start to its last journey's end", () => {
    expect(phasesOf(plan, summaryOf(), window)).toEqual([
      { name: "steady", from: START + 10, to: START + 40.2, quiet: true },
    ]);
  });
  test("never before its planned end", () => {
    const early = summaryOf({ "phase_end_ms{phase:steady}": { max: (START + 39) * 1000 } });
    expect(phasesOf(plan, early, window)[0]?.to).toBe(START + 40);
  });
  test("cut short: until the load's end, and not quiet", () => {
    const cut = phasesOf(plan, summaryOf({ "phase_end_ms{phase:steady}": { max: (START + 20) * 1000 } }), {
      from: START,
      to: START + 21,
    });
    expect(cut).toEqual([{ name: "steady", from: START + 10, to: START + 21, quiet: false }]);
  });
  test("with interrupted requests: until the drain's end", () => {
    const left = phasesOf(plan, summaryOf({ "http_reqs{phase:steady}": { count: 5990 } }), {
      from: START,
      to: START + 51,
    });
    expect(left[0]?.to).toBe(START + 51);
  });
  test("a phase whose journeys never came to their mark is where the plan has it, and not quiet", () => {
    expect(phasesOf(plan, summaryOf({ "phase_start_ms{phase:steady}": { min: 0 } }), window)).toEqual([
      { name: "steady", from: START + 10, to: START + 40, quiet: false },
    ]);
  });
  test("without a summary the plan stands in, and nothing is quiet", () => {
    expect(phasesOf(plan, null, { from: START, to: START + 20 })).toEqual([
      { name: "steady", from: START + 10, to: START + 20, quiet: false },
    ]);
    expect(phasesOf(plan, null, { from: START, to: START + 9 })).toEqual([]);
  });
});

test("what was offered and what was reached", () => {
  expect(loadFacts(plan, summaryOf(), () => 0.12)).toEqual([
    { phase: "steady", offeredRate: 20, achievedRate: 20, maxVUs: 200, peakVUs: 7, generatorCpu: 0.12 },
  ]);
});

test("what is no summary is none", () => {
  expect(parseSummary("")).toBeNull();
  expect(parseSummary('{"metrics": 3}')).toBeNull();
  expect(parseSummary('{"metrics": {"x": {"values": {"count": 1}}}}')).toEqual({
    metrics: { x: { values: { count: 1 } } },
  });
});

describe("a script that does not count what it sends", () => {
  test("is a failure, by phase", () => {
    const uncounted = summaryOf({ "requests_started{phase:steady}": { count: 5999 } });
    expect(countsFailure(plan, uncounted)?.text).toBe(
      "the k6 script sent 6000 requests in steady and counted 5999 of them (see loadtests/README.md)",
    );
  });

  test("requests begun and never ended are none", () => {
    expect(countsFailure(plan, summaryOf())).toBeNull();
    expect(countsFailure(plan, summaryOf({ "requests_started{phase:steady}": { count: 6001 } }))).toBeNull();
  });
});

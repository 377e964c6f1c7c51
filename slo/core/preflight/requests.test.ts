import { describe, expect, it } from "vitest";
import { errors, latency, OBSERVED, selector } from "../fixtures/scene.ts";
import type { PlannedPhase } from "../plan-file.ts";
import { requestsFinding } from "./requests.ts";

const GET = { name: "list tasks", labels: { method: "GET", route: "/tasks" }, count: 2995 };
const POST = { name: "create task", labels: { method: "POST", route: "/tasks" }, count: 1000 };

const phase = (count = GET.count): PlannedPhase => ({
  name: "steady",
  offset: 10,
  duration: 30,
  quiet: true,
  drain: 5,
  rate: 100,
  iterations: 3000,
  maxVUs: 50,
  requests: [{ ...GET, count }, POST],
});

describe("rule 5: before the run, can it prove anything?", () => {
  it.each([
    [2995, "ok", 0],
    [2994, "problem", 3],
  ])("p99.9 with %d requests: %s", (count, verdict, exitCode) => {
    expect(requestsFinding(latency({ percentile: 99.9 }), phase(count))).toMatchObject({ verdict, exitCode });
  });

  it.each([
    [1491, "ok"],
    [1490, "problem"],
  ])("p99 in bursts of five with %d requests: %s", (count, verdict) => {
    expect(requestsFinding(latency({ burst: 5 }), phase(count))).toMatchObject({
      verdict,
      expected: "1491 without a bad one, to prove at most 1 % at 95 % confidence and a burst of 5",
    });
  });

  it("says how long the phase must be otherwise", () => {
    expect(requestsFinding(latency(), phase(100))).toEqual({
      check: "requests",
      verdict: "problem",
      exitCode: 3,
      expected: "299 without a bad one, to prove at most 1 % at 95 % confidence",
      actual: "100 requests planned in steady",
      advice: "make steady at least 90 s long instead of 30 s, or raise the rate",
    });
    expect(requestsFinding(latency(), phase())).toMatchObject({
      verdict: "ok",
      actual: "2995 requests planned in steady",
      advice: null,
    });
  });

  it("counts requests whose labels match, as far as the plan knows them", () => {
    expect(requestsFinding(errors(), phase()).actual).toBe("3995 requests planned in steady");
    expect(requestsFinding(latency({ histogram: selector('x{method="PUT"}') }), phase())).toEqual({
      check: "requests",
      verdict: "problem",
      exitCode: 3,
      expected: "requests that the objective counts",
      actual: "0 requests planned in steady",
      advice: "none of the planned requests is one that the objective counts: see its matchers and the profile",
    });
  });

  it("knows what no number of requests proves", () => {
    expect(requestsFinding(errors({ limit: 0 }), phase())).toMatchObject({
      check: "requests",
      expected: "to prove at most 0 % at 95 % confidence",
      advice: "no number of requests proves that none is ever bad: say `confidence: observed`",
    });
    expect(requestsFinding(errors({ op: "atLeast", limit: 1 }), phase()).verdict).toBe("problem");
    expect(requestsFinding(errors({ limit: 0, confidence: OBSERVED }), phase()).verdict).toBe("ok");
    expect(requestsFinding(errors({ limit: 1 }), phase()).verdict).toBe("ok");
  });
});

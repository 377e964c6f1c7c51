import { describe, expect, it } from "vitest";
import { errors, fileOf, latency, OBSERVED, query, resource } from "./fixtures/scene.ts";
import type { PlanFile } from "./plan-file.ts";
import { sufficiency } from "./sufficiency.ts";

const GET = { name: "list tasks", labels: { method: "GET", route: "/tasks" }, count: 2995 };
const POST = { name: "create task", labels: { method: "POST", route: "/tasks" }, count: 1000 };

const plan = (count = GET.count, phase = "steady"): PlanFile => ({
  schema: 1,
  profile: "average",
  duration: 45,
  phases: [
    {
      name: phase,
      offset: 10,
      duration: 30,
      quiet: true,
      drain: 5,
      rate: 100,
      iterations: 3000,
      maxVUs: 50,
      requests: [{ ...GET, count }, POST],
    },
  ],
});
const asked = (objective: Parameters<typeof fileOf>[0], given = plan()) => sufficiency(fileOf(objective), given)[0];

describe("rule 5: before the run, can it prove anything?", () => {
  it.each([
    [2995, "pass"],
    [2994, "fail"],
  ])("p99.9 with %d requests: %s", (count, verdict) => {
    expect(asked(latency({ percentile: 99.9 }), plan(count))?.verdict).toBe(verdict);
  });

  it.each([
    [1491, "pass"],
    [1490, "fail"],
  ])("p99 in bursts of five with %d requests: %s", (count, verdict) => {
    const text = "to prove at most 1 % at 95 % confidence and a burst of 5 takes 1491 without a bad one";
    const found = asked(latency({ burst: 5 }), plan(count));
    expect(found?.verdict).toBe(verdict);
    if (verdict === "fail") expect(found?.text).toContain(text);
  });

  it("says how long the phase must be otherwise", () => {
    expect(asked(latency(), plan(100))).toEqual({
      check: "requests",
      objective: "latency",
      verdict: "fail",
      text: "100 requests planned in steady, but to prove at most 1 % at 95 % confidence takes 299 without a bad one. Make steady at least 90 s long instead of 30 s, or raise the rate.",
    });
    expect(asked(latency())?.text).toBe(
      "2995 requests planned in steady; 299 without a bad one prove at most 1 % at 95 % confidence.",
    );
  });

  it("counts requests whose labels match, as far as the plan knows them", () => {
    expect(asked(errors())?.text).toContain("3995 requests planned");
    expect(
      asked(latency({ histogram: { metric: "x", matchers: [{ label: "method", op: "=", value: "PUT" }] } })),
    ).toMatchObject({
      verdict: "fail",
      text: "0 requests planned in steady: none that the objective counts, so there will be no data.",
    });
  });

  it("knows what no number of requests proves", () => {
    expect(asked(errors({ limit: 0 }))?.text).toContain('Say "confidence: observed".');
    expect(asked(errors({ op: "atLeast", limit: 1 }))?.verdict).toBe("fail");
    expect(asked(errors({ limit: 0, confidence: OBSERVED }))?.verdict).toBe("pass");
    expect(asked(errors({ limit: 1 }))?.verdict).toBe("pass");
  });

  it("misses a phase that the profile has not", () => {
    expect(asked(latency(), plan(3000, "peak"))?.text).toBe(
      'The profile average has not one phase "steady" (it has peak): there will be nothing to judge.',
    );
  });

  it("skips what rests on no requests, and what does not gate", () => {
    expect([asked(resource())?.verdict, asked(query())?.verdict]).toEqual(["skip", "skip"]);
    expect(sufficiency(fileOf(latency({ gating: false })), plan())).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { judged, latency, target } from "./fixtures/scene.ts";
import { calls } from "./fixtures/service.ts";
import { scrapes } from "./fixtures/world.ts";

describe("a process born in the phase", () => {
  const born = (at: number, instance = "new:1") =>
    target(calls(at + 1, 1030, 2000), { instance, scrapes: scrapes(at + 1.25, 1050.25, 1), start: () => at });

  it("counts whole where another target was watched before", () => {
    expect(judged(latency(), [target(calls(1000, 1030, 3000)), born(1020)])).toMatchObject({
      verdict: "pass",
      counts: { total: 5000 },
      span: { coverage: 1 },
    });
  });

  it("covers nothing before it where Prometheus watched nothing then", () => {
    expect(judged(latency(), [born(1020)])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "coverage", text: expect.stringContaining("Only 33.3 % of steady is covered") },
    });
  });
});

import { describe, expect, it } from "vitest";
import { errors, judged, latency, target } from "./fixtures/scene.ts";
import { calls, histogram } from "./fixtures/service.ts";
import { scrapes } from "./fixtures/world.ts";

const steady = (bad: number, count = 6000, seconds = 0.5) => calls(1000, 1030, count, { bad, seconds });

describe("rule 1: counts are subtracted sample from sample", () => {
  it("counts every request of the phase once, and passes what is proven", () => {
    const found = judged(latency(), [target(steady(3))]);
    expect(found.verdict).toBe("pass");
    expect(found.counts).toEqual({ total: 6000, bad: 3 });
    expect(found.bound?.upper).toBeCloseTo(0.001306, 6);
    expect(found.bound?.lower).toBeCloseTo(0.000136, 6);
    expect(found.reason).toEqual({
      code: "proven",
      text: "3 of 6000 took longer than 300 ms: at most 0.131 % with 95 % confidence; 1 % is allowed. Bursts rarer than about five a phase cannot be excluded.",
    });
    expect(found.queries).toEqual(['http_request_duration_seconds_bucket{job="api",method="GET"}']);
    expect(found.span).toEqual({
      from: "1970-01-01T00:16:39.250Z",
      to: "1970-01-01T00:17:10.250Z",
      coverage: 1,
    });
  });

  it("adds up targets, each on its own clock", () => {
    const two = target(steady(1), { instance: "b:1", scrapes: scrapes(970.75, 1050.75, 1) });
    expect(judged(latency(), [target(steady(3)), two]).counts).toEqual({ total: 12000, bad: 4 });
  });

  it("takes a series absent at a successful scrape for 0, so that a late birth loses nothing", () => {
    const late = [
      ...steady(0),
      ...calls(1010, 1011, 40).map((call) => ({ ...call, labels: { method: "GET", status_code: "503" } })),
    ];
    const sources = [
      ...histogram(late.filter(({ labels }) => labels.status_code === "200")),
      ...histogram(
        late.filter(({ labels }) => labels.status_code === "503"),
        { born: 1010 },
      ),
    ];
    const found = judged(errors({ limit: 0.5 }), [target([], { sources })]);
    expect(found.counts).toEqual({ total: 6040, bad: 40 });
    expect(found.verdict).toBe("pass");
  });

  it("finds a process born inside the phase at 0, and counts from its first sample", () => {
    const born = target(calls(1005, 1030, 100), {
      instance: "b:1",
      scrapes: scrapes(1008.25, 1050.25, 1),
      start: () => 1004,
    });
    const found = judged(latency(), [target(steady(0)), born]);
    expect(found.counts).toEqual({ total: 6100, bad: 0 });
    expect(found.verdict).toBe("pass");
  });

  it("does not pass on a target that was there before, unseen", () => {
    const unseen = target(calls(1005, 1030, 100), { instance: "b:1", scrapes: scrapes(1008.25, 1050.25, 1) });
    expect(judged(latency(), [target(steady(0)), unseen])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "coverage" },
    });
    const early = { ...unseen, scrapes: scrapes(1001.25, 1050.25, 1) };
    expect(judged(latency(), [target(steady(0)), early])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "edge-missing", text: expect.stringContaining("api 127.0.0.1:9464".slice(0, 3)) },
    });
  });

  it("does not pass on a target that went away, but lets what it counted prove a breach", () => {
    const gone = { scrapes: scrapes(970.25, 1028.25, 1) };
    expect(judged(latency(), [target(steady(0), gone)])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "edge-missing" },
    });
    expect(judged(latency(), [target(steady(600), gone)]).verdict).toBe("fail");
  });

  it("ignores targets that were gone before the phase, or came after it", () => {
    const before = target(calls(980, 985, 50), { instance: "old:1", scrapes: scrapes(975.25, 990.25, 1) });
    const after = target(calls(1035, 1040, 50), {
      instance: "new:1",
      scrapes: scrapes(1036.25, 1050.25, 1),
      start: () => 1034,
    });
    const found = judged(latency(), [target(steady(3)), before, after]);
    expect(found.counts).toEqual({ total: 6000, bad: 3 });
    expect(found.verdict).toBe("pass");
  });

  it("takes counts lost in a restart for a lower bound, never for a pass", () => {
    const restarted = target([], {
      sources: histogram(steady(0), { restarts: [1015.5] }),
      start: (time) => (time < 1015.5 ? 900 : 1015.5),
    });
    const found = judged(latency(), [restarted]);
    expect(found).toMatchObject({ verdict: "inconclusive", reason: { code: "target-restarted" } });
    expect(found.counts).toEqual({ total: 5950, bad: 0 });
  });

  it("sees a restart even where the new count is above the old, and counts the new one whole", () => {
    const all = [...calls(1000, 1019, 10), ...calls(1019.5, 1030, 4000)];
    const restarted = target([], {
      sources: histogram(all, { restarts: [1019.4] }),
      start: (time) => (time < 1019.4 ? 900 : 1019.4),
    });
    const found = judged(latency(), [restarted]);
    expect(found).toMatchObject({ verdict: "inconclusive", reason: { code: "target-restarted" } });
    expect(found.counts?.total).toBe(4010);
  });

  it("does not take a clock's correction by a second for a restart", () => {
    const wobbling = target(steady(0), { start: (time) => (Math.floor(time) % 2 === 0 ? 900 : 901) });
    expect(judged(latency(), [wobbling]).verdict).toBe("pass");
    const unknown = target(steady(0), { start: () => Number.NaN });
    expect(judged(latency(), [unknown]).verdict).toBe("pass");
  });

  it("flags a fall without a known restart", () => {
    const fallen = target([], { sources: histogram(steady(0), { restarts: [1015.5] }), start: null });
    expect(judged(latency(), [fallen])).toMatchObject({
      verdict: "inconclusive",
      reason: {
        code: "counts-lost",
        text: "http_request_duration_seconds_bucket of api 127.0.0.1:9464 fell at 00:16:56 UTC without a known restart: what it counted before is lost.",
      },
    });
  });

  it("never passes on series without a clock, but lets them prove a breach", () => {
    const federated = (bad: number) => target(steady(bad), { withoutUp: true });
    expect(judged(latency(), [federated(0)])).toMatchObject({ verdict: "inconclusive", reason: { code: "no-clock" } });
    expect(judged(latency(), [federated(600)]).verdict).toBe("fail");
  });

  it("counts late federated series only from their first sample", () => {
    const all = calls(1000, 1030, 6000, { bad: 600, seconds: 0.5, status: "500" });
    const late = histogram(all).map((source) => ({
      ...source,
      at: (time: number) => (source.labels.status_code === "500" && time < 1020 ? null : source.at(time)),
    }));
    const found = judged(latency(), [target([], { sources: late, withoutUp: true })]);
    expect(found).toMatchObject({ verdict: "fail", reason: { code: "broken" } });
    expect(found.counts?.bad).toBeLessThan(600);
  });

  it("never passes on samples beside the clock's times", () => {
    const own = histogram(steady(0)).map((source) => ({
      ...source,
      times: Array.from({ length: 80 }, (_, i) => 970.5 + i),
    }));
    expect(judged(latency(), [target([], { sources: own })])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "no-clock" },
    });
  });
});

import { describe, expect, it } from "vitest";
import { judged, OBSERVED, resource, target, WINDOW_FACTS } from "./fixtures/scene.ts";
import { type Scraped, type Source, scrapes } from "./fixtures/world.ts";

const MIB = 1024 ** 2;
const rss = (at: Source["at"]): Source => ({ labels: { __name__: "process_resident_memory_bytes" }, at });
const mark = (at: Source["at"]): Source => ({ labels: { __name__: "process_resident_memory_peak_bytes" }, at });
const cpu = (at: Source["at"]): Source => ({ labels: { __name__: "process_cpu_seconds_total" }, at });
const replica = (sources: readonly Source[], change: Partial<Scraped> = {}) => target([], { sources, ...change });

describe("rule 11: memory", () => {
  it("passes by the kernel's high-water mark, and says whose memory it is", () => {
    const found = judged(resource(), [replica([rss(() => 170 * MIB), mark(() => 182 * MIB)])]);
    expect(found).toMatchObject({ verdict: "pass", counts: null, bound: null });
    expect(found.measured).toEqual({ value: 170 * MIB, lower: 170 * MIB, upper: 182 * MIB, unit: "bytes" });
    expect(found.reason).toEqual({
      code: "proven",
      text: "The kernel's mark of RSS (process_resident_memory_peak_bytes) of 127.0.0.1:9464 (the process's own, without cAdvisor) is 182 MiB; 256 MiB is allowed.",
    });
    expect(found.queries).toEqual([
      'process_resident_memory_bytes{job="api"}',
      'process_resident_memory_peak_bytes{job="api"}',
    ]);
  });

  it("fails by one sample above the limit", () => {
    const found = judged(resource(), [replica([rss((time) => (Math.floor(time) === 1015 ? 300 : 100) * MIB)])]);
    expect(found).toMatchObject({
      verdict: "fail",
      reason: { text: expect.stringContaining("was 300 MiB; only 256 MiB is allowed.") },
    });
  });

  it("fails by a mark that grew over the limit inside the phase", () => {
    const found = judged(resource(), [
      replica([rss(() => 100 * MIB), mark((time) => (time < 1015 ? 200 : 300) * MIB)]),
    ]);
    expect(found).toMatchObject({ verdict: "fail", measured: { value: 300 * MIB, lower: 300 * MIB } });
  });

  it("says nothing by a mark from before the phase, or from its edge", () => {
    const before = judged(resource(), [replica([rss(() => 100 * MIB), mark(() => 300 * MIB)])]);
    expect(before).toMatchObject({ verdict: "inconclusive", reason: { code: "high-water-before" } });
    const edge = judged(resource(), [replica([rss(() => 100 * MIB), mark((time) => (time < 1030 ? 200 : 300) * MIB)])]);
    expect(edge).toMatchObject({ verdict: "inconclusive", measured: { lower: 100 * MIB, upper: 300 * MIB } });
  });

  it("does not pass on samples alone, unless told to", () => {
    const samples = [replica([rss(() => 100 * MIB)])];
    expect(judged(resource(), samples)).toMatchObject({ verdict: "inconclusive", reason: { code: "sampled" } });
    expect(judged(resource({ confidence: OBSERVED }), samples)).toMatchObject({
      verdict: "pass",
      reason: { code: "sampled" },
    });
  });

  it("judges the mean of the samples where that is asked for", () => {
    const grows = rss((time) => (time < 1015 ? 200 : 340) * MIB);
    expect(judged(resource({ stat: "mean" }), [replica([grows])])).toMatchObject({
      verdict: "fail",
      measured: { unit: "bytes" },
    });
    expect(judged(resource({ stat: "mean" }), [replica([rss(() => 100 * MIB), mark(() => 200 * MIB)])]).verdict).toBe(
      "pass",
    );
  });

  it("lets the worst replica decide", () => {
    const good = replica([rss(() => 100 * MIB), mark(() => 110 * MIB)]);
    const bad = replica([rss(() => 300 * MIB), mark(() => 310 * MIB)], { instance: "b:1" });
    const unmarked = replica([rss(() => 100 * MIB)], { instance: "c:1" });
    const silent = replica([], { instance: "d:1" });
    expect(judged(resource(), [good, bad]).verdict).toBe("fail");
    expect(judged(resource(), [good, unmarked]).verdict).toBe("inconclusive");
    expect(judged(resource(), [good, silent])).toMatchObject({ verdict: "no-data", reason: { code: "no-series" } });
    expect(judged(resource(), [silent, bad]).verdict).toBe("fail");
  });

  it("takes a mark that steps back in one process for the kernel's rounding, and its highest for the peak", () => {
    const steps = (low: number) => mark((time) => (time < 1012 ? 180 : time < 1014 ? 182 : low) * MIB);
    expect(judged(resource(), [replica([rss(() => 170 * MIB), steps(181)])])).toMatchObject({
      verdict: "pass",
      measured: { lower: 182 * MIB, upper: 182 * MIB },
    });
    const over = mark((time) => (time < 1012 ? 180 : time < 1014 ? 300 : 181) * MIB);
    expect(judged(resource(), [replica([rss(() => 170 * MIB), over])])).toMatchObject({ verdict: "fail" });
  });

  it("does not pass through a restart, with up at 0, or over an edge", () => {
    const sources = [rss(() => 100 * MIB), mark(() => 110 * MIB)];
    const restarted = replica(sources, { start: (time) => (time < 1015 ? 900 : 1014) });
    expect(judged(resource(), [restarted])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "target-restarted" },
    });
    const down = replica(sources, { scrapes: scrapes(970.25, 1050.25, 1, { down: [1010, 1011] }) });
    expect(judged(resource(), [down])).toMatchObject({ verdict: "inconclusive", reason: { code: "target-down" } });
    const ended = replica(sources, { scrapes: scrapes(970.25, 1029.25, 1) });
    expect(judged(resource(), [ended])).toMatchObject({ verdict: "inconclusive" });
    const fallen = replica([rss(() => 100 * MIB), mark((time) => (time < 1015 ? 150 : 110) * MIB)], { start: null });
    expect(judged(resource(), [fallen])).toMatchObject({ verdict: "inconclusive", reason: { code: "counts-lost" } });
  });

  it("sees a restart behind a gap that hides nothing", () => {
    const sources = [rss(() => 100 * MIB), mark(() => 110 * MIB)];
    const gap = scrapes(970.25, 1050.25, 1).filter(({ time }) => time < 1018 || time > 1022);
    expect(judged(resource(), [replica(sources, { scrapes: gap })]).verdict).toBe("pass");
    const restarted = replica(sources, { scrapes: gap, start: (time) => (time < 1010 ? 900 : 1009) });
    expect(judged(resource(), [restarted])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "target-restarted" },
    });
  });

  it("does not see peaks in a gap of samples, where the kernel's mark does", () => {
    const scraped = { scrapes: scrapes(970.25, 1050.25, 1, { dropped: [1010, 1014] as const }) };
    const sources = [rss(() => 100 * MIB), mark(() => 110 * MIB)];
    expect(judged(resource(), [replica(sources, scraped)]).verdict).toBe("pass");
    expect(judged(resource({ confidence: OBSERVED }), [replica(sources.slice(0, 1), scraped)])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "gap" },
    });
  });

  it("never passes on a process without a clock", () => {
    const sources = [rss(() => 100 * MIB), mark(() => 110 * MIB)];
    expect(judged(resource(), [replica(sources, { withoutUp: true })])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "no-clock" },
    });
  });

  it("has no data where the only replica came later", () => {
    const later = replica([rss(() => MIB)], { scrapes: scrapes(1036.25, 1050.25, 1), start: () => 1035 });
    expect(judged(resource(), [later]).verdict).toBe("no-data");
  });

  it("needs most of the phase", () => {
    const found = judged(resource(), [
      replica([rss(() => 100 * MIB), mark(() => 110 * MIB)], { scrapes: scrapes(970.25, 1010.25, 1) }),
    ]);
    expect(found).toMatchObject({ verdict: "inconclusive", reason: { code: "coverage" } });
  });

  it("decides nothing on values that cannot be", () => {
    expect(judged(resource(), [replica([rss(() => Number.NaN), mark(() => 110 * MIB)])])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "bad-value" },
    });
  });

  it("has no data of a service that nobody measures", () => {
    expect(judged(resource({ service: "other" }), [replica([rss(() => MIB)])])).toMatchObject({
      verdict: "no-data",
      reason: { text: expect.stringContaining('job="other"') },
    });
  });

  it("has no data where Prometheus refused", () => {
    const failure = { request: "up", code: "timeout", text: "Prometheus took too long." };
    const found = judged(resource(), [], undefined, { failures: { up: failure } });
    expect(found).toMatchObject({ verdict: "no-data", reason: { code: "timeout", text: failure.text } });
    expect(Object.keys(found.reason)).toEqual(["code", "text"]);
  });
});

describe("rule 11: CPU", () => {
  const mean = (atMost: number, at: Source["at"], change = {}) =>
    judged(resource({ resource: "cpu", stat: "mean", atMost, ...change }), [replica([cpu(at)])]);
  const half = (time: number) => 0.5 * (time - 900);

  it("is the counter's difference over the phase, in cores", () => {
    const found = mean(0.6, half);
    expect(found.verdict).toBe("pass");
    expect(found.measured?.value).toBeCloseTo(0.5, 9);
    expect(found.reason.text).toBe(
      "127.0.0.1:9464 (process_cpu_seconds_total, the process's own, without cAdvisor) used 0.5 cores; 0.6 cores allowed.",
    );
    expect(mean(0.4, half)).toMatchObject({ verdict: "fail" });
  });

  it("answers only where the edges leave no doubt", () => {
    expect(mean(0.5, half)).toMatchObject({ verdict: "inconclusive", reason: { code: "phase-edge" } });
    expect(mean(0.5, half, { confidence: OBSERVED })).toMatchObject({ verdict: "pass", reason: { code: "observed" } });
    expect(mean(0.495, half, { confidence: OBSERVED })).toMatchObject({ verdict: "fail" });
  });

  it("sees the busiest interval, which proves a breach only", () => {
    const burst = (time: number) => (time < 1015 ? 0.1 * (time - 900) : 0.1 * 115 + Math.min(2, 2 * (time - 1015)));
    expect(mean(1, burst, { stat: "peak" })).toMatchObject({ verdict: "fail" });
    expect(mean(4, burst, { stat: "peak" })).toMatchObject({ verdict: "inconclusive", reason: { code: "sampled" } });
    expect(mean(4, burst, { stat: "peak", confidence: OBSERVED })).toMatchObject({
      verdict: "pass",
      reason: { code: "sampled" },
    });
  });

  it.each([0.5, 2])("sees it in cores whatever the scrapes' spacing: %s s", (spacing) => {
    const burst = cpu((time) => 0.1 * (time - 900) + Math.min(4, Math.max(0, 2 * (time - 1014))));
    const change = { scrapes: scrapes(970, 1050, spacing) };
    const found = (atMost: number) =>
      judged(resource({ resource: "cpu", stat: "peak", atMost, confidence: OBSERVED }), [replica([burst], change)]);
    expect(found(2).verdict).toBe("fail");
    expect(found(2.2)).toMatchObject({ verdict: "pass", reason: { code: "sampled" } });
    expect(found(2.2).measured?.value).toBeCloseTo(2.1, 6);
  });

  it("does not pass through a restart, and has no data without samples", () => {
    const restarted = replica([cpu((time) => (time < 1015 ? 1 : 0.5))], {
      start: (time) => (time < 1015 ? 900 : 1014),
    });
    expect(judged(resource({ resource: "cpu", stat: "mean", atMost: 1 }), [restarted]).reason.code).toBe(
      "target-restarted",
    );
    const other = replica([rss(() => 1)]);
    expect(judged(resource({ resource: "cpu", stat: "mean", atMost: 1 }), [other]).verdict).toBe("no-data");
    const short = replica([cpu(half)], { scrapes: scrapes(1029.25, 1029.25, 1) });
    expect(judged(resource({ resource: "cpu", stat: "peak", atMost: 1 }), [short], WINDOW_FACTS)).toMatchObject({
      verdict: "no-data",
    });
  });
});

it("says within which namespace it looked, and for which container", () => {
  const text = (change: Parameters<typeof resource>[0]) => judged(resource(change), []).reason.text;
  expect(text({ namespace: "shop" })).toBe(
    'Prometheus knows no memory of a service "api": no container by a Compose label, a container\'s or a pod\'s name in the namespace "shop".',
  );
  expect(text({ container: "app" })).toBe(
    'Prometheus knows no memory of a service "api": no container by a Compose label, a container\'s or a pod\'s name with a container "app".',
  );
});

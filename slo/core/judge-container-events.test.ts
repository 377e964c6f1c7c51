import { describe, expect, it } from "vitest";
import { COMPOSE, cadvisor, container, looks, MIB, POD } from "./fixtures/containers.ts";
import { events, judged, OBSERVED, target } from "./fixtures/scene.ts";

const process = target([], {
  sources: [{ labels: { __name__: "process_resident_memory_bytes" }, at: () => 500 * MIB }],
});

describe("throttling", () => {
  const throttling = events({ resource: "throttling", atMost: 0.05 });
  const of = (perSecond: number) => container({ throttled: (time) => Math.floor(perSecond * (time - 900)) });

  it("is the share of CPU periods that the quota held back", () => {
    expect(judged(throttling, [cadvisor(of(0.2))])).toMatchObject({
      verdict: "pass",
      limit: { value: 0.05, unit: "ratio" },
      measured: { unit: "ratio" },
      reason: { text: expect.stringContaining("of its CPU periods (") },
    });
    expect(judged(throttling, [cadvisor(of(2))])).toMatchObject({ verdict: "fail" });
    expect(judged(throttling, [cadvisor(of(2))]).measured?.value).toBeCloseTo(0.2, 1);
  });

  it("answers only where the edges leave no doubt", () => {
    const tight = { ...throttling, atMost: 0.2 };
    expect(judged(tight, [cadvisor(of(2))])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "phase-edge" },
    });
    expect(judged({ ...tight, confidence: OBSERVED }, [cadvisor(of(1.95))])).toMatchObject({ verdict: "pass" });
    expect(judged({ ...tight, atMost: 0.19, confidence: OBSERVED }, [cadvisor(of(1.95))])).toMatchObject({
      verdict: "fail",
    });
  });

  it("is not known of a container that began anew, nor of counts that are none", () => {
    const anew = (time: number) => time >= 1012;
    const fell = container({
      periods: (time) => Math.floor(10 * (time - (anew(time) ? 1011 : 900))),
      throttled: (time) => (anew(time) ? 0 : 20),
    });
    expect(judged(throttling, [cadvisor(fell)])).toMatchObject({ verdict: "inconclusive" });
    for (const change of [{ throttled: () => Number.NaN }, { periods: () => Number.NaN }])
      expect(judged(throttling, [cadvisor(container(change))]).verdict).not.toBe("pass");
  });

  it("is nothing where one of its two counters is missing", () => {
    for (const change of [{ throttled: () => null }, { periods: () => null }])
      expect(judged(throttling, [cadvisor(container(change))])).toMatchObject({ verdict: "no-data" });
  });

  it("is nothing without a quota, and nothing of what did not run", () => {
    expect(judged(throttling, [cadvisor(container({ quota: null }))])).toMatchObject({
      verdict: "no-data",
      reason: { code: "no-limit" },
    });
    expect(judged(throttling, [cadvisor(container({ periods: () => 500 }))])).toMatchObject({
      verdict: "no-data",
      reason: { code: "no-traffic" },
    });
    expect(judged(throttling, [process])).toMatchObject({
      verdict: "no-data",
      reason: { text: expect.stringContaining("no process tells of it") },
    });
  });
});

describe("OOM kills", () => {
  const oom = events({ resource: "oomKills" });
  const at = (...times: readonly number[]) =>
    container({ oomKills: (now) => times.filter((time) => time <= now).length });

  it("are counted to the unit", () => {
    expect(judged(oom, [cadvisor(at())])).toMatchObject({
      verdict: "pass",
      measured: { value: 0, lower: 0, upper: 0, unit: "number" },
    });
    expect(judged(oom, [cadvisor(at(1010, 1020))])).toMatchObject({
      verdict: "fail",
      measured: { value: 2 },
      reason: { text: expect.stringContaining("had 2 OOM kills; only 0 allowed.") },
    });
    expect(judged({ ...oom, atMost: 2 }, [cadvisor(at(1010, 1020))]).verdict).toBe("pass");
    expect(judged(oom, [cadvisor(at(980, 1040))]).verdict).toBe("pass");
  });

  it("leave it open where one may lie beside the phase", () => {
    expect(judged(oom, [cadvisor(at(1000.1))])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "phase-edge" },
    });
    expect(judged({ ...oom, confidence: OBSERVED }, [cadvisor(at(1000.1))])).toMatchObject({ verdict: "fail" });
  });

  it("are lost with a container that began anew, so that none seen is no pass", () => {
    const restarted = container({ cpu: (time) => (time < 1012 ? 50 : time - 1012) });
    expect(judged(oom, [cadvisor(restarted)])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "target-restarted" },
    });
    const unsure = container({ quota: null });
    expect(judged(oom, [cadvisor(unsure)])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "restart-unseen" },
      measured: { value: 0, upper: null },
    });
    expect(judged({ ...oom, confidence: OBSERVED }, [cadvisor(unsure)])).toMatchObject({ verdict: "pass" });
    expect(judged(oom, [cadvisor(container({ labels: POD, quota: null }))]).verdict).toBe("pass");
  });
});

describe("restarts", () => {
  const restarts = events();

  it("are told by another id (Kubernetes), another start time, or a counter that fell (Docker)", () => {
    const second = { ...POD, id: "/kubepods/2", name: "f01" };
    const kubernetes = [
      container({ labels: POD, looks: looks(970, 1010) }),
      container({ labels: second, looks: looks(1011), start: 1011, cpu: (time) => time }),
    ];
    expect(judged(restarts, [cadvisor(...kubernetes)])).toMatchObject({
      verdict: "fail",
      measured: { value: 1, lower: 1 },
      reason: {
        text: expect.stringContaining(
          `${POD.pod} (container_start_time_seconds, the container's, by cAdvisor) had 1 restart;`,
        ),
      },
    });
    expect(judged({ ...restarts, atMost: 1 }, [cadvisor(...kubernetes)]).verdict).toBe("pass");
    const docker = container({ cpu: (time) => (time < 1012 ? 500 : 450 + (time - 1012)) });
    expect(judged(restarts, [cadvisor(docker)])).toMatchObject({ verdict: "fail", measured: { value: 1 } });
    const mark = container({ maximum: (time) => (time < 1012 ? 120 : 110) });
    expect(judged(restarts, [cadvisor(mark)])).toMatchObject({ verdict: "fail" });
    const recreated = [
      container({ looks: looks(970, 1010) }),
      container({ labels: { ...COMPOSE, id: "/docker/2" }, looks: looks(1011), start: 1011, cpu: (time) => 2 * time }),
    ];
    expect(judged(restarts, [cadvisor(...recreated)])).toMatchObject({ verdict: "fail" });
  });

  it("are none where that is proven: by an id for each life, or by more CPU than the quota allows since the last look", () => {
    expect(judged(restarts, [cadvisor(container({ labels: POD, quota: null }))])).toMatchObject({
      verdict: "pass",
      reason: { code: "proven" },
    });
    expect(judged(restarts, [cadvisor(container())])).toMatchObject({ verdict: "pass", reason: { code: "proven" } });
    const idle = container({ cpu: (time) => 0.001 * (time - 900) });
    expect(judged(restarts, [cadvisor(idle)])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "restart-unseen", text: expect.stringContaining("in 31 intervals between samples") },
    });
    expect(judged({ ...restarts, confidence: OBSERVED }, [cadvisor(idle)])).toMatchObject({
      verdict: "pass",
      reason: { code: "observed" },
    });
  });

  it("are not told of a container that ended, nor of one that nobody looked at", () => {
    const gone = container({ looks: looks(970, 1028), labels: POD });
    expect(judged(restarts, [cadvisor(gone)])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "edge-missing" },
    });
    const gap = container({ labels: POD, looks: looks().filter((time) => time < 1008 || time > 1020) });
    expect(judged(restarts, [cadvisor(gap)]).verdict).toBe("pass");
    const short = container({ looks: [1015], labels: POD });
    expect(judged(restarts, [cadvisor(short)])).toMatchObject({ verdict: "no-data" });
  });

  it("of a process are told by its start", () => {
    const started = (start: ((time: number) => number) | null) => judged(restarts, [target([], { start })]);
    expect(started(() => 900)).toMatchObject({
      verdict: "pass",
      reason: { text: expect.stringContaining("127.0.0.1:9464 (process_start_time_seconds, the process's own") },
    });
    expect(started((time) => (time < 1015 ? 900 : 1014))).toMatchObject({ verdict: "fail", measured: { value: 1 } });
    expect(started(null)).toMatchObject({ verdict: "no-data", reason: { code: "no-series" } });
  });
});

import { describe, expect, it } from "vitest";
import { COMPOSE, cadvisor, container, looks, MIB, POD } from "./fixtures/containers.ts";
import { events, judged, OBSERVED, resource, target } from "./fixtures/scene.ts";
import type { Source } from "./fixtures/world.ts";

const memory = (...containers: (readonly Source[])[]) => judged(resource(), [cadvisor(...containers)]);
const mean = resource({ resource: "cpu", stat: "mean", atMost: 1 });
const process = target([], {
  sources: [{ labels: { __name__: "process_resident_memory_bytes" }, at: () => 500 * MIB }],
});

describe("a container's memory", () => {
  it("comes before its process's, by cAdvisor's own timestamps", () => {
    const found = judged(resource(), [process, cadvisor(container())]);
    expect(found).toMatchObject({
      verdict: "pass",
      measured: { value: 100 * MIB, lower: 100 * MIB, upper: 120 * MIB },
    });
    expect(found.reason.text).toBe(
      "The kernel's mark of usage with page cache (container_memory_max_usage_bytes) of shop-api-1 (the container's, by cAdvisor) is 120 MiB; 256 MiB is allowed.",
    );
    expect(found.queries).toEqual(
      [
        "container_memory_working_set_bytes",
        "container_memory_max_usage_bytes",
        "container_spec_memory_limit_bytes",
      ].map((metric) => `${metric}{container_label_com_docker_compose_service="api"}`),
    );
  });

  it("is broken by one sample of its working set, never by its maximum, which holds page cache", () => {
    const once = container({ workingSet: (time) => (Math.floor(time) === 1012 ? 300 : 100), maximum: () => 310 });
    expect(memory(once)).toMatchObject({ verdict: "fail", measured: { value: 300 * MIB } });
    const cached = memory(container({ maximum: (time) => (time < 1015 ? 200 : 400) }));
    expect(cached).toMatchObject({ verdict: "inconclusive", reason: { code: "high-water-before" } });
    expect(cached.reason.text).toContain("and with page cache, which the limit is not about");
  });

  it("is not proven by a mark that cannot be one: 0 where the kernel keeps none, or less than was sampled", () => {
    for (const maximum of [0, 90])
      expect(memory(container({ maximum: () => maximum }))).toMatchObject({
        verdict: "inconclusive",
        reason: { code: "sampled" },
        measured: { upper: null },
      });
  });

  it("is judged as a share of the container's own limit", () => {
    const share = (atMost: number, change: Parameters<typeof container>[0] = {}) =>
      judged(resource({ atMost, ofLimit: true }), [cadvisor(container(change))]);
    expect(share(0.6)).toMatchObject({
      verdict: "pass",
      limit: { value: 0.6, unit: "ratio" },
      measured: { value: 0.5, lower: 0.5, upper: 0.6, unit: "ratio" },
      reason: {
        text: expect.stringContaining("is 120 MiB; 120 MiB, 60 % of its memory limit of 200 MiB, is allowed."),
      },
    });
    expect(share(0.45)).toMatchObject({ verdict: "fail" });
    expect(share(0.9, { memoryLimit: () => 0 })).toMatchObject({
      verdict: "no-data",
      reason: { code: "no-limit", text: expect.stringContaining("shop-api-1 has no memory limit") },
    });
    expect(share(0.9, { memoryLimit: () => 2 ** 43 }).reason.code).toBe("no-limit");
    expect(share(0.9, { memoryLimit: (time) => (time < 1015 ? 200 : 400) })).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "limit-changed" },
    });
    expect(judged(resource({ atMost: 0.9, ofLimit: true }), [process])).toMatchObject({
      verdict: "no-data",
      reason: { code: "no-limit" },
    });
  });

  it("is the worst replica's", () => {
    const second = { ...COMPOSE, id: "/docker/2", name: "shop-api-2" };
    const twins = memory(container(), container({ labels: second, workingSet: () => 300 }));
    expect(twins).toMatchObject({ verdict: "fail", reason: { text: expect.stringContaining("shop-api-2") } });
    const gone = memory(container(), container({ labels: second, looks: looks(970, 1015) }));
    expect(gone).toMatchObject({ verdict: "inconclusive", reason: { text: expect.stringContaining("shop-api-2") } });
  });

  it("does not mind a late look at a container that was the same: its mark is the kernel's", () => {
    const late = looks().filter((time) => time < 1008 || time > 1010);
    expect(memory(container({ looks: late, labels: POD }))).toMatchObject({ verdict: "pass" });
    expect(memory(container({ looks: late }))).toMatchObject({ verdict: "pass", reason: { code: "proven" } });
    expect(memory(container({ looks: late, quota: null }))).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "gap" },
    });
  });

  it("is not proven through a restart: not by Docker's, which keeps id and start time, nor by Kubernetes'", () => {
    const docker = container({ cpu: (time) => (time < 1012 ? 50 : time - 1012) });
    expect(memory(docker)).toMatchObject({ verdict: "inconclusive", reason: { code: "target-restarted" } });
    const before = container({ labels: POD, looks: looks(970, 1010) });
    const after = container({ labels: { ...POD, id: "/kubepods/2", name: "f01" }, looks: looks(1013), start: 1012 });
    expect(memory(before, after)).toMatchObject({ verdict: "inconclusive", reason: { code: "gap" } });
    const soon = container({ labels: { ...POD, id: "/kubepods/2", name: "f01" }, looks: looks(1011), start: 1011 });
    expect(memory(before, soon)).toMatchObject({ verdict: "inconclusive", reason: { code: "target-restarted" } });
  });
});

describe("a service's containers", () => {
  const verdictOf = (labels: Readonly<Record<string, string>>, change: Parameters<typeof resource>[0] = {}) =>
    judged(resource(change), [cadvisor(container({ labels }))]);
  const unlabelled = { id: "/docker/9", image: "api" };

  it.each([
    ["a Compose service", COMPOSE],
    ["a container of that name in any pod", { ...POD, pod: "web-0" }],
    ["a Deployment's pod", { ...POD, container: "app" }],
    ["a DaemonSet's pod", { ...POD, pod: "api-x2k4j", container: "app" }],
    ["a StatefulSet's pod", { ...POD, pod: "api-0", container: "app" }],
    ["a pod of that name", { ...POD, pod: "api", container: "app" }],
    ["a container of that name", { ...unlabelled, name: "api" }],
    ["a numbered container", { ...unlabelled, name: "api-2" }],
  ])("are found: %s", (_what, labels) => {
    expect(verdictOf(labels).verdict).toBe("pass");
  });

  it.each([
    ["another Compose service", { ...COMPOSE, container_label_com_docker_compose_service: "web", name: "api" }],
    ["a Deployment with a longer name", { ...POD, pod: "api-gateway-6d4f8b7c9-x2k4j", container: "app" }],
    ["a pod's sandbox under Docker", { ...POD, container: "POD" }],
    ["a pod's sandbox under containerd", { ...POD, container: "", image: "pause" }],
    ["a pod's parent group", { namespace: "live", pod: POD.pod, container: "", id: "/kubepods/pod1", image: "" }],
    ["a longer name", { ...unlabelled, name: "shop-api-1" }],
    ["a machine's groups", { id: "/system.slice/api" }],
  ])("are not: %s", (_what, labels) => {
    expect(verdictOf(labels)).toMatchObject({ verdict: "no-data", reason: { code: "no-series" } });
  });

  it("are narrowed by a namespace, and by a container of their pods", () => {
    const staging = container({ labels: { ...POD, namespace: "staging", id: "/kubepods/7" }, workingSet: () => 900 });
    const both = [cadvisor(container({ labels: POD }), staging)];
    const found = judged(resource(), both);
    expect(found).toMatchObject({ verdict: "inconclusive", reason: { code: "ambiguous-service" } });
    expect(found.reason.text).toContain('"api" is in the namespaces live, staging (write "namespace: …")');
    expect(judged(resource({ namespace: "live" }), both).verdict).toBe("pass");
    expect(judged(resource({ namespace: "staging" }), both).verdict).toBe("fail");
    expect(judged(resource({ namespace: "test" }), both)).toMatchObject({ verdict: "no-data" });
    const project = { namespace: "shop" };
    expect(verdictOf(COMPOSE, project).verdict).toBe("pass");
    expect(verdictOf(COMPOSE, { namespace: "other" }).verdict).toBe("no-data");
  });

  it("are told from what runs beside them in their pods", () => {
    const app = container({ labels: { ...POD, container: "app" } });
    const proxy = container({ labels: { ...POD, container: "proxy", id: "/kubepods/8" }, workingSet: () => 900 });
    const found = judged(resource(), [cadvisor(app, proxy)]);
    expect(found).toMatchObject({ verdict: "inconclusive", reason: { code: "ambiguous-service" } });
    expect(found.reason.text).toContain('hold the containers app, proxy (write "container: …")');
    const narrowed = judged(resource({ container: "app" }), [cadvisor(app, proxy)]);
    expect(narrowed).toMatchObject({ verdict: "pass", reason: { text: expect.stringContaining(`${POD.pod}/app`) } });
  });

  it("are not taken from a process where a namespace or a container is named", () => {
    expect(judged(resource({ atMost: 1024 * MIB, confidence: OBSERVED }), [process]).verdict).toBe("pass");
    expect(judged(resource({ namespace: "live", confidence: OBSERVED }), [process])).toMatchObject({
      verdict: "no-data",
      reason: { text: expect.stringContaining('in the namespace "live"') },
    });
  });
});

describe("a container's CPU", () => {
  it("adds up its CPUs", () => {
    const halves = ["cpu0", "cpu1"].map((cpu) =>
      container({ labels: { ...COMPOSE, cpu }, cpu: (time) => 0.375 * (time - 900) }),
    );
    const found = judged(mean, [cadvisor(...halves)]);
    expect(found).toMatchObject({ verdict: "pass", measured: { unit: "cores" } });
    expect(found.measured?.value).toBeCloseTo(0.75, 9);
  });

  it("is judged as a share of its quota", () => {
    const share = (atMost: number, quota: number | null) =>
      judged({ ...mean, atMost, ofLimit: true }, [cadvisor(container({ quota }))]);
    expect(share(0.3, 2)).toMatchObject({ verdict: "pass", measured: { unit: "ratio" } });
    expect(share(0.3, 2).measured?.value).toBeCloseTo(0.25, 9);
    expect(share(0.2, 2)).toMatchObject({ verdict: "fail" });
    expect(share(0.3, null)).toMatchObject({
      verdict: "no-data",
      reason: { code: "no-limit", text: expect.stringContaining("has no CPU quota") },
    });
  });

  it("counts from 0 for a container that began inside the phase", () => {
    const began = container({ looks: looks(1005), start: 1004, cpu: (time) => Math.max(0, time - 1004), quota: null });
    expect(judged({ ...mean, atMost: 0.8 }, [process, cadvisor(began)])).toMatchObject({ verdict: "fail" });
  });
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

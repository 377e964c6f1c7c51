import { describe, expect, it } from "vitest";
import { COMPOSE, cadvisor, container, looks, MIB, POD } from "./fixtures/containers.ts";
import { judged, OBSERVED, resource, target } from "./fixtures/scene.ts";
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

import { describe, expect, it } from "vitest";
import { COMPOSE, cadvisor, container, looks, MIB, POD } from "./fixtures/containers.ts";
import { events, evidenceOf, fileOf, judged, OBSERVED, resource, runFile, STEADY, target } from "./fixtures/scene.ts";
import type { Source } from "./fixtures/world.ts";
import type { ResourceObjective } from "./objective.ts";

const process = target([], {
  sources: [{ labels: { __name__: "process_resident_memory_bytes" }, at: () => 500 * MIB }],
});
const memory = (...containers: (readonly Source[])[]) => judged(resource(), [cadvisor(...containers)]);
const GONE = container({
  labels: { ...COMPOSE, id: "/docker/0", name: "shop-api-0" },
  looks: looks(970, 980),
  workingSet: () => 900,
});

describe("a container that was gone before the phase", () => {
  it("has no part in it", () => {
    expect(memory(GONE, container())).toMatchObject({ verdict: "pass", reason: { code: "proven" } });
  });

  it("leaves a service that lives on to what its process tells", () => {
    const objective = resource({ confidence: OBSERVED, atMost: 1024 * MIB });
    expect(judged(objective, [process, cadvisor(GONE)])).toMatchObject({
      verdict: "pass",
      measured: { value: 500 * MIB },
    });
  });
});

it("what stopped being told of a container is not passed by its CPU, which still is", () => {
  const told = (time: number) => (time > 1008 && time < 1020 ? null : 100);
  const paused = container({ labels: POD, workingSet: told, maximum: () => null });
  expect(judged(resource({ confidence: OBSERVED }), [cadvisor(paused)])).toMatchObject({
    verdict: "inconclusive",
    reason: { code: "gap" },
  });
});

describe("a kernel's mark", () => {
  const marked = (workingSet: number | null, maximum: number) =>
    memory(container({ workingSet: () => workingSet, maximum: () => maximum }));

  it("is none of 0, be there no samples, or samples of 0", () => {
    expect(marked(null, 0)).toMatchObject({ verdict: "no-data", reason: { code: "no-series" } });
    expect(marked(0, 0)).toMatchObject({ verdict: "inconclusive", reason: { code: "sampled" } });
  });

  it("may stand below a sample by the kernel's rounding, a hundredth", () => {
    expect(marked(100, 99)).toMatchObject({ verdict: "pass", reason: { code: "proven" } });
    expect(marked(100, 98.9)).toMatchObject({ verdict: "inconclusive", reason: { code: "sampled" } });
  });
});

describe("throttling", () => {
  const throttling = events({ resource: "throttling", atMost: 0.05 });

  it.each<[string, Parameters<typeof container>[0]]>([
    ["goes away", { throttled: (time) => (time < 1015 ? 20 : null) }],
    ["falls", { throttled: (time) => (time < 1015 ? 20 : 1) }],
  ])("is not passed where the count of throttled periods %s", (_, change) => {
    expect(judged(throttling, [cadvisor(container(change))])).toMatchObject({
      verdict: "inconclusive",
      reason: { text: expect.stringContaining("container_cpu_cfs_throttled_periods_total") },
    });
  });
});

it.each(["throttled", "periods"] as const)("%s that tell no count from the next decide nothing", (name) => {
  const broken = container({ [name]: () => 2 ** 53 });
  expect(judged(events({ resource: "throttling", atMost: 0.05 }), [cadvisor(broken)])).toMatchObject({
    verdict: "inconclusive",
    reason: { code: "bad-value", text: expect.stringContaining("9007199254740992, which cannot be") },
  });
});

it("a restart is told once, though both counts of throttling began anew", () => {
  const anew = (count: number) => (time: number) => (time < 1015 ? 1000 + count : count);
  const targets = [cadvisor(container({ labels: POD, periods: anew(200), throttled: anew(0) }))];
  const { resources } = evidenceOf(fileOf(events({ resource: "throttling" })), runFile(), { targets });
  expect(resources[0]?.replicas[0]?.troubles).toEqual([{ kind: "restart", at: 1015.6 }]);
});

it("OOM kills that nobody exports are no data", () => {
  expect(judged(events({ resource: "oomKills" }), [cadvisor(container({ oomKills: () => null }))])).toMatchObject({
    verdict: "no-data",
    reason: { code: "no-series" },
  });
});

it("restarts are told by two looks, one before the phase and one after it", () => {
  const told = (times: readonly number[]) => judged(events(), [cadvisor(container({ labels: POD, looks: times }))]);
  expect(told([STEADY.from - 0.4, STEADY.to + 0.6])).toMatchObject({ verdict: "pass", reason: { code: "proven" } });
});

it.each<[ResourceObjective, readonly string[]]>([
  [resource(), ["memory_working_set_bytes", "memory_max_usage_bytes", "spec_memory_limit_bytes"]],
  [resource({ resource: "cpu" }), ["cpu_usage_seconds_total", "spec_cpu_quota", "spec_cpu_period"]],
  [events({ resource: "throttling" }), ["cpu_cfs_throttled_periods_total", "cpu_cfs_periods_total"]],
  [events({ resource: "oomKills" }), ["oom_events_total"]],
  [events(), ["start_time_seconds", "cpu_usage_seconds_total"]],
])("the report says what was asked: %j", (objective, names) => {
  const { queries } = judged(objective, [cadvisor(container())]);
  expect(queries).toEqual(names.map((name) => `container_${name}{container_label_com_docker_compose_service="api"}`));
});

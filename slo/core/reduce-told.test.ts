import { describe, expect, it } from "vitest";
import { cadvisor, container } from "./fixtures/containers.ts";
import { nativeHistogram } from "./fixtures/native.ts";
import { COUNTER, errors, events, evidenceOf, fileOf, latency, resource, runFile, target } from "./fixtures/scene.ts";
import { calls, histogram } from "./fixtures/service.ts";
import type { Source, World } from "./fixtures/world.ts";
import type { Objective } from "./objective.ts";

const GOOD = calls(1000, 1030, 60);
const RUN = runFile({ serverCounter: null });
const METRIC = "http_request_duration_seconds";
const CLASSIC = `${METRIC}_bucket{job="api",method="GET"}`;
const NATIVE = `${METRIC}{job="api",method="GET"}`;
const TIMEOUT = { request: "what was asked", code: "timeout", text: "Prometheus did not answer" };

function counterOf(objective: Objective, world: World, run = RUN) {
  const [only] = evidenceOf(fileOf(objective), run, world).counters;
  if (only === undefined) throw new Error("nothing was counted");
  return only;
}

function resourceOf(objective: Objective, world: World) {
  const [only] = evidenceOf(fileOf(objective), RUN, world).resources;
  if (only === undefined) throw new Error("nothing was reduced");
  return only;
}

describe("the evidence of a histogram tells its form, and what to paste into Prometheus", () => {
  const classic = target(GOOD);
  const native = target([], { instance: "b:1", sources: nativeHistogram(GOOD) });

  it.each([
    ["classic", [classic], [CLASSIC]],
    ["native", [native], [NATIVE]],
    ["both", [classic, native], [CLASSIC, NATIVE]],
    ["both", [target([], { sources: [...histogram(GOOD), ...nativeHistogram(GOOD)] })], [CLASSIC, NATIVE]],
    ["classic", [], [CLASSIC]],
  ])("%s", (form, targets, queries) => {
    expect(counterOf(latency(), { targets })).toMatchObject({ counted: { form }, queries });
  });
});

describe("the evidence of a histogram", () => {
  it.each([`${METRIC}_bucket`, METRIC])("tells why it could not be had, and of nothing else: %s", (request) => {
    expect(counterOf(latency(), { targets: [target(GOOD)], failures: { [request]: TIMEOUT } })).toEqual({
      counted: { kind: "latency", histogram: NATIVE, form: "classic", edges: [], uniform: true },
      phase: "steady",
      queries: [CLASSIC],
      failure: TIMEOUT,
      series: 0,
      missing: [],
      faults: [],
      targets: [],
    });
  });

  it("has a column an edge where every label set has every edge, else two", () => {
    const of = (...edges: readonly number[][]) => {
      const targets = edges.map((own, index) =>
        target([], {
          instance: `${index}:1`,
          sources: histogram(calls(1000, 1030, 60, { bad: 30, seconds: 0.2 }), { edges: own }),
        }),
      );
      const { counted, targets: courses } = counterOf(latency(), { targets });
      return [counted.kind === "latency" && counted.uniform, courses.map(({ columns }) => columns.length)];
    };
    expect(of([0.1, 0.3], [0.1, 0.3])).toEqual([true, [2, 2]]);
    expect(of([0.1, 0.3], [0.3])).toEqual([false, [4, 4]]);
  });
});

it("a histogram that began anew is told by the name that it was read by", () => {
  const anew = { restarts: [1015] };
  const metrics = (sources: readonly Source[]) =>
    counterOf(latency(), { targets: [target([], { sources })] }).targets.flatMap(({ troubles }) =>
      troubles.map((trouble) => (trouble.kind === "reset" ? trouble.metric : trouble.kind)),
    );
  expect(metrics(nativeHistogram(GOOD, anew))).toEqual([METRIC]);
  expect(metrics(histogram(GOOD, anew))).toEqual([`${METRIC}_bucket`]);
});

describe("the evidence of a ratio", () => {
  const part = `${METRIC}_count{job="api",status_code=~"5.."}`;

  it("tells what to paste into Prometheus", () => {
    expect(counterOf(errors(), { targets: [target(GOOD)] }).queries).toEqual([part, COUNTER]);
  });

  it("counts a native histogram's requests where it has no counter of its own", () => {
    const { queries, targets } = counterOf(errors(), { targets: [target([], { sources: nativeHistogram(GOOD) })] });
    const total = targets.flatMap((one) => one.total).reduce((sum, count) => sum + count, 0);
    expect([total, queries[1]]).toEqual([60, `histogram_count(${METRIC}{job="api"})`]);
  });

  it("tells why it could not be had, and of nothing else", () => {
    expect(counterOf(errors(), { targets: [target(GOOD)], failures: { [`${METRIC}_count`]: TIMEOUT } })).toEqual({
      counted: { kind: "ratio", part, total: COUNTER },
      phase: "steady",
      queries: [part, COUNTER],
      failure: TIMEOUT,
      series: 0,
      missing: [],
      faults: [],
      targets: [],
    });
  });
});

it("the evidence of the server's own counter has no part", () => {
  const { counters } = evidenceOf(fileOf(latency()), runFile(), { targets: [target(GOOD)] });
  expect(counters[1]).toMatchObject({ counted: { kind: "counter", selector: COUNTER }, queries: [COUNTER] });
  expect(counters[1]?.targets.map(({ columns }) => columns)).toEqual([[]]);
});

describe("the evidence of a resource", () => {
  const memory = (value: number): readonly Source[] =>
    ["process_resident_memory_bytes", "process_resident_memory_peak_bytes"].map((name) => ({
      labels: { __name__: name },
      at: () => value,
    }));
  const process = target([], { sources: memory(1e8) });

  it("is the process's own where no container tells of the service", () => {
    expect(resourceOf(resource(), { targets: [process] })).toMatchObject({
      origin: "process",
      queries: ['process_resident_memory_bytes{job="api"}', 'process_resident_memory_peak_bytes{job="api"}'],
      replicas: [{ name: "127.0.0.1:9464" }],
    });
    expect(resourceOf(resource(), { targets: [process, cadvisor(container())] }).origin).toBe("container");
    expect(resourceOf(resource(), { targets: [] })).toMatchObject({ origin: "none", replicas: [] });
  });

  it.each([
    ["containers", "containers by pod"],
    ["the process", "process_resident_memory_peak_bytes"],
  ])("is none where what is asked of %s could not be had: it may say otherwise", (_, request) => {
    expect(resourceOf(resource(), { targets: [process], failures: { [request]: TIMEOUT } })).toEqual({
      service: "api",
      namespace: null,
      container: null,
      resource: "memory",
      phase: "steady",
      origin: "none",
      queries: [],
      failure: TIMEOUT,
      replicas: [],
    });
  });

  it.each([{ container: "app" }, { namespace: "live" }])("of %o is nothing that a process tells", (change) => {
    expect(resourceOf(resource(change), { targets: [process] })).toMatchObject({ origin: "none", replicas: [] });
  });

  it.each([
    ["throttling", ["container_cpu_cfs_throttled_periods_total", "container_cpu_cfs_periods_total"]],
    ["oomKills", ["container_oom_events_total"]],
  ] as const)("of %s is asked of containers, as no process tells of it", (kind, metrics) => {
    const found = resourceOf(events({ resource: kind }), { targets: [process] });
    expect(found).toMatchObject({ origin: "none", replicas: [] });
    expect(found.queries).toEqual(
      metrics.map((metric) => `${metric}{container_label_com_docker_compose_service="api"}`),
    );
  });

  it("is each namespace's and each container's own", () => {
    const of = [{ namespace: "live" }, { namespace: "test" }, { container: "app" }, { container: "proxy" }];
    const { resources } = evidenceOf(fileOf(...of.map((change) => resource(change))), RUN, { targets: [process] });
    expect(resources.map((one) => one.namespace ?? one.container)).toEqual(["live", "test", "app", "proxy"]);
  });
});

import { expect, it } from "vitest";
import type { ResourceKind } from "./objective.ts";
import { askedOfContainers, containerMetrics, limitMetrics, processMetrics } from "./resource-sources.ts";

it.each<[ResourceKind, readonly string[], readonly string[]]>([
  [
    "memory",
    ["process_resident_memory_bytes", "process_resident_memory_peak_bytes"],
    ["container_memory_working_set_bytes", "container_memory_max_usage_bytes"],
  ],
  ["cpu", ["process_cpu_seconds_total"], ["container_cpu_usage_seconds_total"]],
  ["restarts", ["process_start_time_seconds"], ["container_start_time_seconds", "container_cpu_usage_seconds_total"]],
  ["throttling", [], ["container_cpu_cfs_throttled_periods_total", "container_cpu_cfs_periods_total"]],
  ["oomKills", [], ["container_oom_events_total"]],
])("%s is told of by processes and by containers", (resource, ofProcesses, ofContainers) => {
  expect(processMetrics(resource)).toEqual(ofProcesses);
  expect(containerMetrics(resource)).toEqual(ofContainers);
});

it("a limit is one of memory, or a quota and its period", () => {
  expect(limitMetrics("memory")).toEqual(["container_spec_memory_limit_bytes"]);
  expect(limitMetrics("cpu")).toEqual(["container_spec_cpu_quota", "container_spec_cpu_period"]);
});

it("whatever is judged, containers are asked for all that tells one life from the next, each name once", () => {
  const life = [
    "container_cpu_cfs_periods_total",
    "container_cpu_usage_seconds_total",
    "container_memory_max_usage_bytes",
    "container_oom_events_total",
    "container_spec_cpu_period",
    "container_spec_cpu_quota",
    "container_start_time_seconds",
  ];
  const asked = (...resources: readonly ResourceKind[]) => askedOfContainers(resources).toSorted();
  expect(asked("restarts")).toEqual(life);
  expect(asked("oomKills", "cpu")).toEqual(life);
  expect(asked("throttling")).toEqual(["container_cpu_cfs_throttled_periods_total", ...life].toSorted());
  expect(asked("memory", "memory")).toEqual(
    ["container_memory_working_set_bytes", "container_spec_memory_limit_bytes", ...life].toSorted(),
  );
});

import type { ResourceKind, UsageKind } from "./objective.ts";
import { unreachable } from "./unreachable.ts";

export interface MemorySource {
  readonly gauge: { readonly metric: string; readonly measure: string };
  readonly highWater: { readonly metric: string; readonly measure: string; readonly comparable: boolean };
}

export interface ResourceSource {
  readonly memory: MemorySource;
  readonly cpu: { readonly metric: string };
}

export const CLOCK_METRIC = "up";
export const PROCESS_START_METRIC = "process_start_time_seconds";

/** A process's own account: node's prom-client and every official client library name these alike; the peak is ours. */
export const PROCESS: ResourceSource = {
  memory: {
    gauge: { metric: "process_resident_memory_bytes", measure: "RSS" },
    highWater: { metric: "process_resident_memory_peak_bytes", measure: "RSS", comparable: true },
  },
  cpu: { metric: "process_cpu_seconds_total" },
};

/** cAdvisor's account of a container. Its maximum holds page cache as well, so it is never compared to a working set. */
export const CONTAINER: ResourceSource = {
  memory: {
    gauge: { metric: "container_memory_working_set_bytes", measure: "working set" },
    highWater: { metric: "container_memory_max_usage_bytes", measure: "usage with page cache", comparable: false },
  },
  cpu: { metric: "container_cpu_usage_seconds_total" },
};

/** More of cAdvisor's: https://github.com/google/cadvisor/blob/master/docs/storage/prometheus.md */
export const CADVISOR = {
  start: "container_start_time_seconds",
  memoryLimit: "container_spec_memory_limit_bytes",
  quota: "container_spec_cpu_quota",
  period: "container_spec_cpu_period",
  periods: "container_cpu_cfs_periods_total",
  throttled: "container_cpu_cfs_throttled_periods_total",
  oomKills: "container_oom_events_total",
} as const;

/** Counters that begin anew with the container: one that fell tells of a restart. */
export const LIFE_COUNTERS = [
  CONTAINER.cpu.metric,
  CONTAINER.memory.highWater.metric,
  CADVISOR.periods,
  CADVISOR.oomKills,
] as const;

/** What tells one life of a container from the next. */
const LIFE = [CADVISOR.start, ...LIFE_COUNTERS, CADVISOR.quota, CADVISOR.period] as const;

/** What a process tells of this; nothing of what only the kernel knows. */
export function processMetrics(resource: ResourceKind): readonly string[] {
  switch (resource) {
    case "memory":
      return [PROCESS.memory.gauge.metric, PROCESS.memory.highWater.metric];
    case "cpu":
      return [PROCESS.cpu.metric];
    case "restarts":
      return [PROCESS_START_METRIC];
    case "throttling":
    case "oomKills":
      return [];
  }
  return unreachable(resource);
}

/** What is measured of a container. */
export function containerMetrics(resource: ResourceKind): readonly string[] {
  switch (resource) {
    case "memory":
      return [CONTAINER.memory.gauge.metric, CONTAINER.memory.highWater.metric];
    case "cpu":
      return [CONTAINER.cpu.metric];
    case "throttling":
      return [CADVISOR.throttled, CADVISOR.periods];
    case "oomKills":
      return [CADVISOR.oomKills];
    case "restarts":
      return [CADVISOR.start, CONTAINER.cpu.metric];
  }
  return unreachable(resource);
}

export function limitMetrics(resource: UsageKind): readonly string[] {
  return resource === "memory" ? [CADVISOR.memoryLimit] : [CADVISOR.quota, CADVISOR.period];
}

function isUsage(resource: ResourceKind): resource is UsageKind {
  return resource === "memory" || resource === "cpu";
}

/** All that is asked of containers for objectives of these kinds; each name once. */
export function askedOfContainers(resources: readonly ResourceKind[]): readonly string[] {
  const limits = resources.filter(isUsage).flatMap(limitMetrics);
  return [...new Set([...resources.flatMap(containerMetrics), ...limits, ...LIFE])];
}

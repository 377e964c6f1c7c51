import type { ResourceKind } from "./objective.ts";

export interface MemorySource {
  readonly gauge: { readonly metric: string; readonly measure: string };
  readonly highWater: { readonly metric: string; readonly measure: string; readonly comparable: boolean };
}

export interface ResourceSource {
  readonly memory: MemorySource;
  readonly cpu: { readonly metric: string };
}

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

/** Labels by which a container says which service it belongs to, the first that is there decides. */
export const SERVICE_LABELS = ["container_label_com_docker_compose_service", "container", "pod"] as const;

export const CLOCK_METRIC = "up";
export const PROCESS_START_METRIC = "process_start_time_seconds";

export function metricsOf(source: ResourceSource, resource: ResourceKind): readonly string[] {
  switch (resource) {
    case "memory":
      return [source.memory.gauge.metric, source.memory.highWater.metric];
    case "cpu":
      return [source.cpu.metric];
    default: {
      const never: never = resource;
      return never;
    }
  }
}

import type { Board, Panel } from "../build/spec.ts";
import { host } from "./host.ts";
import { IN_PROJECT, PROJECT, SERVICE } from "./project.ts";
import { rate, sumBy } from "./queries.ts";

const OF = `${IN_PROJECT},${SERVICE}=~"$service"`;
const LEGEND = "{{name}}";
const MEMORY = `container_memory_working_set_bytes{${OF}}`;
const LIMIT = `(container_spec_memory_limit_bytes{${OF}} > 0)`;

/** Every container against its limits, then the machine below them. */
export function containers(): Board {
  return {
    uid: "containers",
    title: "Containers and host",
    description: "Every container against its limits, and the machine that they share.",
    tags: ["containers", "host"],
    from: "now-15m",
    refresh: "5s",
    variables: [
      PROJECT,
      {
        name: "service",
        label: "Service",
        query: `label_values(container_start_time_seconds{${IN_PROJECT}}, ${SERVICE})`,
        choice: { kind: "all" },
      },
    ],
    rows: [
      { title: "At a glance", panels: glance },
      { title: "CPU", panels: cpu },
      { title: "Memory", panels: memory },
      { title: "Network and disk", panels: transfer },
      { title: "Host", panels: host },
    ],
  };
}

const glance: readonly Panel[] = [
  {
    kind: "bars",
    title: "Memory of its limit",
    description:
      "Working set ÷ limit, each container, the last seen in half a minute. At 1 the kernel ends a process of it.",
    unit: "percentunit",
    width: 8,
    min: 0,
    max: 1,
    queries: [{ expr: `sort_desc(last_over_time(${MEMORY}[30s]) / ${LIMIT})`, legend: LEGEND }],
    steps: [
      { from: 0.8, color: "orange" },
      { from: 0.95, color: "red" },
    ],
  },
  {
    kind: "bars",
    title: "CPU of its limit",
    description: "Cores used ÷ cores allowed, each container. At 1 it is throttled.",
    unit: "percentunit",
    width: 8,
    min: 0,
    max: 1,
    queries: [
      {
        expr: `sort_desc(${rate(`container_cpu_usage_seconds_total{${OF}}`)} / on (id) group_left () (container_spec_cpu_quota{${OF}} / container_spec_cpu_period{${OF}}))`,
        legend: LEGEND,
      },
    ],
    steps: [
      { from: 0.7, color: "orange" },
      { from: 0.95, color: "red" },
    ],
  },
  {
    kind: "bars",
    title: "Restarts and OOM kills",
    description:
      "In the time shown, by service: processes begun anew, and processes that the kernel ended for want of memory.",
    unit: "none",
    width: 8,
    min: 0,
    decimals: 0,
    every: "2s",
    queries: [
      {
        expr: sumBy(SERVICE, `resets(container_cpu_usage_seconds_total{${OF}}[$__range])`),
        legend: `{{${SERVICE}}} restarts`,
      },
      {
        expr: sumBy(SERVICE, `increase(container_oom_events_total{${OF}}[$__range])`),
        legend: `{{${SERVICE}}} OOM kills`,
      },
    ],
    steps: [{ from: 1, color: "red" }],
  },
];

const cpu: readonly Panel[] = [
  {
    kind: "time series",
    title: "Cores in use",
    description: "Cores in use, each container.",
    unit: "suffix: cores",
    width: 8,
    min: 0,
    stacked: true,
    every: "2s",
    queries: [{ expr: sumBy("name", rate(`container_cpu_usage_seconds_total{${OF}}`)), legend: LEGEND }],
  },
  {
    kind: "time series",
    title: "Throttled",
    description:
      "Share of scheduling periods in which a container was held back by its CPU limit. Latency grows long before the average shows it.",
    unit: "percentunit",
    width: 8,
    min: 0,
    every: "2s",
    queries: [
      {
        expr: `${sumBy("name", rate(`container_cpu_cfs_throttled_periods_total{${OF}}`))} / (${sumBy("name", rate(`container_cpu_cfs_periods_total{${OF}}`))} > 0)`,
        legend: LEGEND,
      },
    ],
    steps: [{ from: 0.25, color: "red" }],
  },
  {
    kind: "time series",
    title: "Waiting for the CPU",
    description:
      "Share of time in which some process of the container could have run but had no CPU (pressure stall information).",
    unit: "percentunit",
    width: 8,
    min: 0,
    every: "2s",
    queries: [{ expr: sumBy("name", rate(`container_pressure_cpu_waiting_seconds_total{${OF}}`)), legend: LEGEND }],
    steps: [{ from: 0.3, color: "orange" }],
  },
];

const memory: readonly Panel[] = [
  {
    kind: "time series",
    title: "Working set against the limit",
    description: "What the kernel cannot drop at once, each container; dashed the limit.",
    unit: "bytes",
    width: 12,
    min: 0,
    every: "2s",
    queries: [
      { expr: sumBy("name", MEMORY), legend: LEGEND },
      { expr: sumBy("name", LIMIT), legend: `${LEGEND} limit` },
    ],
    dashed: "/limit$/",
  },
  {
    kind: "time series",
    title: "Anonymous memory",
    description: "Resident memory that is no file's: what leaks. Not the working set, and not to be compared with it.",
    unit: "bytes",
    width: 6,
    min: 0,
    every: "2s",
    queries: [{ expr: sumBy("name", `container_memory_rss{${OF}}`), legend: LEGEND }],
  },
  {
    kind: "time series",
    title: "Limit met",
    description:
      "How often a container's memory met its limit, per second: the kernel then reclaims, and the container waits.",
    unit: "ops",
    width: 6,
    min: 0,
    every: "2s",
    queries: [{ expr: sumBy("name", rate(`container_memory_failcnt{${OF}}`)), legend: LEGEND }],
  },
];

const transfer: readonly Panel[] = [
  {
    kind: "time series",
    title: "Network received",
    description: "All networks of a container together.",
    unit: "Bps",
    width: 6,
    min: 0,
    every: "2s",
    queries: [{ expr: sumBy("name", rate(`container_network_receive_bytes_total{${OF}}`)), legend: LEGEND }],
  },
  {
    kind: "time series",
    title: "Network sent",
    description: "All networks of a container together.",
    unit: "Bps",
    width: 6,
    min: 0,
    every: "2s",
    queries: [{ expr: sumBy("name", rate(`container_network_transmit_bytes_total{${OF}}`)), legend: LEGEND }],
  },
  {
    kind: "time series",
    title: "Packets lost",
    description: "Packets dropped or in error, both ways, each container: 0 unless a network is broken or full.",
    unit: "ops",
    width: 6,
    min: 0,
    every: "2s",
    queries: [
      {
        expr: sumBy(
          "name",
          `${rate(`container_network_receive_packets_dropped_total{${OF}}`)} + ${rate(`container_network_receive_errors_total{${OF}}`)} + ${rate(`container_network_transmit_packets_dropped_total{${OF}}`)} + ${rate(`container_network_transmit_errors_total{${OF}}`)}`,
        ),
        legend: LEGEND,
      },
    ],
    steps: [{ from: 1, color: "red" }],
  },
  {
    kind: "time series",
    title: "Waiting for the disk",
    description:
      "Share of time in which some process of the container waited for input or output (pressure stall information).",
    unit: "percentunit",
    width: 6,
    min: 0,
    every: "2s",
    queries: [{ expr: sumBy("name", rate(`container_pressure_io_waiting_seconds_total{${OF}}`)), legend: LEGEND }],
    steps: [{ from: 0.3, color: "orange" }],
  },
];

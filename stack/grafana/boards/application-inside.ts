import type { Panel } from "../build/spec.ts";
import { rate, sumBy } from "./queries.ts";

const OF = 'job="api",instance=~"$instance"';

export const process: readonly Panel[] = [
  {
    kind: "time series",
    title: "Event loop lag",
    description:
      "How late timers fire, as the p99 and the largest since the last scrape; the worst of the chosen replicas. A lag is CPU work that holds up every request.",
    unit: "s",
    width: 8,
    min: 0,
    every: "1s",
    queries: [
      { expr: `max(nodejs_eventloop_lag_p99_seconds{${OF}})`, legend: "p99" },
      { expr: `max(nodejs_eventloop_lag_max_seconds{${OF}})`, legend: "max" },
    ],
    steps: [{ from: 0.1, color: "red" }],
  },
  {
    kind: "time series",
    title: "Garbage collection",
    description:
      "Share of time spent collecting, by kind, worst replica. Much `major` with a full heap is a leak or too little memory.",
    unit: "percentunit",
    width: 8,
    min: 0,
    every: "1s",
    queries: [{ expr: `max by (kind) (${rate(`nodejs_gc_duration_seconds_sum{${OF}}`)})`, legend: "{{kind}}" }],
    steps: [{ from: 0.1, color: "red" }],
  },
  {
    kind: "time series",
    title: "CPU",
    description: "Cores each replica uses. JavaScript runs on one: at 1 a replica is full.",
    unit: "suffix: cores",
    width: 8,
    min: 0,
    every: "1s",
    queries: [{ expr: rate(`process_cpu_seconds_total{${OF}}`), legend: "{{instance}}" }],
    steps: [{ from: 1, color: "red" }],
  },
  {
    kind: "time series",
    title: "Heap",
    description:
      "V8's heap in use and in all, all chosen replicas together. Used that never falls after a collection is a leak.",
    unit: "bytes",
    width: 8,
    min: 0,
    every: "1s",
    queries: [
      { expr: `sum(nodejs_heap_size_used_bytes{${OF}})`, legend: "used" },
      { expr: `sum(nodejs_heap_size_total_bytes{${OF}})`, legend: "total" },
      { expr: `sum(nodejs_external_memory_bytes{${OF}})`, legend: "external" },
    ],
  },
  {
    kind: "time series",
    title: "Memory of the process",
    description:
      "Resident memory now, and the most since the process began by the kernel's own mark (VmHWM), which no scrape misses.",
    unit: "bytes",
    width: 8,
    min: 0,
    every: "1s",
    queries: [
      { expr: `process_resident_memory_bytes{${OF}}`, legend: "{{instance}} now" },
      { expr: `process_resident_memory_peak_bytes{${OF}}`, legend: "{{instance}} peak" },
    ],
    dashed: "/peak$/",
  },
  {
    kind: "time series",
    title: "Age of the process",
    description: "Seconds since each replica's process began: a drop is a restart.",
    unit: "s",
    width: 8,
    min: 0,
    every: "1s",
    queries: [{ expr: `time() - process_start_time_seconds{${OF}}`, legend: "{{instance}}" }],
  },
];

export const refusals: readonly Panel[] = [
  {
    kind: "time series",
    title: "Failed authentications",
    description: "Requests refused with 401, by reason. A burst of `unknown` is somebody trying tokens.",
    unit: "reqps",
    width: 6,
    min: 0,
    every: "1s",
    queries: [{ expr: sumBy("reason", rate(`auth_failures_total{${OF}}`)), legend: "{{reason}}" }],
  },
  {
    kind: "time series",
    title: "Rate limited",
    description: "Requests refused with 429, by route.",
    unit: "reqps",
    width: 6,
    min: 0,
    every: "1s",
    queries: [
      { expr: sumBy("route", rate(`rate_limited_requests_total{${OF},route=~"$route"}`)), legend: "{{route}}" },
    ],
  },
  {
    kind: "time series",
    title: "Invalid requests",
    description: "Requests refused with 400 since their content is not as it must be, by route.",
    unit: "reqps",
    width: 6,
    min: 0,
    every: "1s",
    queries: [{ expr: sumBy("route", rate(`validation_failures_total{${OF},route=~"$route"}`)), legend: "{{route}}" }],
  },
  {
    kind: "time series",
    title: "Answers 4xx by code",
    description: "What clients got wrong, or met as refused. 499: the client hung up first, which slowness causes.",
    unit: "reqps",
    width: 6,
    min: 0,
    every: "1s",
    queries: [
      {
        expr: sumBy(
          "status_code",
          rate(`http_request_duration_seconds_count{${OF},route=~"$route",status_code=~"4.."}`),
        ),
        legend: "{{status_code}}",
      },
    ],
  },
];

export const business: readonly Panel[] = [
  {
    kind: "time series",
    title: "Tasks by status",
    description:
      "Tasks that exist. Each replica asks the database and reports the same: the largest counts, not the sum.",
    unit: "short",
    width: 8,
    min: 0,
    stacked: true,
    queries: [{ expr: 'max by (status) (tasks{job="api"})', legend: "{{status}}" }],
  },
  {
    kind: "time series",
    title: "Tasks created, completed, deleted",
    description: "Per second, all chosen replicas together.",
    unit: "ops",
    width: 8,
    min: 0,
    every: "1s",
    queries: ["created", "completed", "deleted"].map((done) => ({
      expr: sumBy("", rate(`tasks_${done}_total{${OF}}`)),
      legend: done,
    })),
  },
  {
    kind: "stat",
    title: "Completed of all tasks",
    description: "Completed tasks ÷ all tasks; absent while there are none.",
    unit: "percentunit",
    width: 8,
    height: 8,
    decimals: 1,
    base: "blue",
    queries: [{ expr: 'max(task_completion_ratio{job="api"})', legend: "completed" }],
  },
];

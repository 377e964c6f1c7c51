import type { Panel } from "../build/spec.ts";
import { IN_PROJECT, SERVICE } from "./project.ts";
import { quantile, rate, sumBy } from "./queries.ts";

const ANSWERS = 'nginx_request_duration_seconds_count{job="balancer"}';

export const users: readonly Panel[] = [
  {
    kind: "time series",
    title: "Answers by status",
    description: "What the load balancer answered, by status code: the users' view, with what never reached the API.",
    unit: "reqps",
    width: 12,
    min: 0,
    stacked: true,
    every: "1s",
    queries: [{ expr: sumBy("status_code", rate(ANSWERS)), legend: "{{status_code}}" }],
  },
  {
    kind: "time series",
    title: "Latency at the load balancer",
    description: "From a request's first byte to the end of its answer, over all requests.",
    unit: "s",
    width: 12,
    min: 0,
    every: "1s",
    queries: [0.5, 0.95, 0.99].map((q) => ({
      expr: quantile(q, 'nginx_request_duration_seconds_bucket{job="balancer"}'),
      legend: `p${q * 100}`,
    })),
  },
];

export const time: readonly Panel[] = [
  {
    kind: "time series",
    title: "p95 from outside to inside",
    description:
      "The same requests at the load balancer, in the API, and their parts: waiting for a database connection, and a statement. The first line that rises with the others below it flat is the place to look.",
    unit: "s",
    width: 12,
    min: 0,
    every: "1s",
    queries: [
      { expr: quantile(0.95, 'nginx_request_duration_seconds_bucket{job="balancer"}'), legend: "load balancer" },
      { expr: quantile(0.95, 'http_request_duration_seconds_bucket{job="api"}'), legend: "API" },
      { expr: quantile(0.95, 'db_pool_acquire_duration_seconds_bucket{job="api"}'), legend: "wait for a connection" },
      { expr: quantile(0.95, 'db_query_duration_seconds_bucket{job="api"}'), legend: "database statement" },
    ],
  },
  {
    kind: "time series",
    title: "Seconds of work in progress, per second",
    description:
      "How many requests are under way on average (Little's law: the sum of their durations per second), at each layer. It grows before latency is felt.",
    unit: "short",
    width: 12,
    min: 0,
    every: "1s",
    queries: [
      {
        expr: sumBy("", rate('nginx_request_duration_seconds_sum{job="balancer"}')),
        legend: "load balancer",
      },
      { expr: sumBy("", rate('http_request_duration_seconds_sum{job="api"}')), legend: "API" },
      { expr: sumBy("", rate('db_query_duration_seconds_sum{job="api"}')), legend: "database" },
    ],
  },
];

export const saturation: readonly Panel[] = [
  {
    kind: "time series",
    title: "CPU by service",
    description: "Cores in use, all containers of a service together.",
    unit: "suffix: cores",
    width: 8,
    min: 0,
    every: "2s",
    queries: [
      {
        expr: sumBy(SERVICE, rate(`container_cpu_usage_seconds_total{${IN_PROJECT}}`)),
        legend: `{{${SERVICE}}}`,
      },
    ],
  },
  {
    kind: "time series",
    title: "Memory of its limit",
    description:
      "Working set as a share of the container's limit; the largest of a service's containers. At 1 the kernel kills.",
    unit: "percentunit",
    width: 8,
    min: 0,
    every: "2s",
    queries: [
      {
        expr: `max by (${SERVICE}) (container_memory_working_set_bytes{${IN_PROJECT}} / (container_spec_memory_limit_bytes{${IN_PROJECT}} > 0))`,
        legend: `{{${SERVICE}}}`,
      },
    ],
    steps: [
      { from: 0.8, color: "orange" },
      { from: 0.95, color: "red" },
    ],
  },
  {
    kind: "time series",
    title: "Queues",
    description:
      "Queries waiting for a connection and the event loop's lag (p99, in seconds): above 0 for long means that a replica is full.",
    unit: "short",
    width: 8,
    min: 0,
    every: "1s",
    queries: [
      { expr: 'sum(db_pool_waiting{job="api"})', legend: "waiting for a connection" },
      { expr: 'max(nodejs_eventloop_lag_p99_seconds{job="api"})', legend: "event loop lag p99, s" },
    ],
  },
];

export const wrong: readonly Panel[] = [
  {
    kind: "table",
    title: "Firing alerts",
    description:
      "Every alert that is pending or fires, worst first by severity. Each one's runbook is in docs/runbooks/.",
    unit: "none",
    width: 12,
    queries: [{ expr: 'ALERTS{severity!="none"}', legend: "" }],
    columns: { alertname: "alert", alertstate: "state", severity: "severity", job: "job", instance: "instance" },
  },
  {
    kind: "states",
    title: "Targets",
    description: "Whether Prometheus could scrape each target.",
    unit: "none",
    width: 12,
    height: 8,
    queries: [{ expr: "min by (job, instance) (up)", legend: "{{job}} {{instance}}" }],
    texts: [
      { value: "0", text: "down", color: "red" },
      { value: "1", text: "up", color: "green" },
    ],
  },
];

import type { ObjectivesFile } from "../../../slo/core/objective.ts";
import { formatSelector } from "../../../slo/core/selector.ts";
import type { Board, Panel } from "../build/spec.ts";
import { latencies, promised, quantile, rate, ratios, share, sumBy } from "./queries.ts";

const ANSWERS = 'nginx_request_duration_seconds_count{job="balancer"}';
const REFUSED = 'nginx_request_duration_seconds_count{job="balancer",status_code=~"5.."}';

/** The first page: is it well, and if not, where to look. */
export function overview(objectives: ObjectivesFile): Board {
  return {
    uid: "overview",
    title: "Overview",
    description: "Is the service well, and if not, which part to look at next.",
    tags: ["overview"],
    from: "now-15m",
    refresh: "5s",
    variables: [],
    rows: [
      { title: "Is it well?", panels: [...health, ...promises(objectives)] },
      { title: "What users get", panels: users },
      { title: "Where the time goes", panels: time },
      { title: "How close to its limits", panels: saturation },
      { title: "What is wrong", panels: wrong },
    ],
  };
}

const health: readonly Panel[] = [
  {
    kind: "stat",
    title: "Alerts firing",
    description: "Alerts that fire now, without the Watchdog, which always does.",
    unit: "none",
    width: 4,
    queries: [{ expr: 'count(ALERTS{alertstate="firing",severity!="none"}) or vector(0)', legend: "firing" }],
    steps: [{ from: 1, color: "red" }],
  },
  {
    kind: "stat",
    title: "Targets down",
    description: "Targets that Prometheus could not scrape last time. Their metrics are missing from every panel.",
    unit: "none",
    width: 4,
    queries: [{ expr: "count(up == 0) or vector(0)", legend: "down" }],
    steps: [{ from: 1, color: "red" }],
  },
  {
    kind: "stat",
    title: "API replicas up",
    description: "Replicas of the API that answer Prometheus.",
    unit: "none",
    width: 4,
    queries: [{ expr: 'sum(up{job="api"}) or vector(0)', legend: "up" }],
    base: "red",
    steps: [
      { from: 1, color: "orange" },
      { from: 2, color: "green" },
    ],
  },
  {
    kind: "stat",
    title: "Requests",
    description: "Requests the load balancer answered, per second.",
    unit: "reqps",
    width: 4,
    decimals: 1,
    every: "1s",
    queries: [{ expr: sumBy("", rate(ANSWERS)), legend: "requests" }],
    base: "blue",
  },
  {
    kind: "stat",
    title: "Failed answers",
    description: "Share of requests that users saw fail with 5xx, by the load balancer's own count.",
    unit: "percentunit",
    width: 4,
    decimals: 2,
    every: "1s",
    queries: [{ expr: share(sumBy("", rate(REFUSED)), sumBy("", rate(ANSWERS))), legend: "failed" }],
    steps: [
      { from: 0.0001, color: "yellow" },
      { from: 0.001, color: "red" },
    ],
  },
  {
    kind: "stat",
    title: "Tasks",
    description: "Tasks that exist. Each replica reports the same number, hence the largest and not the sum.",
    unit: "short",
    width: 4,
    queries: [{ expr: 'sum(max by (status) (tasks{job="api"}))', legend: "tasks" }],
    base: "blue",
  },
];

/** A number for each promise of the objectives file, red where it is broken. */
function promises(objectives: ObjectivesFile): readonly Panel[] {
  const panels = [...latencies(objectives).map(latencyStat), ...ratios(objectives).map(ratioStat)];
  const width = Math.floor(24 / Math.max(1, panels.length));
  return panels.map((panel) => ({ ...panel, width }));
}

function latencyStat(objective: ReturnType<typeof latencies>[number]): Panel {
  return {
    kind: "stat",
    title: `${objective.name}: p${objective.percentile}`,
    description: `Promised: at most ${objective.atMost} s (objective ${objective.name}). Interpolated between the histogram's edges; the verdict of a run counts instead.`,
    unit: "s",
    width: 8,
    every: "1s",
    queries: [{ expr: promised(objective), legend: objective.name }],
    steps: [
      { from: objective.atMost * 0.8, color: "yellow" },
      { from: objective.atMost, color: "red" },
    ],
  };
}

function ratioStat(objective: ReturnType<typeof ratios>[number]): Panel {
  const part = sumBy("", rate(formatSelector(objective.part.selector)));
  const ratio = share(part, sumBy("", rate(formatSelector(objective.total))));
  const bad = objective.op === "atMost";
  return {
    kind: "stat",
    title: `${objective.name}: share of ${objective.part.kind}`,
    description: `Promised: ${bad ? "at most" : "at least"} ${objective.limit * 100} % of requests (objective ${objective.name}).`,
    unit: "percentunit",
    width: 8,
    decimals: 3,
    every: "1s",
    queries: [{ expr: ratio, legend: objective.name }],
    base: bad ? "green" : "red",
    steps: [{ from: objective.limit, color: bad ? "red" : "green" }],
  };
}

const users: readonly Panel[] = [
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

const time: readonly Panel[] = [
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

const saturation: readonly Panel[] = [
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
        expr: sumBy(
          "container_label_com_docker_compose_service",
          rate('container_cpu_usage_seconds_total{job="cadvisor",name!=""}'),
        ),
        legend: "{{container_label_com_docker_compose_service}}",
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
        expr: 'max by (container_label_com_docker_compose_service) (container_memory_working_set_bytes{job="cadvisor",name!=""} / (container_spec_memory_limit_bytes{job="cadvisor",name!=""} > 0))',
        legend: "{{container_label_com_docker_compose_service}}",
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

const wrong: readonly Panel[] = [
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

import type { Board, Panel } from "../build/spec.ts";
import { quantile, rate, share, sumBy } from "./queries.ts";

const OF = 'job="balancer"';
const COUNT = `nginx_request_duration_seconds_count{${OF}}`;
const BUCKETS = `nginx_request_duration_seconds_bucket{${OF}}`;
const UPSTREAM = `nginx_upstream_response_duration_seconds_bucket{${OF}}`;

/** nginx by its own counts: the only place that sees what never reached the API, and what a retry hid. */
export function balancer(): Board {
  return {
    uid: "load-balancer",
    title: "Load balancer",
    description: "nginx by its own counts: what users got, what the API gave, and what retries hid in between.",
    tags: ["load-balancer"],
    from: "now-15m",
    refresh: "5s",
    variables: [],
    rows: [
      { title: "What users get", panels: outside },
      { title: "What the API gives", panels: inside },
      { title: "Connections", panels: connections },
    ],
  };
}

const outside: readonly Panel[] = [
  {
    kind: "time series",
    title: "Answers by status",
    description: "Answers per second, by status code; 499: the client hung up first.",
    unit: "reqps",
    width: 8,
    min: 0,
    stacked: true,
    every: "1s",
    queries: [{ expr: sumBy("status_code", rate(COUNT)), legend: "{{status_code}}" }],
  },
  {
    kind: "time series",
    title: "Duration",
    description: "From a request's first byte to the end of its answer, the client's own slowness included.",
    unit: "s",
    width: 8,
    min: 0,
    every: "1s",
    queries: [0.5, 0.95, 0.99].map((q) => ({ expr: quantile(q, BUCKETS), legend: `p${q * 100}` })),
  },
  {
    kind: "time series",
    title: "Failed answers",
    description: "Share of answers with 5xx, by method.",
    unit: "percentunit",
    width: 8,
    min: 0,
    every: "1s",
    queries: [
      {
        expr: share(
          sumBy("method", rate(`nginx_request_duration_seconds_count{${OF},status_code=~"5.."}`)),
          sumBy("method", rate(COUNT)),
        ),
        legend: "{{method}}",
      },
    ],
    steps: [{ from: 0.001, color: "red" }],
  },
  {
    kind: "heatmap",
    title: "Distribution of durations",
    description: "How many requests took how long, as users had it.",
    unit: "s",
    width: 24,
    every: "1s",
    queries: [{ expr: sumBy("le", rate(BUCKETS)), legend: "{{le}}" }],
  },
];

const inside: readonly Panel[] = [
  {
    kind: "time series",
    title: "Duration here and at the API",
    description:
      "p99 of whole requests beside p99 of their last try at the API. What lies between them is nginx, retries or a slow client.",
    unit: "s",
    width: 12,
    min: 0,
    every: "1s",
    queries: [
      { expr: quantile(0.99, BUCKETS), legend: "at the load balancer" },
      { expr: quantile(0.99, UPSTREAM), legend: "last try at the API" },
    ],
  },
  {
    kind: "time series",
    title: "Tries by the API's answer",
    description:
      "Tries at the API per second, by its answer, or by what nginx made of having none (502, 504). More than there are requests: retries.",
    unit: "reqps",
    width: 12,
    min: 0,
    stacked: true,
    every: "1s",
    queries: [
      { expr: sumBy("upstream_status", rate(`nginx_upstream_tries_total{${OF}}`)), legend: "{{upstream_status}}" },
    ],
  },
  {
    kind: "time series",
    title: "Retries",
    description:
      "Tries beyond a request's first, per second: failures that users did not see. Above 0 a replica is leaving, or dying.",
    unit: "reqps",
    width: 8,
    min: 0,
    every: "1s",
    queries: [{ expr: sumBy("", rate(`nginx_upstream_retries_total{${OF}}`)), legend: "retries" }],
    steps: [{ from: 0.1, color: "orange" }],
  },
  {
    kind: "time series",
    title: "Answers that the API never gave",
    description:
      "Answers of nginx' own, per second, by status: 502 nobody there, 504 too slow, 499 the client hung up. The API's metrics know nothing of them.",
    unit: "reqps",
    width: 8,
    min: 0,
    every: "1s",
    queries: [
      {
        expr: sumBy("status_code", rate(`nginx_answers_without_upstream_total{${OF}}`)),
        legend: "{{status_code}}",
      },
    ],
    steps: [{ from: 0.1, color: "red" }],
  },
  {
    kind: "time series",
    title: "Requests here and at the API",
    description:
      "Requests answered by nginx beside requests answered by the API's replicas, per second. They part where answers never reach, or never leave.",
    unit: "reqps",
    width: 8,
    min: 0,
    every: "1s",
    queries: [
      { expr: sumBy("", rate(COUNT)), legend: "load balancer" },
      { expr: sumBy("", rate('http_request_duration_seconds_count{job="api"}')), legend: "API" },
    ],
  },
];

const connections: readonly Panel[] = [
  {
    kind: "time series",
    title: "Connections by state",
    description: "Clients' connections: reading a request, writing an answer, or waiting for the next request.",
    unit: "short",
    width: 8,
    min: 0,
    stacked: true,
    queries: ["reading", "writing", "waiting"].map((state) => ({
      expr: `sum(nginx_connections_${state}{job="nginx"})`,
      legend: state,
    })),
  },
  {
    kind: "time series",
    title: "New connections",
    description: "Accepted, and handled to their end. Handled below accepted: nginx ran out of connections.",
    unit: "cps",
    width: 8,
    min: 0,
    queries: ["accepted", "handled"].map((state) => ({
      expr: sumBy("", rate(`nginx_connections_${state}{job="nginx"}`)),
      legend: state,
    })),
  },
  {
    kind: "stat",
    title: "Requests not in these metrics",
    description:
      "Requests that nginx could not count, since its shared memory was full. Above 0, nothing else here is whole.",
    unit: "short",
    width: 8,
    height: 8,
    queries: [{ expr: `sum(nginx_metrics_lost_total{${OF}})`, legend: "lost" }],
    steps: [{ from: 1, color: "red" }],
  },
];

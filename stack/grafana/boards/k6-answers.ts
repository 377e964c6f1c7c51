import type { Panel } from "../build/spec.ts";
import { quantile, rate, sumBy } from "./queries.ts";

/** k6 sends native histograms: their quantiles are taken over all requests together, and never averaged. */
const client = (q: number, metric: string, by = ""): string => `histogram_quantile(${q}, ${sumBy(by, rate(metric))})`;

/** `npm run load` names each run by this tag of k6. */
export const RUN = 'testid=~"$run"';

const DURATION = `k6_http_req_duration_seconds{${RUN}}`;

export const sides: readonly Panel[] = [
  {
    kind: "time series",
    title: "p99 at the client, the load balancer and the API",
    description:
      "The same requests by three clocks. The client's alone is high: the network, the generator or queues before the service.",
    unit: "s",
    width: 12,
    min: 0,
    every: "1s",
    queries: [
      { expr: client(0.99, DURATION), legend: "client (k6)" },
      { expr: quantile(0.99, 'nginx_request_duration_seconds_bucket{job="balancer"}'), legend: "load balancer" },
      { expr: quantile(0.99, 'http_request_duration_seconds_bucket{job="api"}'), legend: "API" },
    ],
  },
  {
    kind: "time series",
    title: "Requests by client, load balancer and API",
    description:
      "Requests per second by three counts. They agree to the unit over a phase; between scrapes they may part a little.",
    unit: "reqps",
    width: 12,
    min: 0,
    every: "1s",
    queries: [
      { expr: sumBy("", rate(`k6_http_reqs_total{${RUN}}`)), legend: "client (k6)" },
      { expr: sumBy("", rate('nginx_request_duration_seconds_count{job="balancer"}')), legend: "load balancer" },
      { expr: sumBy("", rate('http_request_duration_seconds_count{job="api"}')), legend: "API" },
    ],
  },
  {
    kind: "time series",
    title: "Client's p95 by request",
    description: "By the journey's named requests; the names are the API's own routes.",
    unit: "s",
    width: 12,
    min: 0,
    every: "1s",
    queries: [{ expr: client(0.95, DURATION, "name"), legend: "{{name}}" }],
  },
  {
    kind: "time series",
    title: "Where the client's time goes",
    description:
      "p95 of each part of a request: sending, waiting for the first byte, receiving; and what came before it, a free connection and a new one.",
    unit: "s",
    width: 12,
    min: 0,
    every: "1s",
    queries: ["blocked", "connecting", "sending", "waiting", "receiving"].map((part) => ({
      expr: client(0.95, `k6_http_req_${part}_seconds{${RUN}}`),
      legend: part,
    })),
  },
  {
    kind: "heatmap",
    title: "Distribution of durations at the client",
    description: "How many requests took how long, by the client's clock.",
    unit: "s",
    width: 24,
    every: "1s",
    queries: [{ expr: sumBy("", rate(DURATION)), legend: "requests" }],
  },
];

export const failures: readonly Panel[] = [
  {
    kind: "time series",
    title: "Answers by status",
    description: "What k6 was answered; status 0 is no answer at all.",
    unit: "reqps",
    width: 8,
    min: 0,
    stacked: true,
    every: "1s",
    queries: [{ expr: sumBy("status", rate(`k6_http_reqs_total{${RUN}}`)), legend: "{{status}}" }],
  },
  {
    kind: "time series",
    title: "Requests that failed",
    description:
      "Per second: without an answer, answered with 5xx, answered otherwise than the journey expects (a fast 401, 404 or 429 is a failure too).",
    unit: "reqps",
    width: 8,
    min: 0,
    every: "1s",
    // k6 sends these counters only once there is something to count.
    queries: [
      { expr: `${sumBy("", rate(`k6_requests_unanswered_total{${RUN}}`))} or vector(0)`, legend: "unanswered" },
      { expr: `${sumBy("", rate(`k6_responses_server_error_total{${RUN}}`))} or vector(0)`, legend: "5xx" },
      { expr: `${sumBy("", rate(`k6_responses_unexpected_total{${RUN}}`))} or vector(0)`, legend: "unexpected" },
    ],
    steps: [{ from: 0.01, color: "red" }],
  },
  {
    kind: "bars",
    title: "Checks that failed",
    description:
      "The journey's checks, by the worst share of failures in any phase since the run's start. All at 0: every answer said what it must.",
    unit: "percentunit",
    width: 8,
    min: 0,
    max: 1,
    every: "1s",
    queries: [{ expr: `sort_desc(max by (check) (1 - k6_checks_rate{${RUN}}))`, legend: "{{check}}" }],
    steps: [{ from: 0.0001, color: "red" }],
  },
];

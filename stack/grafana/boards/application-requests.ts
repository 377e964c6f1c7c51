import type { Panel } from "../build/spec.ts";
import { quantile, rate, share, sumBy } from "./queries.ts";

const OF = 'job="api",instance=~"$instance",route=~"$route"';
const COUNT = `http_request_duration_seconds_count{${OF}}`;
const FAILED = `http_request_duration_seconds_count{${OF},status_code=~"5.."}`;
const BUCKETS = `http_request_duration_seconds_bucket{${OF}}`;

export const traffic: readonly Panel[] = [
  {
    kind: "time series",
    title: "Requests by route",
    description: "Requests answered per second. Aborted by the client counts as status 499.",
    unit: "reqps",
    width: 8,
    min: 0,
    stacked: true,
    every: "1s",
    queries: [{ expr: sumBy("method, route", rate(COUNT)), legend: "{{method}} {{route}}" }],
  },
  {
    kind: "time series",
    title: "Requests by status",
    description: "Requests answered per second, by status code.",
    unit: "reqps",
    width: 8,
    min: 0,
    stacked: true,
    every: "1s",
    queries: [{ expr: sumBy("status_code", rate(COUNT)), legend: "{{status_code}}" }],
  },
  {
    kind: "time series",
    title: "Share of failures by route",
    description: "Requests answered with 5xx ÷ all of the route. 0 is shown where there were requests and none failed.",
    unit: "percentunit",
    width: 8,
    min: 0,
    every: "1s",
    queries: [
      {
        expr: share(sumBy("method, route", rate(FAILED)), sumBy("method, route", rate(COUNT))),
        legend: "{{method}} {{route}}",
      },
    ],
    steps: [{ from: 0.001, color: "red" }],
  },
  {
    kind: "time series",
    title: "Requests by replica",
    description:
      "The load balancer spreads requests evenly: a replica apart from the others is slow, new or being drained.",
    unit: "reqps",
    width: 12,
    min: 0,
    every: "1s",
    queries: [{ expr: sumBy("instance", rate(COUNT)), legend: "{{instance}}" }],
  },
  {
    kind: "time series",
    title: "Requests being served",
    description:
      "In flight at the moment of each scrape, by replica. It grows before anything is slow enough to be seen.",
    unit: "short",
    width: 12,
    min: 0,
    every: "1s",
    queries: [
      { expr: 'sum by (instance) (http_requests_in_flight{job="api",instance=~"$instance"})', legend: "{{instance}}" },
    ],
  },
];

/** @param limits seconds, of the objectives of latency */
export function latency(limits: readonly number[]): readonly Panel[] {
  const steps = [...new Set(limits)].sort((a, b) => a - b).map((from) => ({ from, color: "red" }) as const);
  return [
    {
      kind: "time series",
      title: "Duration of all requests",
      description: "Quantiles over all replicas and routes chosen; the red lines are the objectives' limits.",
      unit: "s",
      width: 8,
      min: 0,
      every: "1s",
      queries: [0.5, 0.95, 0.99].map((q) => ({ expr: quantile(q, BUCKETS), legend: `p${q * 100}` })),
      steps,
    },
    {
      kind: "time series",
      title: "p99 by route",
      description:
        "The slowest route first in the tooltip. A single one that rises is its statement; all of them, the process.",
      unit: "s",
      width: 8,
      min: 0,
      every: "1s",
      queries: [{ expr: quantile(0.99, BUCKETS, "method, route"), legend: "{{method}} {{route}}" }],
      steps,
    },
    {
      kind: "time series",
      title: "p99 by replica",
      description: "Replicas are alike: one that is slower than the others has a neighbour, or a leak.",
      unit: "s",
      width: 8,
      min: 0,
      every: "1s",
      queries: [{ expr: quantile(0.99, BUCKETS, "instance"), legend: "{{instance}}" }],
      steps,
    },
    {
      kind: "heatmap",
      title: "Distribution of durations",
      description: "How many requests took how long. Two bands are two kinds of requests, which a quantile hides.",
      unit: "s",
      width: 24,
      every: "1s",
      queries: [{ expr: sumBy("le", rate(BUCKETS)), legend: "{{le}}" }],
    },
  ];
}

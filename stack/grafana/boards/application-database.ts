import type { Panel } from "../build/spec.ts";
import { quantile, rate, sumBy } from "./queries.ts";

const OF = 'job="api",instance=~"$instance"';

export const database: readonly Panel[] = [
  {
    kind: "time series",
    title: "Connections of the pool",
    description:
      "In use and idle at each scrape, all chosen replicas together. In use at the pool's size is the time to look right.",
    unit: "short",
    width: 8,
    min: 0,
    stacked: true,
    every: "1s",
    queries: [{ expr: `sum by (state) (db_pool_connections{${OF}})`, legend: "{{state}}" }],
  },
  {
    kind: "time series",
    title: "Waiting for a connection",
    description:
      "Queries in the pool's queue at each scrape. What comes and goes between two scrapes shows in the wait, on the right.",
    unit: "short",
    width: 8,
    min: 0,
    every: "1s",
    queries: [{ expr: `max by (instance) (db_pool_waiting{${OF}})`, legend: "{{instance}}" }],
    steps: [{ from: 5, color: "red" }],
  },
  {
    kind: "time series",
    title: "Wait for a connection",
    description: "How long queries waited in the pool's queue, failures included. Nothing between scrapes is missed.",
    unit: "s",
    width: 8,
    min: 0,
    every: "1s",
    queries: [0.5, 0.95, 0.99].map((q) => ({
      expr: quantile(q, `db_pool_acquire_duration_seconds_bucket{${OF}}`),
      legend: `p${q * 100}`,
    })),
  },
  {
    kind: "time series",
    title: "p95 by statement",
    description: "PostgreSQL's time for a statement, without the wait for a connection, failures included.",
    unit: "s",
    width: 8,
    min: 0,
    every: "1s",
    queries: [
      { expr: quantile(0.95, `db_query_duration_seconds_bucket{${OF}}`, "statement"), legend: "{{statement}}" },
    ],
  },
  {
    kind: "time series",
    title: "Statements per second",
    description: "A jump without more requests is a loop of queries.",
    unit: "ops",
    width: 8,
    min: 0,
    stacked: true,
    every: "1s",
    queries: [{ expr: sumBy("statement", rate(`db_query_duration_seconds_count{${OF}}`)), legend: "{{statement}}" }],
  },
  {
    kind: "time series",
    title: "Connections kept busy by statement",
    description:
      "Seconds of query time per second: how many connections a statement occupies on average. The largest is worth an index.",
    unit: "short",
    width: 8,
    min: 0,
    stacked: true,
    every: "1s",
    queries: [{ expr: sumBy("statement", rate(`db_query_duration_seconds_sum{${OF}}`)), legend: "{{statement}}" }],
  },
];

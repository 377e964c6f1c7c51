import type { Board, Panel } from "../build/spec.ts";
import { asked } from "./database-asked.ts";
import { locks, storage } from "./database-inside.ts";
import { rate, sumBy } from "./queries.ts";

const OF = 'job="postgres",datname="$database"';

/** PostgreSQL: is it well, what it does, who waits for whom, what it keeps. */
export function database(): Board {
  return {
    uid: "database",
    title: "Database",
    description: "PostgreSQL: is it well, what does it work on, who waits for whom, and what does it keep.",
    tags: ["database"],
    from: "now-15m",
    refresh: "5s",
    postgres: true,
    variables: [
      {
        name: "database",
        label: "Database",
        query: 'label_values(pg_database_size_bytes{job="postgres"}, datname)',
        choice: { kind: "one", first: "tasks" },
      },
    ],
    rows: [
      { title: "Is it well?", panels: health },
      { title: "Work", panels: work },
      { title: "Connections and locks", panels: locks },
      { title: "Storage and write-ahead log", panels: storage },
      { title: "Asked of PostgreSQL itself", panels: asked },
    ],
  };
}

const health: readonly Panel[] = [
  {
    kind: "stat",
    title: "Up",
    description: "Whether the exporter reaches PostgreSQL.",
    unit: "none",
    width: 4,
    queries: [{ expr: 'min(pg_up{job="postgres"})', legend: "up" }],
    texts: [
      { value: "0", text: "down", color: "red" },
      { value: "1", text: "up", color: "green" },
    ],
  },
  {
    kind: "stat",
    title: "Connections of the most allowed",
    description: "Connections of any state ÷ max_connections. At 1 nobody else gets in.",
    unit: "percentunit",
    width: 4,
    decimals: 0,
    queries: [
      {
        expr: 'sum(pg_stat_activity_count{job="postgres"}) / max(pg_settings_max_connections{job="postgres"})',
        legend: "connections",
      },
    ],
    steps: [
      { from: 0.7, color: "orange" },
      { from: 0.9, color: "red" },
    ],
  },
  {
    kind: "stat",
    title: "Found in the cache",
    description:
      "Share of blocks that were in PostgreSQL's own cache, in the time shown. Far below 0.99 the working set does not fit.",
    unit: "percentunit",
    width: 4,
    decimals: 1,
    base: "red",
    queries: [
      {
        expr: `sum(increase(pg_stat_database_blks_hit{${OF}}[$__range])) / (sum(increase(pg_stat_database_blks_hit{${OF}}[$__range])) + sum(increase(pg_stat_database_blks_read{${OF}}[$__range])) > 0)`,
        legend: "hits",
      },
    ],
    steps: [
      { from: 0.9, color: "orange" },
      { from: 0.99, color: "green" },
    ],
  },
  {
    kind: "stat",
    title: "Longest transaction",
    description:
      "Age of the oldest transaction that lasts longer than a minute. It holds locks, and keeps dead rows from being cleaned away.",
    unit: "s",
    width: 4,
    queries: [{ expr: 'max(pg_long_running_transactions_oldest_timestamp_seconds{job="postgres"})', legend: "age" }],
    steps: [
      { from: 60, color: "orange" },
      { from: 300, color: "red" },
    ],
  },
  {
    kind: "stat",
    title: "Deadlocks",
    description: "Transactions ended to break a deadlock, in the time shown.",
    unit: "none",
    width: 4,
    decimals: 0,
    queries: [{ expr: `sum(increase(pg_stat_database_deadlocks{${OF}}[$__range]))`, legend: "deadlocks" }],
    steps: [{ from: 1, color: "red" }],
  },
  {
    kind: "stat",
    title: "Size",
    description: "The database on disk, its indexes included.",
    unit: "bytes",
    width: 4,
    base: "blue",
    queries: [{ expr: `sum(pg_database_size_bytes{${OF}})`, legend: "size" }],
  },
];

const work: readonly Panel[] = [
  {
    kind: "time series",
    title: "Transactions",
    description: "Committed and rolled back, per second.",
    unit: "ops",
    width: 8,
    min: 0,
    queries: [
      { expr: sumBy("", rate(`pg_stat_database_xact_commit{${OF}}`)), legend: "committed" },
      { expr: sumBy("", rate(`pg_stat_database_xact_rollback{${OF}}`)), legend: "rolled back" },
    ],
  },
  {
    kind: "time series",
    title: "Rows read and returned",
    description:
      "Rows that were looked at (returned by scans) beside rows that were fetched through an index. Far more looked at: an index is missing.",
    unit: "ops",
    width: 8,
    min: 0,
    queries: [
      { expr: sumBy("", rate(`pg_stat_database_tup_returned{${OF}}`)), legend: "looked at" },
      { expr: sumBy("", rate(`pg_stat_database_tup_fetched{${OF}}`)), legend: "fetched" },
    ],
  },
  {
    kind: "time series",
    title: "Rows written",
    description: "Rows inserted, updated and deleted, per second.",
    unit: "ops",
    width: 8,
    min: 0,
    queries: ["inserted", "updated", "deleted"].map((done) => ({
      expr: sumBy("", rate(`pg_stat_database_tup_${done}{${OF}}`)),
      legend: done,
    })),
  },
  {
    kind: "time series",
    title: "Time of the heaviest statements",
    description:
      "Seconds of execution per second, the five heaviest statements (pg_stat_statements, by query id; their texts are in the last row).",
    unit: "short",
    width: 8,
    min: 0,
    queries: [
      {
        expr: `topk(5, ${sumBy("queryid, user", rate(`pg_stat_statements_seconds_total{${OF}}`))})`,
        legend: "{{user}} {{queryid}}",
      },
    ],
  },
  {
    kind: "time series",
    title: "Most called statements",
    description: "Calls per second, the five most frequent.",
    unit: "ops",
    width: 8,
    min: 0,
    queries: [
      {
        expr: `topk(5, ${sumBy("queryid, user", rate(`pg_stat_statements_calls_total{${OF}}`))})`,
        legend: "{{user}} {{queryid}}",
      },
    ],
  },
  {
    kind: "time series",
    title: "Blocks from cache and disk",
    description:
      "Blocks found in PostgreSQL's cache, and read from the system (which may have them in memory as well), per second.",
    unit: "ops",
    width: 8,
    min: 0,
    queries: [
      { expr: sumBy("", rate(`pg_stat_database_blks_hit{${OF}}`)), legend: "from the cache" },
      { expr: sumBy("", rate(`pg_stat_database_blks_read{${OF}}`)), legend: "read" },
    ],
  },
];

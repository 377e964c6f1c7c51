import type { Panel } from "../build/spec.ts";
import { rate, sumBy } from "./queries.ts";

const ALL = 'job="postgres"';
const OF = `${ALL},datname="$database"`;

export const locks: readonly Panel[] = [
  {
    kind: "time series",
    title: "Connections by state",
    description:
      "Of the database. `idle in transaction` is a client that holds its locks while it does something else.",
    unit: "short",
    width: 8,
    min: 0,
    stacked: true,
    queries: [{ expr: `sum by (state) (pg_stat_activity_count{${OF}}) > 0`, legend: "{{state}}" }],
  },
  {
    kind: "time series",
    title: "Longest transaction by state",
    description: "Age of the oldest transaction in each state, at the scrape.",
    unit: "s",
    width: 8,
    min: 0,
    queries: [{ expr: `max by (state) (pg_stat_activity_max_tx_duration{${OF}})`, legend: "{{state}}" }],
    steps: [{ from: 60, color: "orange" }],
  },
  {
    kind: "time series",
    title: "Locks by mode",
    description: "Held or waited for at the scrape, by mode. Exclusive ones on tables are what others wait for.",
    unit: "short",
    width: 8,
    min: 0,
    stacked: true,
    queries: [{ expr: `sum by (mode) (pg_locks_count{${OF}})`, legend: "{{mode}}" }],
  },
  {
    kind: "time series",
    title: "Deadlocks and conflicts",
    description: "Transactions ended to break a deadlock, and for conflicts with recovery, per second.",
    unit: "ops",
    width: 8,
    min: 0,
    queries: [
      { expr: sumBy("", rate(`pg_stat_database_deadlocks{${OF}}`)), legend: "deadlocks" },
      { expr: sumBy("", rate(`pg_stat_database_conflicts{${OF}}`)), legend: "conflicts" },
    ],
    steps: [{ from: 0.001, color: "red" }],
  },
  {
    kind: "time series",
    title: "Long transactions",
    description: "How many transactions last longer than a minute.",
    unit: "short",
    width: 8,
    min: 0,
    queries: [{ expr: `max(pg_long_running_transactions{${ALL}})`, legend: "longer than a minute" }],
    steps: [{ from: 1, color: "orange" }],
  },
  {
    kind: "time series",
    title: "Temporary files",
    description: "Written by sorts and joins that did not fit into work_mem, per second.",
    unit: "Bps",
    width: 8,
    min: 0,
    queries: [{ expr: sumBy("", rate(`pg_stat_database_temp_bytes{${OF}}`)), legend: "temporary" }],
  },
];

export const storage: readonly Panel[] = [
  {
    kind: "time series",
    title: "Tables and their indexes",
    description: "On disk, by table.",
    unit: "bytes",
    width: 8,
    min: 0,
    stacked: true,
    queries: [
      { expr: `sum by (relname) (pg_stat_user_tables_table_size_bytes{${OF}})`, legend: "{{relname}}" },
      { expr: `sum by (relname) (pg_stat_user_tables_index_size_bytes{${OF}})`, legend: "{{relname}} indexes" },
    ],
  },
  {
    kind: "time series",
    title: "Dead rows",
    description:
      "Share of a table's rows that are dead and wait for vacuum. Much for long: autovacuum does not keep up, or an old transaction holds it.",
    unit: "percentunit",
    width: 8,
    min: 0,
    max: 1,
    queries: [
      {
        expr: `sum by (relname) (pg_stat_user_tables_n_dead_tup{${OF}}) / (sum by (relname) (pg_stat_user_tables_n_dead_tup{${OF}}) + sum by (relname) (pg_stat_user_tables_n_live_tup{${OF}}) > 0)`,
        legend: "{{relname}}",
      },
    ],
    steps: [{ from: 0.5, color: "orange" }],
  },
  {
    kind: "time series",
    title: "Rows by sequential scan and by index",
    description: "Rows that scans of whole tables read, and that indexes gave, per second, by table.",
    unit: "ops",
    width: 8,
    min: 0,
    queries: [
      { expr: sumBy("relname", rate(`pg_stat_user_tables_seq_tup_read{${OF}}`)), legend: "{{relname}} whole table" },
      { expr: sumBy("relname", rate(`pg_stat_user_tables_idx_tup_fetch{${OF}}`)), legend: "{{relname}} by index" },
    ],
  },
  {
    kind: "time series",
    title: "Write-ahead log on disk",
    description: "Size of pg_wal; dashed what a checkpoint aims to keep it under (max_wal_size).",
    unit: "bytes",
    width: 8,
    min: 0,
    queries: [
      { expr: `max(pg_wal_size_bytes{${ALL}})`, legend: "log" },
      { expr: `max(pg_settings_max_wal_size_bytes{${ALL}})`, legend: "max_wal_size" },
    ],
    dashed: "/max_wal_size/",
  },
  {
    kind: "time series",
    title: "Checkpoints",
    description:
      "Per minute: begun in time, or requested since the log had grown too much. Many requested ones: max_wal_size is too small for the writes.",
    unit: "suffix: per min",
    width: 8,
    min: 0,
    queries: [
      { expr: `60 * ${sumBy("", rate(`pg_stat_checkpointer_num_timed_total{${ALL}}`))}`, legend: "in time" },
      { expr: `60 * ${sumBy("", rate(`pg_stat_checkpointer_num_requested_total{${ALL}}`))}`, legend: "requested" },
    ],
  },
  {
    kind: "time series",
    title: "Buffers written and taken",
    description: "Written by checkpoints and by the background writer, and newly taken, per second.",
    unit: "ops",
    width: 8,
    min: 0,
    queries: [
      { expr: sumBy("", rate(`pg_stat_checkpointer_buffers_written_total{${ALL}}`)), legend: "checkpoints" },
      { expr: sumBy("", rate(`pg_stat_bgwriter_buffers_clean_total{${ALL}}`)), legend: "background writer" },
      { expr: sumBy("", rate(`pg_stat_bgwriter_buffers_alloc_total{${ALL}}`)), legend: "taken" },
    ],
  },
];

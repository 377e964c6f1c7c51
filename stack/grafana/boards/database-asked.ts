import type { Panel } from "../build/spec.ts";

/** By SQL, as grafana_reader, who may read the tasks and the statistics and write nothing. */
export const asked: readonly Panel[] = [
  {
    kind: "sql",
    title: "Heaviest statements",
    description:
      "pg_stat_statements since it was last reset: the ten that took the most time in all, with their texts.",
    unit: "short",
    width: 24,
    sql: `SELECT s.queryid::text AS "query id", r.rolname AS "role", s.calls AS "calls",
  round(s.total_exec_time::numeric / 1000, 3) AS "seconds in all", round(s.mean_exec_time::numeric, 3) AS "ms on average",
  round(s.max_exec_time::numeric, 3) AS "ms at most", s.rows AS "rows", left(regexp_replace(s.query, '\\s+', ' ', 'g'), 200) AS "statement"
FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid
WHERE s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
ORDER BY s.total_exec_time DESC LIMIT 10`,
  },
  {
    kind: "sql",
    title: "Indexes",
    description:
      "How often each index was used since statistics began, and what it costs on disk. Large and never used: every write pays for it.",
    unit: "short",
    width: 8,
    sql: `SELECT relname AS "table", indexrelname AS "index", idx_scan AS "scans", pg_size_pretty(pg_relation_size(indexrelid)) AS "size"
FROM pg_stat_user_indexes ORDER BY pg_relation_size(indexrelid) DESC`,
  },
  {
    kind: "sql",
    title: "Tasks by status and priority",
    description: "All tasks, counted in the table itself.",
    unit: "short",
    width: 8,
    sql: `SELECT status, priority, count(*) AS "tasks", count(*) FILTER (WHERE due_at < now() AND status <> 'completed') AS "overdue"
FROM tasks GROUP BY status, priority ORDER BY status, priority`,
  },
  {
    kind: "sql",
    title: "Who is connected",
    description: "Connections now, by role, program and state, with what they wait for and since when.",
    unit: "short",
    width: 8,
    sql: `SELECT usename AS "role", coalesce(nullif(application_name, ''), '–') AS "program", state, wait_event_type AS "waits for",
  count(*) AS "connections", max(now() - xact_start)::text AS "longest transaction"
FROM pg_stat_activity WHERE datname = current_database() GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC`,
  },
];

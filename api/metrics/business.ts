import type pg from "pg";
import type { AuthFailureReason } from "../auth/middleware.ts";
import { authFailureReasons } from "../auth/middleware.ts";
import type { TaskObserver } from "../tasks/handlers.ts";
import { type Status, statuses } from "../tasks/schemas.ts";
import { cached } from "./cached.ts";
import { createCounter, createGauge, type Registry } from "./registry.ts";

export type TaskCounts = Record<Status, number>;

// Far less than a scrape may take: a slow database must not take the other metrics with it.
const limits = { ttl: 2000, timeout: 250, maxAge: 30_000 };

/** Counts the tasks over a pool apart from the requests': a saturated one must not stall the scrape. */
export async function countTasks(pool: pg.Pool): Promise<TaskCounts> {
  const result = await pool.query<{ status: Status; count: number }>(
    "SELECT status, count(*)::int AS count FROM tasks GROUP BY status",
  );
  const counts: TaskCounts = { open: 0, in_progress: 0, completed: 0 };
  for (const row of result.rows) counts[row.status] = row.count;
  return counts;
}

/** What exists, as PostgreSQL says. Each replica reports the same: aggregate with `max`. Absent while it cannot tell. */
export function createTaskGauges(registry: Registry, count: () => Promise<TaskCounts>): void {
  const counts = cached(count, limits, () => performance.now());
  createGauge(
    registry,
    { name: "tasks", help: "Tasks that exist, by status.", labelNames: ["status"] },
    async (gauge) => {
      const now = await counts();
      gauge.reset();
      if (now) for (const status of statuses) gauge.set({ status }, now[status]);
    },
  );
  createGauge(
    registry,
    { name: "task_completion_ratio", help: "Completed tasks ÷ all tasks; absent while there are none." },
    async (gauge) => {
      const now = await counts();
      const total = now ? statuses.reduce((sum, status) => sum + now[status], 0) : 0;
      gauge.remove();
      if (now && total > 0) gauge.set(now.completed / total);
    },
  );
}

export function createTaskCounters(registry: Registry): TaskObserver {
  const created = createCounter(registry, { name: "tasks_created_total", help: "Tasks created." });
  const completed = createCounter(registry, {
    name: "tasks_completed_total",
    help: "Tasks completed; completing one again does not count.",
  });
  const deleted = createCounter(registry, { name: "tasks_deleted_total", help: "Tasks deleted." });
  return {
    created: () => created.inc(),
    completed: () => completed.inc(),
    deleted: () => deleted.inc(),
  };
}

export function createAuthCounter(registry: Registry): (reason: AuthFailureReason) => void {
  const failures = createCounter(registry, {
    name: "auth_failures_total",
    help: "Requests refused with 401, by reason.",
    labelNames: ["reason"],
  });
  for (const reason of authFailureReasons) failures.inc({ reason }, 0);
  return (reason) => failures.inc({ reason });
}

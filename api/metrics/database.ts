import type { DatabaseObserver } from "../db/database.ts";
import { partEdges } from "./edges.ts";
import { createGauge, createHistogram, type Registry } from "./registry.ts";

/** The counts that a pool keeps of itself. */
export interface PoolCounts {
  totalCount: number;
  idleCount: number;
  waitingCount: number;
}

/** Use of the requests' pool. The gauges miss what happens between scrapes; the acquire histogram does not. */
export function createDatabaseMetrics(registry: Registry, statements: string[]): DatabaseObserver {
  const acquire = createHistogram(registry, {
    name: "db_pool_acquire_duration_seconds",
    help: "Time a query waited for a connection, failures included.",
    buckets: partEdges,
  });
  const query = createHistogram(registry, {
    name: "db_query_duration_seconds",
    help: "Time PostgreSQL took for a statement, without the wait for a connection, failures included.",
    labelNames: ["statement"],
    buckets: partEdges,
  });
  for (const statement of statements) query.zero({ statement });
  return {
    acquired: (seconds) => acquire.observe(seconds),
    queried: (statement, seconds) => query.observe({ statement }, seconds),
  };
}

export function createPoolMetrics(registry: Registry, pool: PoolCounts): void {
  createGauge(
    registry,
    { name: "db_pool_connections", help: "Connections of the pool by state.", labelNames: ["state"] },
    (gauge) => {
      gauge.set({ state: "in_use" }, pool.totalCount - pool.idleCount);
      gauge.set({ state: "idle" }, pool.idleCount);
    },
  );
  createGauge(registry, { name: "db_pool_waiting", help: "Queries waiting for a connection now." }, (gauge) =>
    gauge.set(pool.waitingCount),
  );
}

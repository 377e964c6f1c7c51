import type pg from "pg";
import { tokenStatements } from "../auth/tokens.ts";
import type { Config } from "../config.ts";
import type { Operation } from "../http/operation.ts";
import { taskStatements } from "../tasks/statements.ts";
import { countTasks, createAuthCounter, createTaskCounters, createTaskGauges } from "./business.ts";
import { createDatabaseMetrics, createPoolMetrics } from "./database.ts";
import { latencyEdges } from "./edges.ts";
import { createHttpMetrics } from "./http.ts";
import { createPeakMemoryGauge } from "./process.ts";
import { collectDefaults, createRegistry, renderPage } from "./registry.ts";

/** Every metric of the API on one registry. `pool` serves requests, `monitor` the scrape. */
export function createMetrics(config: Config, operations: Operation[], pool: pg.Pool, monitor: pg.Pool) {
  const registry = createRegistry();
  collectDefaults(registry);
  createPeakMemoryGauge(registry);
  createPoolMetrics(registry, pool);
  createTaskGauges(registry, () => countTasks(monitor));
  return {
    http: createHttpMetrics(registry, latencyEdges(config.LATENCY_EDGES), operations),
    database: createDatabaseMetrics(registry, [...taskStatements, ...tokenStatements]),
    tasks: createTaskCounters(registry),
    authFailed: createAuthCounter(registry),
    render: () => renderPage(registry),
  };
}

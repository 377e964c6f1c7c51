import { setTimeout as sleep } from "node:timers/promises";
import { authenticate, identify } from "./auth/middleware.ts";
import { readTokenFile, untilDone } from "./auth/register.ts";
import { createTokens, type Tokens } from "./auth/tokens.ts";
import type { Config } from "./config.ts";
import { createDatabase } from "./db/database.ts";
import { explainDatabaseError } from "./db/errors.ts";
import { knownMigrations } from "./db/migrations.ts";
import { createPool } from "./db/pool.ts";
import { createApp } from "./http/app.ts";
import { createInternalListener } from "./http/internal.ts";
import { createEndpoints, operations } from "./http/operations.ts";
import { limitRate } from "./http/rate-limit.ts";
import { routeLabel } from "./http/route-label.ts";
import type { Log } from "./log.ts";
import { createMetrics } from "./metrics/all.ts";
import { checkReadiness } from "./readiness.ts";
import { listen } from "./server.ts";
import { createTaskHandlers } from "./tasks/handlers.ts";
import { createTaskStore } from "./tasks/store.ts";

/** A PostgreSQL that hangs would never take its leave of the pool. */
const poolEndMilliseconds = 1000;

/** The running API. */
export interface Service {
  /** Turns readiness off and waits DRAIN_SECONDS, then lets every request end. @returns false if some were cut off */
  stop: () => Promise<boolean>;
}

function createPools(config: Config, log: Log) {
  const lost = (error: Error) => log.warn({ reason: error.message }, "database connection lost");
  const url = config.DATABASE_URL;
  const pool = createPool({
    url,
    name: "task-api",
    max: config.DB_POOL_MAX,
    acquireTimeout: config.DB_ACQUIRE_TIMEOUT_MS,
    statementTimeout: config.DB_STATEMENT_TIMEOUT_MS,
    onError: lost,
  });
  const monitor = createPool({
    url,
    name: "task-api-monitor",
    max: 2,
    acquireTimeout: 1000,
    statementTimeout: 1000,
    onError: lost,
  });
  return { pool, monitor };
}

function keepRegistering(tokens: Tokens, key: string, log: Log, signal: AbortSignal, done: () => void): Promise<void> {
  let told = "";
  const failed = (error: unknown): void => {
    const reason = explainDatabaseError(error);
    if (reason !== told) log.warn({ reason }, "token of TOKEN_FILE not registered yet");
    told = reason;
  };
  return untilDone(() => tokens.register(key, "token-file").then(done), failed, signal);
}

/**
 * Starts the API. PostgreSQL may come later: until then requests are answered 503 and readiness says why.
 * @throws Error of one line, with what to do, for a token file or port that cannot be used
 */
export async function serve(config: Config, log: Log): Promise<Service> {
  const tokenKey = config.TOKEN_FILE === undefined ? undefined : await readTokenFile(config.TOKEN_FILE);
  const migrations = await knownMigrations();
  const stopping = new AbortController();
  const draining = () => stopping.signal.aborted;
  let tokenPending = tokenKey !== undefined;

  const { pool, monitor } = createPools(config, log);
  const metrics = createMetrics(config, Object.values(operations), pool, monitor);
  const database = createDatabase(pool, metrics.database);
  const tokens = createTokens(database, Date.now);
  const limit = config.RATE_LIMIT_PER_MINUTE;
  const app = createApp({
    endpoints: createEndpoints(createTaskHandlers(createTaskStore(database), metrics.tasks)),
    guards: {
      always: [
        identify,
        ...(limit > 0 ? [limitRate(limit, tokens, (r) => metrics.http.rateLimited(routeLabel(r)))] : []),
      ],
      authenticated: [authenticate(tokens, metrics.authFailed)],
    },
    observer: metrics.http,
    invalid: metrics.http.invalid,
    log,
    draining,
    trustedProxies: config.TRUST_PROXY,
  });
  const internal = createInternalListener({
    readiness: () => checkReadiness({ pool: monitor, migrations, draining, tokenPending: () => tokenPending }),
    metrics: metrics.render,
    onError: (err) => log.error({ err }, "internal port failed"),
  });

  const internalSide = await listen(internal, config.HOST, config.INTERNAL_PORT, "INTERNAL_PORT");
  const publicSide = await listen(app, config.HOST, config.PORT, "PORT");
  log.info({ public: publicSide.url, internal: internalSide.url }, "listening");

  const registering =
    tokenKey === undefined
      ? Promise.resolve()
      : keepRegistering(tokens, tokenKey, log, stopping.signal, () => {
          tokenPending = false;
        });

  return {
    stop: async () => {
      stopping.abort();
      log.info({ drainSeconds: config.DRAIN_SECONDS }, "stopping");
      await sleep(config.DRAIN_SECONDS * 1000);
      const clean = await publicSide.close(config.SHUTDOWN_TIMEOUT_SECONDS * 1000);
      await registering;
      // The internal port goes last, so that the final counts can still be scraped until here.
      await internalSide.close(1000);
      if (clean) await Promise.race([Promise.all([pool.end(), monitor.end()]), sleep(poolEndMilliseconds)]);
      return clean;
    },
  };
}

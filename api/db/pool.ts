import pg from "pg";
import { isoTypes } from "./types.ts";

/** Times in milliseconds. */
export interface PoolSettings {
  url: string;
  name: string;
  max: number;
  acquireTimeout: number;
  statementTimeout: number;
  /** Told of connections that broke; they are replaced at the next use. */
  onError: (error: Error) => void;
}

/** A pool that outlives PostgreSQL: a broken connection is told to `onError` and never ends the process. */
export function createPool(settings: PoolSettings): pg.Pool {
  const pool = new pg.Pool({
    connectionString: settings.url,
    application_name: settings.name,
    max: settings.max,
    connectionTimeoutMillis: settings.acquireTimeout,
    statement_timeout: settings.statementTimeout,
    // The server's own limit answers first; this one is for a server that has vanished.
    query_timeout: settings.statementTimeout + 1000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    types: isoTypes,
  });
  pool.on("error", settings.onError);
  // pg-pool listens only while a connection is idle: without this, one that breaks in use would end the process.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

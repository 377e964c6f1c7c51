import type pg from "pg";
import { explainDatabaseError } from "./db/errors.ts";
import { pendingMigrations } from "./db/migrations.ts";

export type Readiness = { ready: true } | { ready: false; reason: string };

export interface ReadinessParts {
  /** A pool apart from the requests': one that is merely busy must not take the API out of service. */
  pool: pg.Pool;
  migrations: string[];
  draining: () => boolean;
  /** Whether the token of TOKEN_FILE still waits to be registered. */
  tokenPending: () => boolean;
}

/** Whether requests can be served now: PostgreSQL answers, migrations are current, nothing is shutting down. */
export async function checkReadiness(parts: ReadinessParts): Promise<Readiness> {
  if (parts.draining()) return { ready: false, reason: "draining" };
  try {
    const pending = await pendingMigrations(parts.pool, parts.migrations);
    if (pending.length > 0) return { ready: false, reason: `migrations pending: ${pending.join(", ")}` };
  } catch (error) {
    return { ready: false, reason: explainDatabaseError(error) };
  }
  return parts.tokenPending()
    ? { ready: false, reason: "the token of TOKEN_FILE is not registered yet" }
    : { ready: true };
}

import type pg from "pg";
import { isUnavailable } from "./errors.ts";

/** SQL under a name that metrics can carry. */
export interface Statement {
  name: string;
  text: string;
}

/** Told about each use of the pool; seconds. */
export interface DatabaseObserver {
  acquired: (seconds: number) => void;
  queried: (statement: string, seconds: number) => void;
}

/** The one door to PostgreSQL for requests. */
export interface Database {
  /** @throws what pg throws; `isUnavailable` tells whether it is PostgreSQL's absence */
  query: <Row extends pg.QueryResultRow>(statement: Statement, values: unknown[]) => Promise<Row[]>;
}

/** Seconds since `start`, a value of `performance.now()`. */
function since(start: number): number {
  return (performance.now() - start) / 1000;
}

export function createDatabase(pool: pg.Pool, observer: DatabaseObserver): Database {
  return {
    query: async <Row extends pg.QueryResultRow>(statement: Statement, values: unknown[]): Promise<Row[]> => {
      const asked = performance.now();
      const client = await pool.connect().finally(() => observer.acquired(since(asked)));
      const sent = performance.now();
      try {
        const result = await client.query<Row>(statement.text, values);
        client.release();
        return result.rows;
      } catch (error) {
        // A connection that timed out or broke may still be busy with the old query: it must not be used again.
        client.release(isUnavailable(error));
        throw error;
      } finally {
        observer.queried(statement.name, since(sent));
      }
    },
  };
}

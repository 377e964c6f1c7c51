import { chown, mkdir } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import type { Binaries } from "./binaries.ts";
import type { Account, Household, ProcessSpec, Running } from "./household.ts";
import { DATA_FOLDER, SOCKET_FOLDER } from "./layout.ts";
import { HOST } from "./ports.ts";
import { whenReady } from "./ready.ts";

export const DATABASE = "tasks";
const SUPERUSER = "postgres";

/** What PostgreSQL of one stack needs to be told. */
export interface PostgresPlace {
  readonly household: Household;
  readonly binaries: Binaries;
  readonly account: Account | null;
  readonly port: number;
  readonly log: string;
  /** Milliseconds. */
  readonly readyWithin: number;
}

/**
 * `serving` keeps every default that decides how long a commit takes (fsync, synchronous_commit, full_page_writes):
 * the latency of a write is honest only if it is made as durable as in production. `preparing` need not be.
 */
export type Purpose = "serving" | "preparing";

export function postgresSettings(
  purpose: Purpose,
  place: { port: number; socketFolder: string; statementStatistics: boolean },
): Record<string, string> {
  return {
    listen_addresses: HOST,
    port: String(place.port),
    unix_socket_directories: place.socketFolder,
    // In files below the data folder, so that no crash leaves any in /dev/shm.
    dynamic_shared_memory_type: "mmap",
    ...(place.statementStatistics ? { shared_preload_libraries: "pg_stat_statements" } : {}),
    ...(purpose === "preparing"
      ? {
          fsync: "off",
          synchronous_commit: "off",
          full_page_writes: "off",
          autovacuum: "off",
          // Spare segments would only make the template larger.
          wal_recycle: "off",
          min_wal_size: "32MB",
        }
      : {}),
  };
}

export async function makeOwnFolder(path: string, account: Account | null): Promise<void> {
  await mkdir(path, { mode: 0o700 });
  if (account !== null) await chown(path, account.uid, account.gid);
}

/** Starts PostgreSQL on the stack's data folder; resolves once it takes connections to this database. */
export async function startPostgres(place: PostgresPlace, purpose: Purpose, database: string): Promise<Running> {
  const { household, binaries, port } = place;
  const settings = postgresSettings(purpose, {
    port,
    socketFolder: join(household.folder, SOCKET_FOLDER),
    statementStatistics: binaries.statementStatistics,
  });
  const running = household.run({
    ...postgresProcess(place, binaries.postgres),
    args: [
      "-D",
      join(household.folder, DATA_FOLDER),
      ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
  });
  const probe = () => asSuperuser(place, database, async () => null);
  await whenReady({ household, running, within: place.readyWithin, secrets: [], probe });
  return running;
}

/** Immediate shutdown: no checkpoint for data that is thrown away. */
export function postgresProcess(place: PostgresPlace, command: string): Omit<ProcessSpec, "args"> {
  const { household, account, log } = place;
  const env = { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" };
  return {
    name: "postgres",
    command,
    cwd: household.folder,
    env,
    log,
    account,
    signal: "SIGQUIT",
    grace: 2_000,
    stage: 1,
  };
}

/** By the socket in the stack's own folder, which nobody else can enter: the superuser has no password and no other way in. */
export async function asSuperuser<T>(
  place: PostgresPlace,
  database: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    host: join(place.household.folder, SOCKET_FOLDER),
    port: place.port,
    user: SUPERUSER,
    password: "",
    database,
    ssl: false,
    connectionTimeoutMillis: 2_000,
    // A failing statement would be logged whole, with the password that it sets.
    options: "-c log_min_error_statement=panic",
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Gives the API's role this run's password, which is all hex digits. */
export async function setPassword(place: PostgresPlace, password: string): Promise<void> {
  await asSuperuser(place, DATABASE, (client) => client.query(`ALTER ROLE ${DATABASE} PASSWORD '${password}'`));
}

export function databaseUrl(port: number, password: string): string {
  return `postgres://${DATABASE}:${password}@${HOST}:${port}/${DATABASE}`;
}

import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { StackError } from "../lib/errors.ts";
import { apiEnvironment } from "./environment.ts";
import type { Running } from "./household.ts";
import { DATA_FOLDER } from "./layout.ts";
import {
  asSuperuser,
  DATABASE,
  databaseUrl,
  makeOwnFolder,
  type PostgresPlace,
  postgresProcess,
  startPostgres,
} from "./postgres.ts";
import { runToEnd } from "./ready.ts";
import type { Command } from "./types.ts";

/**
 * Fills the stack's data folder, which must not exist: initdb, the API's role and database, migrations, seed; PostgreSQL
 * has ended cleanly when it resolves. Throws StackError `template-failed` naming the step.
 */
export async function prepareData(place: PostgresPlace, commands: { migrate: Command; seed: Command }): Promise<void> {
  const { household, log } = place;
  // Not the run's own: an API that is up already must not get in before everything is there.
  const password = randomBytes(24).toString("hex");
  const secrets = [password];
  const env = { ...apiEnvironment(), DATABASE_URL: databaseUrl(place.port, password) };
  const script = (name: string, command: Command) =>
    step(name, () =>
      runToEnd(household, { ...command, name, env, log, signal: "SIGTERM", grace: 500, stage: 0 }, secrets),
    );

  await step("initdb", () => initialise(place));
  const running = await step("first start of PostgreSQL", () => startPostgres(place, "preparing", "postgres"));
  await step("database", () => createDatabase(place, password));
  await script("migrate", commands.migrate);
  await script("seed", commands.seed);
  await step("statistics", () => settle(place));
  await step("clean stop of PostgreSQL", () => stopCleanly(running));
}

async function initialise(place: PostgresPlace): Promise<void> {
  const target = join(place.household.folder, DATA_FOLDER);
  await makeOwnFolder(target, place.account);
  const args = [
    ["-D", target],
    ["--username=postgres", "--auth-local=trust", "--auth-host=scram-sha-256"],
    // The same sort order on every system, whatever locales it has.
    ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
    ["--no-sync", "--no-instructions"],
  ].flat();
  await runToEnd(
    place.household,
    { ...postgresProcess(place, place.binaries.initdb), name: "initdb", args, signal: "SIGTERM" },
    [],
  );
}

/**
 * One database and no other: every one is 300 files more to unpack and remove at each run, and ext4 makes files
 * slowly where many were removed in the last minutes (unpacking four databases then took 1 s instead of 0.07 s).
 */
async function createDatabase(place: PostgresPlace, password: string): Promise<void> {
  await asSuperuser(place, "template1", async (client) => {
    await client.query(`CREATE ROLE ${DATABASE} LOGIN PASSWORD '${password}'`);
    await client.query(`ALTER DATABASE postgres RENAME TO ${DATABASE}`);
    await client.query(`ALTER DATABASE ${DATABASE} OWNER TO ${DATABASE}`);
  });
  await asSuperuser(place, DATABASE, async (client) => {
    for (const name of ["template0", "template1"]) {
      await client.query(`ALTER DATABASE ${name} IS_TEMPLATE false`);
      await client.query(`DROP DATABASE ${name}`);
    }
    if (place.binaries.statementStatistics) await client.query("CREATE EXTENSION pg_stat_statements");
  });
}

/** Every run begins with the same statistics, so that PostgreSQL plans alike, and with none of the seed's statements. */
async function settle(place: PostgresPlace): Promise<void> {
  await asSuperuser(place, DATABASE, async (client) => {
    await client.query(`ALTER ROLE ${DATABASE} PASSWORD NULL`);
    await client.query("VACUUM (ANALYZE)");
    if (place.binaries.statementStatistics) await client.query("SELECT pg_stat_statements_reset()");
    // A new segment, so that the old one goes at the checkpoint and the template is smaller by it.
    await client.query("SELECT pg_switch_wal()");
    await client.query("CHECKPOINT");
  });
}

async function stopCleanly(running: Running): Promise<void> {
  process.kill(running.pid, "SIGINT");
  const exit = await running.exited;
  if (exit.kind !== "ended" || exit.code !== 0) throw new Error(`PostgreSQL did not stop cleanly, see ${running.log}`);
}

async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof StackError && (cause.code === "aborted" || cause.code === "port-taken")) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    const [hint, log] = cause instanceof StackError ? [cause.hint, cause.log] : ["See the log.", ""];
    throw new StackError("template-failed", `The database could not be prepared (${name}): ${why}`, hint, {
      log,
      cause,
    });
  }
}

import { runner } from "node-pg-migrate";
import { readDatabaseUrl } from "./config.ts";
import { explainDatabaseError } from "./db/errors.ts";
import { migrationsDirectory, migrationsTable } from "./db/migrations.ts";

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Runs what has not run yet, all or nothing; waits while another process does the same. @returns names of those run */
async function migrate(url: string): Promise<string[]> {
  const run = await runner({
    databaseUrl: { connectionString: url, application_name: "task-api-migrate", connectionTimeoutMillis: 5000 },
    dir: migrationsDirectory,
    direction: "up",
    migrationsTable,
    advisoryLockMode: "wait",
    logger: silent,
  });
  return run.map((migration) => migration.name);
}

const database = readDatabaseUrl(process.env);
if (database.ok) {
  try {
    const names = await migrate(database.url);
    console.log(names.length > 0 ? `migrate: ran ${names.join(", ")}` : "migrate: up to date");
  } catch (error) {
    console.error(`migrate: ${explainDatabaseError(error)}`);
    process.exitCode = 1;
  }
} else {
  console.error(`migrate: ${database.problem}`);
  process.exitCode = 2;
}

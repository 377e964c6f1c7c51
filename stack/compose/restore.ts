import { join } from "node:path";
import { PG, type Steps } from "./backup.ts";
import { type Manifest, readManifest } from "./manifest.ts";
import { type Files, must } from "./must.ts";
import { VOLUMES, withVolumes } from "./volumes.ts";

type Compose = (args: readonly string[], files?: Files) => Promise<string>;

/** Everything that reads or writes what is about to be replaced. */
const USERS = ["nginx", "api", "migrate", "grafana", "postgres-exporter", "prometheus", "alertmanager"];

/**
 * Puts a backup in place of what the stack knows now, and leaves the stack up. The backup is proven before anything is
 * touched; the database is replaced at once, when its copy is whole, or stays as it was.
 * Throws StackErrors.
 */
export async function restore(folder: string, { place, signal, say }: Steps): Promise<Manifest> {
  const compose: Compose = (args, files) => must(place, args, files, signal);
  say("proving the backup's files");
  const proven = await readManifest(folder);
  say("starting PostgreSQL alone");
  const services = (await compose(["config", "--services"])).split("\n");
  await compose(["stop", ...USERS.filter((name) => services.includes(name))]);
  await compose(["up", "--wait", "init", "postgres"]);

  say(`restoring the database as of ${proven.at}`);
  await sql(compose, "postgres", "DROP DATABASE IF EXISTS tasks_restored WITH (FORCE)");
  await script(compose, "database.sql", "tasks_restored");
  const load = `${PG} exec pg_restore --host /tmp --username postgres --dbname tasks_restored --clean --if-exists --single-transaction --exit-on-error`;
  await compose(["exec", "-T", "postgres", "sh", "-c", load], { from: join(folder, proven.parts.postgres.file) });
  await sql(compose, "postgres", "DROP DATABASE IF EXISTS tasks WITH (FORCE)");
  await sql(compose, "postgres", "ALTER DATABASE tasks_restored RENAME TO tasks");

  await withVolumes(place, signal, async (inVolumes) => {
    for (const [name, path] of Object.entries(VOLUMES) as [keyof typeof VOLUMES, string][]) {
      say(`restoring ${name}'s volume`);
      const { file, bytes } = proven.parts[name];
      await inVolumes(replacing(path, bytes), { from: join(folder, file) });
    }
  });

  say("starting everything");
  await compose(["up", "--wait"]);
  return proven;
}

/** Unpacks what comes beside what is there, and takes its place only where every byte has come: tar takes none for whole. */
function replacing(path: string, bytes: number): string {
  return [
    `rm -rf ${path}/.restored ${path}/.bytes`,
    `mkdir ${path}/.restored`,
    `{ tee /dev/fd/3 | wc -c >${path}/.bytes; } 3>&1 | tar -C ${path}/.restored --numeric-owner -xpf -`,
    `[ "$(cat ${path}/.bytes)" -eq ${bytes} ]`,
    `find ${path} -mindepth 1 -maxdepth 1 ! -name .restored -exec rm -rf {} +`,
    `find ${path}/.restored -mindepth 1 -maxdepth 1 -exec mv {} ${path}/ \\;`,
    `rmdir ${path}/.restored`,
  ].join(" && ");
}

function sql(compose: Compose, database: string, text: string): Promise<string> {
  const psql = `${PG} exec psql --host /tmp --username postgres --dbname ${database} --no-psqlrc --quiet --set ON_ERROR_STOP=1 --command "$1"`;
  return compose(["exec", "-T", "postgres", "sh", "-c", psql, "sh", text]);
}

function script(compose: Compose, file: string, database: string): Promise<string> {
  const psql = `${PG} exec psql --host /tmp --username postgres --no-psqlrc --quiet --set ON_ERROR_STOP=1 --set database=${database} --file /etc/proving-ground/${file}`;
  return compose(["exec", "-T", "postgres", "sh", "-c", psql]);
}

import { docker } from "../../compose/docker.ts";
import type { Rows } from "./panels.ts";

// As the data source does: grafana_reader, over the network, with the password of the secret.
const PSQL = `PATH=$PATH:/usr/lib/postgresql/18/bin PGPASSWORD=$(cat /secrets/postgres/grafana-password) \\
  exec psql -h 127.0.0.1 -U grafana_reader -d tasks --no-psqlrc --csv --tuples-only -v ON_ERROR_STOP=1 -c "$1"`;

/** Rows of a query, asked by psql in the Compose project's own container, since the database publishes no port. */
export function psqlIn(project: string, within = 30_000): Rows {
  return async (sql) => {
    const where = ["compose", "-p", project, "exec", "-T", "postgres", "sh", "-c", PSQL, "sh"];
    // Counted by PostgreSQL: a text may hold line ends.
    const counted = `SELECT count(*) FROM (${sql}) AS rows_of_the_panel`;
    const { code, stdout, stderr } = await docker([...where, counted], { within });
    if (code !== 0) throw new Error(stderr.trim());
    return Number(stdout.trim());
  };
}

import pg from "pg";

/** Holds something in PostgreSQL so that requests for it wait, until released; releasing again does nothing. */
async function hold(url: string, lockSql: string, values: unknown[] = []): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  await client.query("BEGIN");
  await client.query(lockSql, values);
  let held = true;
  return async () => {
    if (!held) return;
    held = false;
    await client.query("ROLLBACK");
    await client.end();
  };
}

/** A row that nobody else can change until released. */
export function holdTask(url: string, id: string): Promise<() => Promise<void>> {
  return hold(url, "SELECT 1 FROM tasks WHERE id = $1 FOR UPDATE", [id]);
}

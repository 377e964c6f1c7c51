import pg from "pg";

const lockTask = "SELECT 1 FROM tasks WHERE id = $1 FOR UPDATE";

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

/** Lets nobody else change a task until released; releasing again does nothing. */
export async function holdTask(url: string, id: string): Promise<() => Promise<void>> {
  const client = await connect(url);
  await client.query("BEGIN");
  await client.query(lockTask, [id]);
  let held = true;
  return async () => {
    if (!held) return;
    held = false;
    await client.query("ROLLBACK");
    await client.end();
  };
}

/**
 * Lets nobody change a task, even while PostgreSQL stops: a session's lock would go with its session, and whoever
 * waits for it could still succeed if that session happens to be ended first. Released by PostgreSQL's removal only.
 */
export async function holdTaskForever(url: string, id: string): Promise<void> {
  const client = await connect(url);
  await client.query("BEGIN");
  await client.query(lockTask, [id]);
  await client.query("PREPARE TRANSACTION 'held'");
  await client.end();
}

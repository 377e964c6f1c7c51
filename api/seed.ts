import { parseArgs } from "node:util";
import pg from "pg";
import { readDatabaseUrl } from "./config.ts";
import { explainDatabaseError } from "./db/errors.ts";

const usage = "usage: node api/seed.ts --tasks 1000 --seed 42 (whole numbers; at most 10000000 tasks)";

// Everything follows from seed and row number. Ids are of version 7, a second apart from 2026-01-01 on, so that they
// sort as made and before those of tasks created later; their random part is a hash.
const insertTasks = `
INSERT INTO tasks (id, title, description, status, priority, due_at, created_at, updated_at, completed_at)
SELECT
  overlay(overlay(h placing lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') from 1 for 12)
    placing '7' from 13 for 1)::uuid,
  (ARRAY['Water','Buy','Paint','Repair','Call','Write to','Clean','Plan'])[1 + r % 8] || ' '
    || (ARRAY['the plants','the bakery','the fence','the bicycle','the plumber','the library','the kitchen','the trip'])[1 + r / 8 % 8]
    || ' ' || n,
  'Seeded task ' || n,
  status,
  (ARRAY['low','normal','normal','high'])[1 + r / 64 % 4],
  CASE WHEN r / 256 % 2 = 0 THEN at + (r / 512 % 720) * interval '1 hour' END,
  at,
  at,
  CASE WHEN status = 'completed' THEN at END
FROM generate_series(1, $1::int) AS n
CROSS JOIN LATERAL (SELECT
  substr(md5($2::text || ':' || n), 1, 16) || '8' || substr(md5($2::text || ':' || n), 18) AS h,
  timestamptz '2026-01-01T00:00:00Z' + n * interval '1 second' AS at) AS made
CROSS JOIN LATERAL (SELECT ('x' || substr(h, 18, 7))::bit(28)::int AS r) AS random
CROSS JOIN LATERAL (SELECT (ARRAY['open','open','in_progress','completed'])[1 + r / 4096 % 4] AS status) AS stage
ON CONFLICT (id) DO NOTHING`;

function readArguments(argv: string[]): { tasks: number; seed: number } | undefined {
  const options = { tasks: { type: "string", default: "1000" }, seed: { type: "string", default: "42" } } as const;
  try {
    const { values } = parseArgs({ args: argv, options });
    if (!/^\d{1,8}$/.test(values.tasks) || !/^\d{1,9}$/.test(values.seed)) return undefined;
    const tasks = Number(values.tasks);
    return tasks <= 10_000_000 ? { tasks, seed: Number(values.seed) } : undefined;
  } catch {
    return undefined;
  }
}

/** @returns how many rows were new */
async function seed(url: string, tasks: number, value: number): Promise<number> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "task-api-seed",
    connectionTimeoutMillis: 5000,
  });
  // A connection that breaks also rejects the query that waits on it, which is where it is told.
  client.on("error", () => undefined);
  await client.connect();
  try {
    const result = await client.query(insertTasks, [tasks, value]);
    await client.query("ANALYZE tasks");
    return result.rowCount ?? 0;
  } finally {
    await client.end();
  }
}

const wanted = readArguments(process.argv.slice(2));
const database = readDatabaseUrl(process.env);
if (wanted === undefined) {
  console.error(`seed: ${usage}`);
  process.exitCode = 2;
} else if (!database.ok) {
  console.error(`seed: ${database.problem}`);
  process.exitCode = 2;
} else {
  try {
    const added = await seed(database.url, wanted.tasks, wanted.seed);
    console.log(`seed: ${added} tasks added, ${wanted.tasks - added} were there (seed ${wanted.seed})`);
  } catch (error) {
    console.error(`seed: ${explainDatabaseError(error)}`);
    process.exitCode = 1;
  }
}

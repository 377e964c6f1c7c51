import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startMigratedApi, type TestApi } from "../testing/api.ts";
import { poll } from "../testing/poll.ts";
import { startPostgres, type TestPostgres } from "../testing/postgres.ts";
import { run } from "../testing/process.ts";
import { pageSchema, summarySchema, type Task, taskSchema } from "./schemas.ts";

let postgres: TestPostgres;
let api: TestApi;

beforeAll(async () => {
  postgres = await startPostgres();
  api = await startMigratedApi(postgres.url);
});

afterAll(async () => {
  await api.stop();
  await postgres.remove();
});

async function create(task: object): Promise<Task> {
  const answer = await api.send("POST", "/tasks", task);
  expect(answer.status).toBe(201);
  return taskSchema.strict().parse(answer.body);
}

async function get(id: string): Promise<Task> {
  const answer = await api.send("GET", `/tasks/${id}`);
  expect(answer.status).toBe(200);
  return taskSchema.strict().parse(answer.body);
}

async function list(query: string): Promise<{ items: Task[]; nextCursor: string | null }> {
  const answer = await api.send("GET", `/tasks?${query}`);
  expect(answer.status).toBe(200);
  return pageSchema.strict().parse(answer.body);
}

/** PostgreSQL leaves out zeros at a fraction's end: by text alone 0.12 s would be after 0.125 s. */
function comparable(instant: string): string {
  const [seconds = "", fraction = ""] = instant.replace(/Z$/, "").split(".");
  return `${seconds}.${fraction.padEnd(6, "0")}`;
}

const nobody = "019b76e9-ea40-7ca4-8315-7e9bb13f674f";

describe("one task", () => {
  it("is created with defaults, and found where Location says", async () => {
    const answer = await api.send("POST", "/tasks", { title: " Water the plants " });
    const task = taskSchema.strict().parse(answer.body);
    expect(task).toMatchObject({
      title: "Water the plants",
      description: "",
      status: "open",
      priority: "normal",
      dueAt: null,
      completedAt: null,
    });
    expect(answer.headers.get("location")).toBe(`/tasks/${task.id}`);
    expect(await get(task.id)).toEqual(task);
  });

  it("keeps every field, at the very edges of what PostgreSQL takes", async () => {
    const task = await create({
      title: "𝒳".repeat(100),
      description: "line\nline 'quoted' \\ \u0001",
      priority: "high",
      dueAt: "2026-01-31T12:00:00+23:59",
    });
    expect(task).toMatchObject({ title: "𝒳".repeat(100), priority: "high", dueAt: "2026-01-30T12:01:00Z" });
    expect(task.description).toBe("line\nline 'quoted' \\ \u0001");
  });

  it("is changed field by field", async () => {
    const task = await create({ title: "a", description: "b", dueAt: "2026-01-31T12:00:00Z" });
    const answer = await api.send("PATCH", `/tasks/${task.id}`, { dueAt: null, status: "in_progress" });
    expect(answer.status).toBe(200);
    const changed = taskSchema.strict().parse(answer.body);
    expect(changed).toEqual({ ...task, dueAt: null, status: "in_progress", updatedAt: changed.updatedAt });
    expect(comparable(changed.updatedAt) > comparable(task.updatedAt)).toBe(true);
    expect(await get(task.id)).toEqual(changed);
  });

  it("is completed once; completing it again changes nothing", async () => {
    const task = await create({ title: "a" });
    const first = await api.send("POST", `/tasks/${task.id}/complete`);
    const second = await api.send("POST", `/tasks/${task.id}/complete`);
    expect([first.status, second.status]).toEqual([200, 200]);
    const completed = taskSchema.strict().parse(first.body);
    expect(completed.status).toBe("completed");
    expect(completed.completedAt).not.toBeNull();
    expect(second.body).toEqual(first.body);
  });

  it("is answered completed by who completes it, though another takes it up again meanwhile", async () => {
    const single = await startMigratedApi(postgres.url, { DB_POOL_MAX: "1" });
    const other = new pg.Client({ connectionString: postgres.url });
    await other.connect();
    const untilPool = (series: string) =>
      poll(series, async () => ((await single.metrics()).get(series) === 1 ? true : undefined));
    try {
      const { id } = await create({ title: "a" });
      await single.send("GET", `/tasks/${id}`);
      await other.query("BEGIN");
      await other.query("UPDATE tasks SET status = 'completed', completed_at = now() WHERE id = $1", [id]);
      const completing = single.send("POST", `/tasks/${id}/complete`);
      await untilPool('db_pool_connections{state="in_use"}');
      const reopening = single.send("PATCH", `/tasks/${id}`, { status: "open" });
      await untilPool("db_pool_waiting");
      await other.query("COMMIT");
      expect((await completing).body).toMatchObject({ id, status: "completed" });
      expect((await reopening).body).toMatchObject({ id, status: "open" });
      expect((await single.metrics()).get("tasks_completed_total")).toBe(0);
    } finally {
      await other.end();
      await single.stop();
    }
  });

  it("never goes back in time, though a change waited for an earlier one", async () => {
    const other = new pg.Client({ connectionString: postgres.url });
    await other.connect();
    try {
      const { id } = await create({ title: "a" });
      await other.query("BEGIN");
      await other.query("SELECT 1 FROM tasks WHERE id = $1 FOR UPDATE", [id]);
      const waiting = api.send("PATCH", `/tasks/${id}`, { title: "b" });
      await poll("the change to wait", async () => {
        const { rowCount } = await other.query("SELECT 1 FROM pg_locks WHERE NOT granted");
        return rowCount === 1 ? true : undefined;
      });
      const { rows } = await other.query(
        `UPDATE tasks SET updated_at = clock_timestamp() WHERE id = $1 RETURNING updated_at::text AS "at"`,
        [id],
      );
      await other.query("COMMIT");
      const changed = taskSchema.parse((await waiting).body);
      const earlier = `${rows[0].at.slice(0, -3).replace(" ", "T")}Z`;
      expect(comparable(changed.updatedAt) >= comparable(earlier)).toBe(true);
    } finally {
      await other.end();
    }
  });

  it("is taken up again by a new status", async () => {
    const task = await create({ title: "a" });
    await api.send("POST", `/tasks/${task.id}/complete`);
    const answer = await api.send("PATCH", `/tasks/${task.id}`, { status: "open" });
    expect(answer.body).toMatchObject({ status: "open", completedAt: null });
  });

  it("is deleted for good", async () => {
    const task = await create({ title: "a" });
    const answer = await api.send("DELETE", `/tasks/${task.id}`);
    expect([answer.status, answer.body]).toEqual([204, ""]);
    expect((await api.send("GET", `/tasks/${task.id}`)).status).toBe(404);
    expect((await api.send("DELETE", `/tasks/${task.id}`)).status).toBe(404);
  });

  it.each([
    ["GET", ""],
    ["PATCH", ""],
    ["DELETE", ""],
    ["POST", "/complete"],
  ])("answers %s%s 404 for one that is not there", async (method, suffix) => {
    const answer = await api.send(method, `/tasks/${nobody}${suffix}`, method === "PATCH" ? { title: "x" } : undefined);
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ detail: `There is no task ${nobody}.` });
  });
});

describe("the list", () => {
  it("gives every task once over pages, newest first, though tasks come and go", async () => {
    const made: string[] = [];
    for (let n = 0; n < 7; n += 1) made.unshift((await create({ title: `zebra ${n}` })).id);
    const first = await list("q=zebra&limit=3");
    expect(first.items.map((task) => task.id)).toEqual(made.slice(0, 3));

    await create({ title: "zebra later" });
    await api.send("DELETE", `/tasks/${made[2]}`);
    const second = await list(`q=zebra&limit=3&cursor=${first.nextCursor}`);
    expect(second.items.map((task) => task.id)).toEqual(made.slice(3, 6));
    const third = await list(`q=zebra&limit=3&cursor=${second.nextCursor}`);
    expect(third.items.map((task) => task.id)).toEqual(made.slice(6));
    expect(third.nextCursor).toBeNull();
  });

  it("ends without a cursor where the page is exactly full", async () => {
    for (const n of [1, 2]) await create({ title: `walrus ${n}` });
    expect(await list("q=walrus&limit=2")).toMatchObject({ items: [{}, {}], nextCursor: null });
  });

  it("adds filters up", async () => {
    const due = "2026-03-01T00:00:00Z";
    const wanted = await create({ title: "otter wanted", priority: "high", dueAt: due });
    await create({ title: "otter unimportant", priority: "low", dueAt: due });
    await create({ title: "otter someday", priority: "high" });
    const done = await create({ title: "otter done", priority: "high", dueAt: due });
    await api.send("POST", `/tasks/${done.id}/complete`);
    const ids = async (query: string) => (await list(query)).items.map((task) => task.id);
    expect(await ids("q=otter&status=open&priority=high&dueBefore=2026-03-01T00:00:00.001Z")).toEqual([wanted.id]);
    expect(await ids("q=otter&status=open&priority=high&dueBefore=2026-03-01T00:00:00Z")).toEqual([]);
    expect(await ids("q=otter&status=completed")).toEqual([done.id]);
    expect(await ids(`q=${encodeURIComponent('otter -unimportant "otter wanted"')}`)).toEqual([wanted.id]);
    expect(await ids(`q=${encodeURIComponent("'; DROP TABLE tasks; --")}`)).toEqual([]);
  });
});

describe("the summary", () => {
  it("counts what a seed has made, which is the same for the same seed", async () => {
    const seed = () => run("seed.ts", ["--tasks", "1000", "--seed", "7"], { DATABASE_URL: postgres.url });
    const before = summarySchema.parse((await api.send("GET", "/tasks/summary")).body);
    expect(await seed()).toEqual({ code: 0, stdout: "seed: 1000 tasks added, 0 were there (seed 7)\n", stderr: "" });
    expect((await seed()).stdout).toBe("seed: 0 tasks added, 1000 were there (seed 7)\n");

    const after = summarySchema.strict().parse((await api.send("GET", "/tasks/summary")).body);
    const { open, in_progress, completed } = after.byStatus;
    expect(after.total).toBe(before.total + 1000);
    expect(open + in_progress + completed).toBe(after.total);
    expect(after.completionRatio).toBe(completed / after.total);
    expect(after.overdue).toBeGreaterThan(before.overdue);

    const [last] = (await list("q=1000")).items;
    expect(last).toMatchObject({ description: "Seeded task 1000", createdAt: "2026-01-01T00:16:40Z" });
    expect(last?.id).toBe("019b76e9-ea40-7d95-837a-0672d2f02ee6");
  });
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { startNative } from "./start.ts";
import { apiCommands, makeFixture, realOptions } from "./testing/fixture.ts";
import { leftovers, nothingLeft, WAIT } from "./testing/leftovers.ts";
import type { NativeOptions, NativeStack } from "./types.ts";

const fixture = makeFixture();
const started: NativeStack[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((stack) => stack.stop()));
  await nothingLeft(fixture);
});
afterAll(() => fixture.remove());

async function start(changes: Partial<NativeOptions> = {}): Promise<NativeStack> {
  const stack = await startNative(realOptions(fixture, changes));
  started.push(stack);
  return stack;
}

async function query(stack: NativeStack, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: stack.databaseUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const status = async (url: string, token?: string) =>
  (await fetch(url, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } })).status;

test("every part is ready, and nothing is left of it after the stop", async () => {
  const stack = await start();
  expect(await status(`${stack.addresses.apiInternal}/health/ready`)).toBe(200);
  expect(await status(`${stack.addresses.prometheus}/-/ready`)).toBe(200);
  expect(await status(`${stack.addresses.api}/tasks`, stack.token)).toBe(200);
  expect(await status(`${stack.addresses.api}/tasks`, "another-token-altogether")).toBe(401);
  expect(stack.versions).toEqual({
    postgres: expect.stringMatching(/^18\./),
    prometheus: expect.stringMatching(/^3\./),
    node: process.versions.node,
  });
  expect(Object.keys(stack.pids).sort()).toEqual(["api", "postgres", "prometheus"]);

  await Promise.all([stack.stop(), stack.stop()]);
  expect(leftovers(fixture)).toEqual([]);
});

test("no secret stands in a log", async () => {
  const stack = await start();
  await stack.stop();
  const password = new URL(stack.databaseUrl).password;
  for (const name of ["api", "postgres", "prometheus", "prepare"]) {
    const log = readFileSync(join(fixture.logDir, `${name}.log`), "utf8");
    expect(log.includes(stack.token) || log.includes(password), name).toBe(false);
  }
});

test("two stacks do not meet, and a later one sees nothing of an earlier one", async () => {
  const [one, other] = await Promise.all([start(), start()]);
  await query(one, "DELETE FROM tasks");
  expect(await query(other, "SELECT count(*)::int AS tasks FROM tasks")).toEqual([{ tasks: 50 }]);
  await one.stop();
  expect(await status(`${other.addresses.apiInternal}/health/ready`)).toBe(200);
  await other.stop();
  const later = await start();
  expect(await query(later, "SELECT count(*)::int AS tasks FROM tasks")).toEqual([{ tasks: 50 }]);
});

test("what is written is as durable as PostgreSQL's defaults make it", async () => {
  const stack = await start();
  const rows = await query(
    stack,
    "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') ORDER BY name",
  );
  expect(rows).toEqual(["fsync", "full_page_writes", "synchronous_commit"].map((name) => ({ name, setting: "on" })));
});

test("Prometheus scrapes every replica under its own name", async () => {
  const stack = await start({ api: apiCommands({ replicas: 2 }) });
  const up = `${stack.addresses.prometheus}/api/v1/query?query=${encodeURIComponent('up{job="api"} == 1')}`;
  await vi.waitFor(async () => {
    const { data } = (await (await fetch(up)).json()) as { data: { result: { metric: { instance: string } }[] } };
    expect(data.result.map(({ metric }) => metric.instance).sort()).toEqual(["api-1", "api-2"]);
  }, WAIT);
  expect(stack.replicas.map(({ instance }) => instance)).toEqual(["api-1", "api-2"]);
  expect(await status(`${stack.replicas[1]?.internal}/health/ready`)).toBe(200);
});

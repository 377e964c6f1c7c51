import { spawnSync } from "node:child_process";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Operation, problemsOf } from "../http/operation.ts";
import { operations } from "../http/operations.ts";
import { startMigratedApi, type TestApi, untilReady } from "../testing/api.ts";
import { holdTask } from "../testing/lock.ts";
import { allRequests, requestCount, type Samples } from "../testing/metrics.ts";
import { poll } from "../testing/poll.ts";
import { startPostgres, type TestPostgres } from "../testing/postgres.ts";
import { expectedStatuses } from "./http.ts";

let postgres: TestPostgres;
let api: TestApi;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.remove());

beforeEach(async () => {
  api = await startMigratedApi(postgres.url, { DB_POOL_MAX: "2", LATENCY_EDGES: "0.25,0.3" });
});
afterEach(() => api.stop());

async function createTask(): Promise<string> {
  const { headers } = await api.send("POST", "/tasks", { title: "a" });
  return (headers.get("location") ?? "").replace("/tasks/", "");
}

/** Scrapes until the scrape is as wanted. */
function untilMetrics(what: string, wanted: (samples: Samples) => boolean): Promise<Samples> {
  return poll(what, async () => {
    const samples = await api.metrics();
    return wanted(samples) ? samples : undefined;
  });
}

const all: Operation[] = Object.values(operations);

describe("at the start", () => {
  it("every series of every route is there, at zero", async () => {
    // Of what exists nothing is told while PostgreSQL takes longer for it than a scrape may.
    const samples = await untilMetrics("what exists", (now) => now.has('tasks{status="open"}'));
    for (const operation of all) {
      for (const status of expectedStatuses(operation)) {
        expect([operation, status, requestCount(samples, operation.method, operation.path, status)]).toEqual([
          operation,
          status,
          0,
        ]);
      }
      expect(samples.get(`rate_limited_requests_total{route="${operation.path}"}`)).toBe(0);
      const validates = problemsOf(operation).includes("validation-failed");
      expect(samples.get(`validation_failures_total{route="${operation.path}"}`)).toBe(
        validates || operation.path === "/tasks" ? 0 : undefined,
      );
    }
    for (const reason of ["missing", "malformed", "unknown", "expired"]) {
      expect(samples.get(`auth_failures_total{reason="${reason}"}`)).toBe(0);
    }
    for (const name of ["tasks_created_total", "tasks_completed_total", "tasks_deleted_total", "db_pool_waiting"]) {
      expect(samples.get(name)).toBe(0);
    }
    expect(samples.get('db_query_duration_seconds_count{statement="tasks_list"}')).toBe(0);
    expect(samples.get('tasks{status="open"}')).toBe(0);
    expect(samples.has("task_completion_ratio")).toBe(false);
    expect(allRequests(samples)).toBe(0);
  });

  it("the histogram has the edges that were asked for", async () => {
    const series = (le: string) =>
      `http_request_duration_seconds_bucket{le="${le}",method="GET",route="/tasks",status_code="200"}`;
    const samples = await api.metrics();
    expect([samples.get(series("0.25")), samples.get(series("0.3")), samples.get(series("0.26"))]).toEqual([
      0,
      0,
      undefined,
    ]);
  });

  it("promtool is content with every metric", async () => {
    const promtool = process.env.PROMTOOL_BIN;
    if (promtool === undefined) throw new Error("PROMTOOL_BIN is not set: run these tests by npm test");
    const text = await (await fetch(`${api.internalUrl}/metrics`)).text();
    const checked = spawnSync(promtool, ["check", "metrics"], { input: text, encoding: "utf8" });
    expect([checked.status, checked.stdout, checked.stderr]).toEqual([0, "", ""]);
  });

  it("names follow promtool's rules: help for all, _total for counters alone, base units", async () => {
    const text = await (await fetch(`${api.internalUrl}/metrics`)).text();
    const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
    const helps = new Set([...text.matchAll(/^# HELP (\S+) \S/gm)].map((match) => match[1]));
    expect(types.length).toBeGreaterThan(40);
    for (const [, name = "", type] of types) {
      expect([name, helps.has(name)]).toEqual([name, true]);
      expect([name, name.endsWith("_total")]).toEqual([name, type === "counter"]);
      expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(name).not.toMatch(/_(ms|milliseconds|kb|kilobytes|minutes|percent|counter|gauge|histogram)(_|$)/);
    }
  });

  it("process, event loop, GC and heap are told, and the kernel's high-water mark on Linux", async () => {
    const samples = await api.metrics();
    const names = [...samples.keys()];
    for (const name of [
      "process_cpu_seconds_total",
      "process_start_time_seconds",
      "nodejs_eventloop_lag_p99_seconds",
      'nodejs_gc_duration_seconds_count{kind="major"}',
      "nodejs_heap_size_used_bytes",
    ]) {
      expect(names).toContain(name);
    }
    const peak = samples.get("process_resident_memory_peak_bytes") ?? Number.NaN;
    const now = samples.get("process_resident_memory_bytes") ?? Number.NaN;
    expect(process.platform !== "linux" || peak >= now).toBe(true);
  });
});

describe("counts", () => {
  it("are exact for every kind of answer, under the route's pattern", async () => {
    const id = await createTask();
    const other = await createTask();
    await api.send("POST", "/tasks", { title: "" });
    await api.send("GET", `/tasks/${id}`);
    await api.send("GET", `/tasks/${id}`);
    await api.send("GET", "/tasks/7");
    await api.send("POST", `/tasks/${id}/complete`);
    await api.send("POST", `/tasks/${id}/complete`);
    await api.send("DELETE", `/tasks/${other}`);
    await api.send("DELETE", `/tasks/${other}`);
    await api.send("GET", "/tasks", undefined, { authorization: "Basic x" });
    await fetch(`${api.url}/tasks`);
    await api.send("GET", "/nothing/here");
    await api.send("PUT", "/tasks");
    await api.send("PROPFIND", "/tasks");

    const samples = await api.metrics();
    const counts = (
      [
        ["POST", "/tasks", 201],
        ["POST", "/tasks", 400],
        ["GET", "/tasks/:id", 200],
        ["GET", "/tasks/:id", 400],
        ["POST", "/tasks/:id/complete", 200],
        ["DELETE", "/tasks/:id", 204],
        ["DELETE", "/tasks/:id", 404],
        ["GET", "/tasks", 401],
        ["GET", "unmatched", 404],
        ["PUT", "/tasks", 405],
        ["_OTHER", "/tasks", 405],
      ] as const
    ).map(([method, route, status]) => requestCount(samples, method, route, status));
    expect(counts).toEqual([2, 1, 2, 1, 2, 1, 1, 2, 1, 1, 1]);
    expect(allRequests(samples)).toBe(15);

    const value = (series: string) => samples.get(series);
    expect(value("tasks_created_total")).toBe(2);
    expect(value("tasks_completed_total")).toBe(1);
    expect(value("tasks_deleted_total")).toBe(1);
    expect(value('validation_failures_total{route="/tasks"}')).toBe(1);
    expect(value('validation_failures_total{route="/tasks/:id"}')).toBe(1);
    expect(value('auth_failures_total{reason="malformed"}')).toBe(1);
    expect(value('auth_failures_total{reason="missing"}')).toBe(1);
    expect(value('db_query_duration_seconds_count{statement="task_insert"}')).toBe(2);
    expect(value('db_query_duration_seconds_count{statement="task_complete"}')).toBe(2);
    expect(value('db_query_duration_seconds_count{statement="task_get"}')).toBe(2);
    expect(value("http_requests_in_flight")).toBe(0);
  });

  it("leave the internal port out", async () => {
    await api.internal("/health/live");
    await api.internal("/health/ready");
    await api.internal("/nothing");
    expect(allRequests(await api.metrics())).toBe(0);
  });

  it("of what exists follow PostgreSQL", async () => {
    const id = await createTask();
    await api.send("POST", `/tasks/${id}/complete`);
    const counts = (await api.send("GET", "/tasks/summary")).body as { total: number; byStatus: { completed: number } };
    const samples = await untilMetrics(
      "the gauge to follow",
      (now) => now.get('tasks{status="completed"}') === counts.byStatus.completed,
    );
    expect(samples.get("task_completion_ratio")).toBe(counts.byStatus.completed / counts.total);
  });
});

describe("while a request waits", () => {
  it("it is in flight, and counts as 499 once its client has gone", async () => {
    const id = await createTask();
    const release = await holdTask(postgres.url, id);
    try {
      const client = new AbortController();
      const sent = fetch(`${api.url}/tasks/${id}`, {
        method: "DELETE",
        headers: { authorization: `Bearer ${api.token}` },
        signal: client.signal,
      });
      const during = await untilMetrics("the request in flight", (now) => now.get("http_requests_in_flight") === 1);
      expect(requestCount(during, "DELETE", "/tasks/:id", 499)).toBe(0);
      client.abort();
      await expect(sent).rejects.toThrow("aborted");
      const after = await untilMetrics("the request gone", (now) => now.get("http_requests_in_flight") === 0);
      expect(requestCount(after, "DELETE", "/tasks/:id", 499)).toBe(1);
    } finally {
      await release();
    }
    // Its work went on after its client; that is counted as work, and not as a second request.
    const done = await untilMetrics("the deletion", (now) => now.get("tasks_deleted_total") === 1);
    expect(allRequests(done)).toBe(2);
    expect(done.get("http_requests_in_flight")).toBe(0);
  });

  it("a saturated pool is told and stalls neither scrape nor gauges nor readiness", async () => {
    const id = await createTask();
    const release = await holdTask(postgres.url, id);
    try {
      const held = [1, 2].map(() => api.send("PATCH", `/tasks/${id}`, { title: "b" }));
      await untilMetrics("a full pool", (now) => now.get('db_pool_connections{state="in_use"}') === 2);
      const late = api.send("GET", "/tasks");
      await untilMetrics("one waiting", (now) => now.get("db_pool_waiting") === 1);
      await untilReady(api);
      // All in one scrape: what exists is told while somebody waits.
      const samples = await untilMetrics("the task that exists", (now) => (now.get('tasks{status="open"}') ?? 0) > 0);
      expect(samples.get("db_pool_waiting")).toBe(1);
      expect(samples.get('db_pool_connections{state="idle"}')).toBe(0);

      await release();
      expect((await Promise.all([...held, late])).map((answer) => answer.status)).toEqual([200, 200, 200]);
    } finally {
      await release();
    }
    const after = await api.metrics();
    expect(after.get("db_pool_waiting")).toBe(0);
    expect(after.get('db_pool_connections{state="idle"}')).toBe(2);
  });

  it("who waits too long for a connection gets 503, and its wait is told", async () => {
    // One connection, made by the first request: who comes after it waits for its turn alone.
    const single = await startMigratedApi(postgres.url, { DB_POOL_MAX: "1", DB_ACQUIRE_TIMEOUT_MS: "2000" });
    const waits = async (le: string) =>
      (await single.metrics()).get(`db_pool_acquire_duration_seconds_bucket{le="${le}"}`) ?? Number.NaN;
    const id = await createTask();
    expect((await single.send("GET", `/tasks/${id}`)).status).toBe(200);
    const release = await holdTask(postgres.url, id);
    try {
      const held = single.send("PATCH", `/tasks/${id}`, { title: "b" });
      await poll("the only connection in use", async () =>
        (await single.metrics()).get('db_pool_connections{state="in_use"}') === 1 ? true : undefined,
      );
      const before = [await waits("1"), await waits("+Inf")];
      const refused = await single.send("GET", "/tasks");
      expect(refused.status).toBe(503);
      expect(refused.headers.get("retry-after")).toBe("1");
      expect([await waits("1"), await waits("+Inf")]).toEqual([before[0], (before[1] ?? 0) + 1]);
      expect(requestCount(await single.metrics(), "GET", "/tasks", 503)).toBe(1);
      await release();
      expect((await held).status).toBe(200);
    } finally {
      await release();
      await single.stop();
    }
  });
});

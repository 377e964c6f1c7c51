import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApi, startMigratedApi, type TestApi, untilReady } from "./testing/api.ts";
import { holdTask, holdTaskForever } from "./testing/lock.ts";
import { allRequests } from "./testing/metrics.ts";
import { poll } from "./testing/poll.ts";
import { startPostgres, type TestPostgres } from "./testing/postgres.ts";
import { run } from "./testing/process.ts";
import { connectTo, sendOn } from "./testing/raw.ts";

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.remove());

async function createTask(api: TestApi): Promise<string> {
  const answer = await api.send("POST", "/tasks", { title: "a" });
  expect(answer.status).toBe(201);
  return (answer.headers.get("location") ?? "").replace("/tasks/", "");
}

describe("starting", () => {
  it("goes before migrations: not ready, 503, then ready by itself", async () => {
    const api = await startApi(postgres.url);
    try {
      expect((await api.internal("/health/live")).status).toBe(200);
      const waiting = await api.internal("/health/ready");
      expect([waiting.status, waiting.body]).toEqual([
        503,
        { status: "not ready", reason: "migrations pending: 0001_tasks, 0002_tokens" },
      ]);
      const early = await api.send("GET", "/tasks");
      expect([early.status, early.headers.get("retry-after")]).toEqual([503, "5"]);

      const env = { DATABASE_URL: postgres.url };
      expect(await run("migrate.ts", [], env)).toEqual({
        code: 0,
        stdout: "migrate: ran 0001_tasks, 0002_tokens\n",
        stderr: "",
      });
      expect((await run("migrate.ts", [], env)).stdout).toBe("migrate: up to date\n");
      await untilReady(api);
      expect((await api.send("GET", "/tasks")).status).toBe(200);
    } finally {
      await api.stop();
    }
  });

  it("names every bad variable in a line of its own and ends with 2", async () => {
    expect(await run("main.ts", [], { PORT: "http", LOG_LEVEL: "loud" })).toEqual({
      code: 2,
      stdout: "",
      stderr: [
        "api: PORT must be a whole number from 0 to 65535",
        "api: DATABASE_URL is required: the address of PostgreSQL, such as postgres://user:password@127.0.0.1:5432/tasks",
        "api: LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent",
        "api: see api/README.md for every variable",
        "",
      ].join("\n"),
    });
  });

  it("says which port is taken, and by which variable to move", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? String(address.port) : "";
    const env = { DATABASE_URL: postgres.url, PORT: port, INTERNAL_PORT: "0" };
    const ended = await run("main.ts", [], env);
    server.close();
    expect([ended.code, ended.stderr]).toEqual([
      1,
      `api: port ${port} of 127.0.0.1 is taken; stop what listens there or set PORT to another (0: any free one)\n`,
    ]);
  });

  it("refuses a token file that is not there", async () => {
    const ended = await run("main.ts", [], { DATABASE_URL: postgres.url, TOKEN_FILE: "no/such/file" });
    expect([ended.code, ended.stderr]).toEqual([
      1,
      "api: TOKEN_FILE no/such/file cannot be read (ENOENT); correct the path or its rights\n",
    ]);
  });
});

describe("the commands", () => {
  it("say in one line that PostgreSQL is away", async () => {
    // Port 1 (tcpmux) is nobody's; a free one may be somebody's a moment later.
    const DATABASE_URL = "postgres://postgres:secret@127.0.0.1:1/postgres";
    for (const [name, args] of [
      ["migrate", []],
      ["seed", ["--tasks", "1"]],
    ] as const) {
      const { code, stdout, stderr } = await run(`${name}.ts`, [...args], { DATABASE_URL });
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr).toMatch(
        new RegExp(
          `^${name}: PostgreSQL cannot be reached \\(.*ECONNREFUSED.*\\); start it or correct DATABASE_URL\\n$`,
        ),
      );
    }
  });

  it("say what is wrong with their arguments and environment", async () => {
    expect(await run("migrate.ts", [], {})).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^migrate: DATABASE_URL is required/),
    });
    expect(await run("seed.ts", [], {})).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^seed: DATABASE_URL is required/),
    });
    for (const args of [
      ["--tasks", "many"],
      ["--tasks", "99999999"],
      ["--sed", "1"],
    ]) {
      const ended = await run("seed.ts", args, { DATABASE_URL: postgres.url });
      expect([ended.code, ended.stderr]).toEqual([
        2,
        "seed: usage: node api/seed.ts --tasks 1000 --seed 42 (whole numbers; at most 10000000 tasks)\n",
      ]);
    }
  });

  it("say what to do about a database that does not exist or is not migrated", async () => {
    const missing = postgres.url.replace(/postgres$/, "nowhere");
    expect((await run("migrate.ts", [], { DATABASE_URL: missing })).stderr).toBe(
      'migrate: database "nowhere" does not exist; create it or name another in DATABASE_URL\n',
    );
    const bare = postgres.url.replace(/postgres$/, "template1");
    expect((await run("seed.ts", [], { DATABASE_URL: bare })).stderr).toBe(
      "seed: the database lacks our tables; run `node api/migrate.ts` first\n",
    );
  });
});

describe("PostgreSQL going away", () => {
  it("costs 503s and readiness while it lasts, and nothing after", async () => {
    const api = await startMigratedApi(postgres.url);
    try {
      const id = await createTask(api);
      await holdTaskForever(postgres.url, id);
      const waiting = api.send("PATCH", `/tasks/${id}`, { title: "b" });
      await poll("the request in PostgreSQL", async () =>
        (await api.metrics()).get('db_pool_connections{state="in_use"}') === 1 ? true : undefined,
      );
      await postgres.stop();

      expect((await waiting).status).toBe(503);
      const refused = await api.send("GET", `/tasks/${id}`);
      expect(refused.status).toBe(503);
      expect(refused.body).toMatchObject({
        type: "urn:task-api:problem:unavailable",
        detail: "The database cannot be reached or is too busy; try again soon.",
      });
      expect(refused.headers.get("retry-after")).toBe("1");
      expect((await api.internal("/health/live")).status).toBe(200);
      const readiness = await api.internal("/health/ready");
      expect(readiness.status).toBe(503);
      expect(readiness.body).toMatchObject({ reason: expect.stringContaining("PostgreSQL cannot be reached") });
      expect(allRequests(await api.metrics())).toBe(3);

      await postgres.start();
      await untilReady(api);
      expect((await api.send("GET", `/tasks/${id}`)).status).toBe(200);
      expect(api.running.child.exitCode).toBeNull();
    } finally {
      await postgres.stop();
      await postgres.start();
      await api.stop();
    }
  });
});

describe("stopping", () => {
  it("drains: not ready at once, serving meanwhile", async () => {
    const api = await startMigratedApi(postgres.url, { DRAIN_SECONDS: "3600" });
    const ended = api.stop();
    const readiness = await poll("readiness to turn", async () => {
      const answer = await api.internal("/health/ready");
      return answer.status === 503 ? answer : undefined;
    });
    expect(readiness.body).toEqual({ status: "not ready", reason: "draining" });
    const served = await api.send("GET", "/tasks");
    expect([served.status, served.headers.get("connection")]).toEqual([200, "close"]);
    expect((await api.internal("/health/live")).status).toBe(200);
    api.running.child.kill("SIGTERM");
    await ended;
  });

  it("ends with 0 once the drain is over", async () => {
    const api = await startMigratedApi(postgres.url, { DRAIN_SECONDS: "0.5" });
    const { code, stderr } = await api.stop();
    expect([code, stderr]).toEqual([0, ""]);
  });

  it("lets requests in flight end", async () => {
    const api = await startMigratedApi(postgres.url);
    const id = await createTask(api);
    const release = await holdTask(postgres.url, id);
    const answer = api.send("PATCH", `/tasks/${id}`, { title: "b" });
    await poll("the request in flight", async () =>
      (await api.metrics()).get("http_requests_in_flight") === 1 ? true : undefined,
    );
    const ended = api.stop();
    await poll("the public port to close", async () =>
      fetch(`${api.url}/x`).then(
        () => undefined,
        () => true,
      ),
    );
    await release();
    const { status, headers } = await answer;
    expect([status, headers.get("connection")]).toEqual([200, "close"]);
    expect((await ended).code).toBe(0);
  });

  it("answers who had connected before the port closed, though nobody had looked", async () => {
    // Far longer than a busy machine takes from the first signal to the second.
    const drain = 8;
    const api = await startMigratedApi(postgres.url, { DRAIN_SECONDS: String(drain) });
    const ended = api.stop();
    await poll("draining", async () => ((await api.internal("/health/ready")).status === 503 ? true : undefined));
    api.running.child.kill("SIGSTOP");
    // The drain has to run out while nothing is accepted; time alone does that.
    const over = sleep(drain * 1000);
    const sockets = await Promise.all(Array.from({ length: 20 }, () => connectTo(api.url)));
    const answers = sockets.map((socket) => sendOn(socket, "GET /x HTTP/1.1\r\nHost: x\r\n\r\n"));
    await over;
    api.running.child.kill("SIGCONT");
    for (const answer of await Promise.all(answers)) expect(answer).toMatch(/^HTTP\/1.1 404 /);
    expect((await ended).code).toBe(0);
  });

  it("does not wait for connections that never brought a whole request", async () => {
    const api = await startMigratedApi(postgres.url);
    const sockets = [await connectTo(api.url), await connectTo(api.url)];
    sockets[1]?.write("GET /tasks HTTP/1.1\r\nHos");
    expect((await api.send("GET", "/tasks")).status).toBe(200);
    const { code, stdout } = await api.stop();
    for (const socket of sockets) socket.destroy();
    expect([code, stdout.includes("cut off")]).toEqual([0, false]);
  });

  it("cuts off what outlasts SHUTDOWN_TIMEOUT_SECONDS and says so by 1", async () => {
    const api = await startMigratedApi(postgres.url, { SHUTDOWN_TIMEOUT_SECONDS: "0.1" });
    const id = await createTask(api);
    const release = await holdTask(postgres.url, id);
    const answer = api.send("PATCH", `/tasks/${id}`, { title: "b" }).catch(() => "cut off");
    await poll("the request in flight", async () =>
      (await api.metrics()).get("http_requests_in_flight") === 1 ? true : undefined,
    );
    const ended = await api.stop();
    await release();
    expect(await answer).toBe("cut off");
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain("SHUTDOWN_TIMEOUT_SECONDS was too short");
  });

  it.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const)("ends at once on a second signal (%s)", async (signal, code) => {
    const api = await startMigratedApi(postgres.url, { DRAIN_SECONDS: "3600" });
    api.running.child.kill(signal);
    await poll("draining", async () => ((await api.internal("/health/ready")).status === 503 ? true : undefined));
    api.running.child.kill(signal);
    expect((await api.running.ended).code).toBe(code);
  });

  it("keeps tokens out of the log", async () => {
    const api = await startMigratedApi(postgres.url, { LOG_LEVEL: "trace" });
    await api.send("GET", "/tasks", undefined, { "x-request-id": "find-me" });
    const { stdout, stderr } = await api.stop();
    const line = stdout.split("\n").find((text) => text.includes("find-me")) ?? "{}";
    expect(JSON.parse(line)).toMatchObject({ requestId: "find-me", method: "GET", route: "/tasks", status: 200 });
    expect(stdout + stderr).not.toContain(api.token);
  });
});

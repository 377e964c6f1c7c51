import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { freePort } from "../testing/free-port.ts";
import { startNative } from "./start.ts";
import { apiCommands, makeFixture, node, realOptions } from "./testing/fixture.ts";
import { nothingLeft } from "./testing/leftovers.ts";
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

/** A program instead of the API. */
function instead(name: string, source: string): Partial<NativeOptions> {
  const file = join(fixture.root, name);
  writeFileSync(file, source);
  return { api: apiCommands({ start: node(file) }) };
}

test.each(["api", "postgres", "prometheus"])("a killed %s is noticed and named, and its rest removed", async (part) => {
  const stack = await start();
  process.kill(stack.pids[part] ?? 0, "SIGKILL");
  expect(await stack.crashed).toMatchObject({
    part,
    code: null,
    signal: "SIGKILL",
    lastLog: expect.stringMatching(/listening|ready/),
  });
  await stack.stop();
  expect(sharedMemoryOf(stack.pids.postgres ?? 0)).toEqual([]);
});

/** Segments made by this process; Linux shows them in a table whose fifth column is their maker. */
function sharedMemoryOf(pid: number): string[] {
  const table = "/proc/sysvipc/shm";
  if (!existsSync(table)) return [];
  const rows = readFileSync(table, "utf8").split("\n").slice(1);
  return rows.filter((row) => row.trim().split(/\s+/)[4] === String(pid));
}

test("a port that is taken is named, with who has it", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const who = process.platform === "linux" ? ` by node (pid ${process.pid})` : "";
  const failure = start({ ports: { api: port } });
  await expect(failure).rejects.toMatchObject({
    code: "port-taken",
    message: `Port ${port} of 127.0.0.1, wanted for api, is taken${who}.`,
    hint: "End what has it, or choose another port.",
  });
  server.close();
});

test("ports asked for are the ones used, again and again", async () => {
  const ports = { api: await freePort(), prometheus: await freePort() };
  for (const _ of [1, 2]) {
    const stack = await start({ ports });
    expect(stack.addresses).toMatchObject({
      api: `http://127.0.0.1:${ports.api}`,
      prometheus: `http://127.0.0.1:${ports.prometheus}`,
    });
    await stack.stop();
  }
});

test("a free port that somebody takes before its part listens is chosen anew", async () => {
  const marker = join(fixture.root, "stolen");
  const said: string[] = [];
  const thief = `
    import { existsSync, writeFileSync } from "node:fs";
    import { createServer } from "node:net";
    if (existsSync(${JSON.stringify(marker)})) await import(${JSON.stringify(apiCommands().start.args[0])});
    else {
      writeFileSync(${JSON.stringify(marker)}, "");
      const port = Number(process.env.PORT);
      createServer().listen(port, "127.0.0.1", () => createServer().listen(port, "127.0.0.1"));
    }`;
  await start({ ...instead("thief.mjs", thief), say: (line) => said.push(line) });
  expect(said).toContain("api found its port taken. Choosing others.");
});

test("a part that ends at once is named, with its log and without secrets", async () => {
  const failure = start(instead("ends.mjs", 'console.log("cannot", process.env.DATABASE_URL); process.exit(3);'));
  await expect(failure).rejects.toMatchObject({
    code: "exited-early",
    message: "api ended with exit code 3 before it was ready.",
    hint: `See ${join(fixture.logDir, "api.log")}.`,
    log: expect.stringMatching(/^cannot postgres:\/\/tasks:\*\*\*@127\.0\.0\.1:\d+\/tasks$/),
  });
});

test("a start in which nothing becomes ready in time is given up", async () => {
  const deaf = `import { createServer } from "node:http";
    createServer((_, response) => response.writeHead(503).end()).listen(Number(process.env.INTERNAL_PORT), "127.0.0.1");`;
  await start().then((stack) => stack.stop());
  // Which of them is the first to be late is the machine's.
  await expect(start({ ...instead("deaf.mjs", deaf), readyWithin: 1 })).rejects.toMatchObject({
    code: "not-ready",
    message: expect.stringMatching(/^(api|postgres|prometheus) was not ready within 0\.001 s: .+\.$/),
  });
});

test("a program that is not there is named", async () => {
  await expect(start({ prometheus: { bin: "/nonexistent/prometheus", scrapeInterval: "1s" } })).rejects.toMatchObject({
    code: "cannot-start",
    message: "prometheus could not be started: spawn /nonexistent/prometheus ENOENT.",
  });
});

test("a seed that fails names the step", async () => {
  const seed = node("-e", 'console.error("no seed today"); process.exit(1)');
  await expect(start({ api: apiCommands({ seed }) })).rejects.toMatchObject({
    code: "template-failed",
    message: "The database could not be prepared (seed): seed ended with exit code 1.",
    log: expect.stringContaining("no seed today"),
  });
});

test.each<[string, (path: string) => void]>([
  ["cut short", (path) => truncateSync(path, statSync(path).size - 4096)],
  ["changed", (path) => changeByte(path)],
])("a template %s is noticed and made anew", async (_, damage) => {
  await start().then((stack) => stack.stop());
  const folder = join(fixture.cacheDir, "database");
  for (const name of readdirSync(folder)) damage(join(folder, name));
  const said: string[] = [];
  const stack = await start({ say: (line) => said.push(line) });
  await stack.stop();
  expect(said[0]).toMatch(/^the prepared database in the cache is damaged \(.+\); it is made anew$/);
  said.length = 0;
  await start({ say: (line) => said.push(line) });
  expect(said).toEqual([]);
});

function changeByte(path: string): void {
  const content = readFileSync(path);
  const at = content.length >> 1;
  content.writeUInt8(content.readUInt8(at) ^ 1, at);
  writeFileSync(path, content);
}

test("a cache that cannot be written costs time only", async () => {
  const said: string[] = [];
  const file = join(fixture.root, "a-file");
  writeFileSync(file, "");
  await start({ cacheDir: file, say: (line) => said.push(line) });
  expect(said[1]).toMatch(/^the prepared database could not be kept in .+ENOTDIR.+; the next run prepares it again$/);
});

test("a folder for logs that cannot be made is named", async () => {
  const file = join(fixture.root, "no-folder");
  writeFileSync(file, "");
  await expect(start({ logDir: join(file, "logs") })).rejects.toMatchObject({
    code: "folder-not-writable",
    message: `Cannot write to ${join(file, "logs")} (ENOTDIR).`,
    hint: "Make it writable, or choose another folder for results.",
  });
});

test("a log that cannot be written is named", async () => {
  const logDir = join(fixture.root, "logs-closed");
  mkdirSync(join(logDir, "prometheus.log"), { recursive: true });
  await expect(start({ logDir })).rejects.toMatchObject({
    code: "folder-not-writable",
    message: `Cannot write to ${logDir} (EISDIR).`,
  });
});

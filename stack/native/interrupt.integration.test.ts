import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startNative } from "./start.ts";
import { apiCommands, type Fixture, makeFixture, node, realOptions } from "./testing/fixture.ts";
import { leftovers, nothingLeft, processesNaming } from "./testing/leftovers.ts";

const fixture = makeFixture();
afterEach(() => nothingLeft(fixture));
afterAll(() => fixture.remove());

type Moment = readonly [name: string, reached: (fixture: Fixture) => boolean];

const inTemp = (path: string) => (each: Fixture) =>
  readdirSync(each.tempRoot).some((folder) => existsSync(join(each.tempRoot, folder, path)));
const logged = (name: string, text: string) => (each: Fixture) => {
  const log = join(each.logDir, name);
  return existsSync(log) && readFileSync(log, "utf8").includes(text);
};

const preparing: Moment[] = [
  ["initdb has begun", inTemp("data/PG_VERSION")],
  ["PostgreSQL prepares", logged("prepare.log", "ready to accept connections")],
  ["the template is being written", ({ cacheDir }) => existsSync(join(cacheDir, "database"))],
];
const starting: Moment[] = [
  ["nothing has begun", () => true],
  ["its folder is there", ({ tempRoot }) => readdirSync(tempRoot).length > 0],
  ["Prometheus has begun", inTemp("prometheus/data")],
  ["the data is being unpacked", inTemp("data/global")],
  ["PostgreSQL has begun", inTemp("data/postmaster.pid")],
  ["the API listens", logged("api.log", "listening")],
];

async function reach([, reached]: Moment, ended: Promise<unknown>): Promise<void> {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  while (!over && !reached(fixture)) await pause(1);
}

/** Each moment must be seen afresh. */
function forget(cache: boolean): void {
  rmSync(fixture.logDir, { recursive: true, force: true });
  if (cache) rmSync(fixture.cacheDir, { recursive: true, force: true });
}

const NEVER_READY = `
import { Server } from "node:http";
const { emit } = Server.prototype;
Server.prototype.emit = function (...given) {
  const [event, request, response] = given;
  if (event !== "request" || request.url !== "/health/ready") return emit.apply(this, given);
  response.writeHead(503).end();
  return true;
};`;

/** The real API, but for its readiness: a start with it does not come to its end before somebody ends it. */
function neverReady() {
  const preload = join(fixture.root, "never-ready.mjs");
  writeFileSync(preload, NEVER_READY);
  return apiCommands({ start: node("--import", preload, ...apiCommands().start.args) });
}

async function abortAt(moment: Moment): Promise<void> {
  const controller = new AbortController();
  const outcome = startNative(realOptions(fixture, { api: neverReady(), signal: controller.signal })).then(
    async (stack) => {
      await stack.stop();
      return "started";
    },
    (error: unknown) => error,
  );
  await reach(moment, outcome);
  controller.abort();
  expect(await outcome).toMatchObject({ code: "aborted", message: "The start of the stack was interrupted." });
  expect(leftovers(fixture)).toEqual([]);
}

test("one that is aborted before it begins begins nothing", async () => {
  await expect(startNative(realOptions(fixture, { signal: AbortSignal.abort() }))).rejects.toMatchObject({
    code: "aborted",
  });
});

async function killParentAt(moment: Moment): Promise<void> {
  const { command, args } = node(
    fileURLToPath(new URL("./testing/run-stack.ts", import.meta.url)),
    JSON.stringify(realOptions(fixture)),
  );
  const parent = spawn(command, args, { stdio: ["ignore", "ignore", "inherit"] });
  const exited = once(parent, "exit");
  await reach(moment, exited);
  parent.kill("SIGKILL");
  expect(await exited).toEqual([null, "SIGKILL"]);
  await nothingLeft(fixture);
}

describe("with a prepared database in the cache", () => {
  beforeAll(() => startNative(realOptions(fixture)).then((stack) => stack.stop()));

  test.each(starting)("a start aborted when %s leaves nothing", async (...moment) => {
    forget(false);
    await abortAt(moment);
  });

  test.each(starting.slice(1))("when its process is killed as %s, the guard ends everything", async (...moment) => {
    forget(false);
    await killParentAt(moment);
  });
});

describe("without one", () => {
  test.each(preparing)("a start aborted when %s leaves nothing", async (...moment) => {
    forget(true);
    await abortAt(moment);
  });

  test.each(preparing)("when its process is killed as %s, the guard ends everything", async (...moment) => {
    forget(true);
    await killParentAt(moment);
  });
});

test("a guard that was killed is not missed at the stop", async () => {
  const stack = await startNative(realOptions(fixture));
  const [guard = ""] = processesNaming(fixture.tempRoot).filter((line) => line.includes("guard.ts"));
  process.kill(Number.parseInt(guard, 10), "SIGKILL");
  await stack.stop();
  expect(leftovers(fixture)).toEqual([]);
});

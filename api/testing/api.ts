import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseMetrics, type Samples } from "./metrics.ts";
import { poll } from "./poll.ts";
import { type Ended, type Running, run, start } from "./process.ts";

export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed if it is JSON, else the text. */
  body: unknown;
}

/** A running `node api/main.ts` with a token of its own. */
export interface TestApi {
  token: string;
  url: string;
  internalUrl: string;
  running: Running;
  /** Sends with the token; `headers` replace ours. */
  send: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
  metrics: () => Promise<Samples>;
  internal: (path: string) => Promise<Answer>;
  /** SIGTERM, then waits for the end. */
  stop: () => Promise<Ended>;
}

async function toAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const json = response.headers.get("content-type")?.includes("json") === true && text !== "";
  return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
}

function addresses(running: Running): Promise<{ public: string; internal: string }> {
  return poll("the API to listen", async () => {
    if (running.child.exitCode !== null) throw new Error(`api ended: ${running.stdout()}${running.stderr()}`);
    const line = running
      .stdout()
      .split("\n")
      .find((text) => text.includes('"msg":"listening"'));
    return line === undefined ? undefined : JSON.parse(line);
  });
}

/** No limit is met on a busy machine, unless a test sets it: whoever waits in a test waits for what the test does next. */
const PATIENT = {
  DB_ACQUIRE_TIMEOUT_MS: "60000",
  DB_STATEMENT_TIMEOUT_MS: "60000",
  SHUTDOWN_TIMEOUT_SECONDS: "60",
};

/** Starts the API on free ports and waits until it listens, not until it is ready. */
export async function startApi(databaseUrl: string, env: Record<string, string> = {}): Promise<TestApi> {
  const directory = await mkdtemp(join(tmpdir(), "task-api-token-"));
  const token = randomBytes(32).toString("base64url");
  await writeFile(join(directory, "token"), `${token}\n`);
  const running = start("main.ts", [], {
    DATABASE_URL: databaseUrl,
    PORT: "0",
    INTERNAL_PORT: "0",
    TOKEN_FILE: join(directory, "token"),
    RATE_LIMIT_PER_MINUTE: "0",
    ...PATIENT,
    ...env,
  });
  const { public: url, internal: internalUrl } = await addresses(running);
  await rm(directory, { recursive: true });

  return {
    token,
    url,
    internalUrl,
    running,
    send: async (method, path, body, headers = {}) =>
      toAnswer(
        await fetch(url + path, {
          method,
          headers: {
            authorization: `Bearer ${token}`,
            ...(body !== undefined && { "content-type": "application/json" }),
            ...headers,
          },
          ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
        }),
      ),
    metrics: async () => parseMetrics(await (await fetch(`${internalUrl}/metrics`)).text()),
    internal: async (path) => toAnswer(await fetch(internalUrl + path)),
    stop: () => {
      running.child.kill("SIGTERM");
      return running.ended;
    },
  };
}

export function untilReady(api: TestApi): Promise<Answer> {
  return poll("the API to be ready", async () => {
    const answer = await api.internal("/health/ready");
    return answer.status === 200 ? answer : undefined;
  });
}

/** Migrates the database, starts the API on it and waits until it is ready. */
export async function startMigratedApi(databaseUrl: string, env: Record<string, string> = {}): Promise<TestApi> {
  const migrated = await run("migrate.ts", [], { DATABASE_URL: databaseUrl });
  if (migrated.code !== 0) throw new Error(`migrate failed: ${migrated.stderr}`);
  const api = await startApi(databaseUrl, env);
  await untilReady(api);
  return api;
}

import { randomBytes } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StackError } from "../lib/errors.ts";
import { postgresAccount } from "./account.ts";
import { apiReady, type StartedApi, spawnApi } from "./api.ts";
import { type Binaries, demandPlatform, findBinaries } from "./binaries.ts";
import { watchForCrash } from "./crash.ts";
import { findData, placeData } from "./database.ts";
import { type Account, aborted, type Household, OTHER_LOGS, openHousehold, type Running } from "./household.ts";
import { BINARIES_FOLDER, SOCKET_FOLDER, TOKEN_NAME } from "./layout.ts";
import { choosePorts, HOST, type Ports } from "./ports.ts";
import { DATABASE, databaseUrl, makeOwnFolder, type PostgresPlace, setPassword, startPostgres } from "./postgres.ts";
import { startPrometheus } from "./prometheus.ts";
import { type Stopwatch, startStopwatch } from "./stopwatch.ts";
import { newFolderPath, notWritable } from "./temp.ts";
import type { NativeOptions, NativeStack } from "./types.ts";

const READY_WITHIN = 30_000;
/** A free port may be taken by somebody else before its part listens; more often than this it is no accident. */
const ATTEMPTS = 5;

/**
 * Starts PostgreSQL with fresh seeded data, the API and Prometheus on 127.0.0.1, and resolves once all are ready.
 * Throws StackError, with nothing left running or on disk but the logs.
 */
export async function startNative(options: NativeOptions): Promise<NativeStack> {
  demandPlatform();
  await mkdir(options.logDir, { recursive: true }).catch((cause: unknown) => {
    throw notWritable(join(options.logDir, "api.log"), cause, OTHER_LOGS);
  });
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(options);
    } catch (error) {
      const again =
        error instanceof StackError && error.code === "port-taken" && error.log !== "" && attempt < ATTEMPTS;
      if (!again) throw error;
      options.say(`${error.message} Choosing others.`);
    }
  }
}

async function startOnce(options: NativeOptions): Promise<NativeStack> {
  if (options.signal?.aborted) throw aborted(options.signal.reason);
  const stopwatch = startStopwatch();
  const account = postgresAccount();
  const folder = newFolderPath(
    options.tempRoot ?? tmpdir(),
    options.tempRoot === undefined ? ["/tmp", "/var/tmp"] : [],
    account !== null,
  );
  // The user that PostgreSQL runs as must pass through, and no more.
  const household = openHousehold(folder, account === null ? 0o700 : 0o711);
  const abort = () => void household.close().catch(() => undefined);
  options.signal?.addEventListener("abort", abort, { once: true });
  try {
    return await bringUp(household, account, stopwatch, options);
  } catch (error) {
    await household.close().catch(() => undefined);
    // Whatever a step wrote while it was being ended.
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    throw options.signal?.aborted ? aborted(options.signal.reason) : error;
  } finally {
    options.signal?.removeEventListener("abort", abort);
  }
}

async function bringUp(
  household: Household,
  account: Account | null,
  stopwatch: Stopwatch,
  options: NativeOptions,
): Promise<NativeStack> {
  const ports = await choosePorts(options.api.replicas ?? 1, options.ports ?? {});
  const secrets = { token: randomBytes(24).toString("hex"), password: randomBytes(24).toString("hex") };
  const [prometheus, { postgres, apis, binaries }] = await together(household, [
    bringPrometheus(household, ports, stopwatch, options),
    bringApi(household, account, ports, secrets, stopwatch, options),
  ]);
  stopwatch.lap("total");

  const parts = [postgres, ...apis.map(({ running }) => running), prometheus.running];
  const replicas = apis.map(({ instance, api, internal }) => ({ instance, api, internal }));
  const [first] = replicas;
  if (first === undefined) throw new RangeError("A stack needs at least one replica of the API.");
  return {
    addresses: {
      api: first.api,
      apiInternal: first.internal,
      prometheus: `http://${HOST}:${ports.prometheus}`,
      postgres: `postgres://${HOST}:${ports.postgres}/${DATABASE}`,
    },
    replicas,
    token: secrets.token,
    tokenFile: join(household.folder, TOKEN_NAME),
    databaseUrl: databaseUrl(ports.postgres, secrets.password),
    versions: { postgres: binaries.version, prometheus: prometheus.version, node: process.versions.node },
    pids: Object.fromEntries(parts.map(({ name, pid }) => [name, pid])),
    timings: stopwatch.laps(),
    crashed: watchForCrash(household, parts, Object.values(secrets)),
    adopt: (guest) => household.adopt(guest),
    stop: () => household.close(),
  };
}

async function bringPrometheus(household: Household, ports: Ports, stopwatch: Stopwatch, options: NativeOptions) {
  const { running, ready } = await startPrometheus(household, ports, options);
  const version = await ready;
  stopwatch.lap("prometheus");
  return { running, version };
}

async function bringApi(
  household: Household,
  account: Account | null,
  ports: Ports,
  { token, password }: { token: string; password: string },
  stopwatch: Stopwatch,
  options: NativeOptions,
): Promise<{ postgres: Running; apis: StartedApi[]; binaries: Binaries }> {
  const readyWithin = options.readyWithin ?? READY_WITHIN;
  const tokenFile = join(household.folder, TOKEN_NAME);
  const [binaries] = await Promise.all([
    findBinaries(account, join(household.folder, BINARIES_FOLDER)),
    makeOwnFolder(join(household.folder, SOCKET_FOLDER), account),
    writeFile(tokenFile, token, { mode: 0o600 }),
  ]);
  const place: PostgresPlace = {
    household,
    binaries,
    account,
    port: ports.postgres,
    log: join(options.logDir, "postgres.log"),
    readyWithin,
  };
  const source = await findData(options, binaries);
  const spawn = () =>
    spawnApi({ household, ports, databaseUrl: databaseUrl(ports.postgres, password), tokenFile }, options);
  // Side by side: the API waits for its database by itself, though not for as long as a preparation takes.
  const early = source.template === null ? null : spawn();
  await placeData(place, source, options);
  stopwatch.lap("database");
  const apis = early ?? spawn();
  const [postgres] = await Promise.all([
    bringPostgres(place, password, stopwatch),
    ...apis.map((api) => apiReady(household, api, [token, password], readyWithin)),
  ]);
  stopwatch.lap("api");
  return { postgres, apis, binaries };
}

async function bringPostgres(place: PostgresPlace, password: string, stopwatch: Stopwatch): Promise<Running> {
  const running = await startPostgres(place, "serving", DATABASE);
  await setPassword(place, password);
  stopwatch.lap("postgres");
  return running;
}

/** All of them, or the first one's failure once every other has come to its end as well. */
async function together<A, B>(household: Household, works: readonly [Promise<A>, Promise<B>]): Promise<[A, B]> {
  try {
    return await Promise.all(works);
  } catch (error) {
    await household.close().catch(() => undefined);
    await Promise.allSettled(works);
    throw error;
  }
}

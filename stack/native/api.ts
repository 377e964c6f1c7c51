import { join } from "node:path";
import { apiEnvironment } from "./environment.ts";
import type { Household, Running } from "./household.ts";
import { instanceName } from "./instances.ts";
import { HOST, type Ports } from "./ports.ts";
import { httpProbe, whenReady } from "./ready.ts";
import type { ApiReplica, NativeOptions } from "./types.ts";

export interface ApiPlace {
  readonly household: Household;
  readonly ports: Ports;
  readonly databaseUrl: string;
  readonly tokenFile: string;
}

export interface StartedApi extends ApiReplica {
  readonly running: Running;
}

/** Starts every replica, side by side. */
export function spawnApi(place: ApiPlace, options: NativeOptions): StartedApi[] {
  return place.ports.api.map((ports, index) => {
    const name = index === 0 ? "api" : instanceName(index);
    const running = place.household.run({
      ...options.api.start,
      name,
      env: {
        ...apiEnvironment(),
        RATE_LIMIT_PER_MINUTE: "0",
        ...options.api.env,
        HOST,
        PORT: String(ports.public),
        INTERNAL_PORT: String(ports.internal),
        DATABASE_URL: place.databaseUrl,
        TOKEN_FILE: place.tokenFile,
      },
      log: join(options.logDir, `${name}.log`),
      signal: "SIGTERM",
      grace: 3_000,
      stage: 0,
    });
    const [api, internal] = [`http://${HOST}:${ports.public}`, `http://${HOST}:${ports.internal}`];
    return { instance: instanceName(index), api, internal, running };
  });
}

export async function apiReady(
  household: Household,
  started: StartedApi,
  secrets: readonly string[],
  within: number,
): Promise<void> {
  const probe = httpProbe(`${started.internal}/health/ready`);
  await whenReady({ household, running: started.running, within, secrets, probe });
}

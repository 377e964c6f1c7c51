import { randomBytes } from "node:crypto";
import { DockerComposeEnvironment, type StartedDockerComposeEnvironment } from "testcontainers";
import { afterAll, beforeAll, describe, inject } from "vitest";
import { must } from "../compose/must.ts";
import { OFFLINE_FILE, type Place } from "../compose/project.ts";
import { freePort } from "./free-port.ts";
import { docker, ROOT } from "./images.ts";

/** The whole Compose stack, up for one test file. */
export interface ComposeStack {
  /** Its Compose project; `API_REPLICAS` and the like stand at their defaults. */
  readonly project: string;
  /** Addresses as a user's browser has them. */
  readonly nginx: string;
  readonly prometheus: string;
  readonly alertmanager: string;
  /** The API's token, from the secrets. */
  readonly token: string;
  /** What `compose` and `must` want to know. */
  readonly place: Place;
  /** Runs `docker compose ARGS` on it; gives the output. Rejects where it fails. */
  readonly compose: (args: readonly string[]) => Promise<string>;
}

/**
 * Tests on a Compose stack of their own, brought up by testcontainers and taken down with its volumes. Where there is
 * no engine or no image they are skipped, and their names say why.
 */
export function describeOnStack(name: string, tests: (stack: () => ComposeStack) => void): void {
  const found = inject("stackImages");
  if (found.kind === "none") {
    describe.skip(`${name} (skipped: ${found.why})`, () => tests(() => neverUp()));
    return;
  }
  describe(name, () => {
    let up: { readonly stack: ComposeStack; readonly started: StartedDockerComposeEnvironment } | undefined;
    beforeAll(async () => {
      up = await bringUp(found.images);
    });
    afterAll(async () => {
      await up?.started.down({ removeVolumes: true, timeout: 0 });
    });
    tests(() => up?.stack ?? neverUp());
  });
}

function neverUp(): never {
  throw new Error("the stack is not up");
}

async function bringUp(images: Place["images"]) {
  const files = ["docker-compose.yml", ...(images === "offline" ? [OFFLINE_FILE] : [])];
  const project = `${inject("stackPrefix")}-${randomBytes(3).toString("hex")}`;
  const [nginx, grafana, prometheus, alertmanager] = await ports();
  const settings = {
    COMPOSE_PROJECT_NAME: project,
    COMPOSE_FILE: files.join(":"),
    COMPOSE_PROFILES: "",
    BIND_ADDRESS: "127.0.0.1",
    NGINX_PORT: String(nginx),
    GRAFANA_PORT: String(grafana),
    PROMETHEUS_PORT: String(prometheus),
    ALERTMANAGER_PORT: String(alertmanager),
    API_REPLICAS: "2",
    LATENCY_EDGES: "0.3,0.5",
    RATE_LIMIT_PER_MINUTE: "0",
    ALERT_WEBHOOK_URL: "http://alert-log:8080/",
  };
  // Ryuk is an image from a registry, and not needed: whoever dies here is cleaned up after (setup.ts).
  const started = await new DockerComposeEnvironment(ROOT, files)
    .withProjectName(project)
    .withEnvironment(settings)
    .withAutoCleanup(false)
    .withClientOptions({ commandOptions: ["--wait"] })
    .up();
  const place = { folder: ROOT, images, env: { ...process.env, ...settings } };
  const compose = (args: readonly string[]) => must(place, args);
  const token = await compose(["exec", "-T", "api", "cat", "/secrets/api/token"]);
  const at = (port: number) => `http://127.0.0.1:${port}`;
  const stack: ComposeStack = {
    project,
    nginx: at(nginx),
    prometheus: at(prometheus),
    alertmanager: at(alertmanager),
    token: token.trim(),
    place,
    compose,
  };
  return { stack, started };
}

async function ports(): Promise<readonly [number, number, number, number]> {
  return [await freePort(), await freePort(), await freePort(), await freePort()];
}

/** Ids of a service's containers, those that ended included; of all services without a name. */
export async function containersOf({ project }: ComposeStack, service?: string): Promise<readonly string[]> {
  const filters = [`label=com.docker.compose.project=${project}`];
  if (service !== undefined) filters.push(`label=com.docker.compose.service=${service}`);
  const ids = await docker(["ps", "--all", "--quiet", "--no-trunc", ...filters.flatMap((one) => ["--filter", one])]);
  return ids.split("\n").filter((id) => id !== "");
}

import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { addressesOf, type Container, containersOf } from "../../../stack/compose/containers.ts";
import type { Engine } from "../../../stack/compose/engine.ts";
import { logsOf } from "../../../stack/compose/logs.ts";
import type { Project } from "../../../stack/compose/project.ts";
import { up } from "../../../stack/compose/up.ts";
import { watchDeaths } from "../../../stack/compose/watch.ts";
import { causeOf } from "../../lib/fault.ts";
import { asFault } from "../../lib/stack-fault.ts";
import type { Dashboards, Generator, GeneratorStart, LoadStack, StackOrder } from "../load-stack.ts";
import type { RunFolder } from "../run-folder.ts";
import { demandAddresses, demandAnswers, demandNoOtherLoad } from "./demands.ts";
import { generatorCpu } from "./generator-cpu.ts";
import { grafanaOf } from "./grafana.ts";
import { generate } from "./k6.ts";
import { type Found, foundAs, leave } from "./leave.ts";
import { type Awaited, scraped } from "./scraped.ts";
import { seed } from "./seed.ts";

/** Seconds until every service must be healthy. */
const HEALTHY_WITHIN = 180;
/** Milliseconds until the load balancer must know the replicas. */
const ANSWERS_WITHIN = 30_000;
/** Milliseconds until Prometheus must have scraped what was just started. */
const SCRAPED_WITHIN = 60_000;
/** Milliseconds between two lines about the start. */
const QUIET = 10_000;
/** A verdict rests on these; whatever else ends takes no evidence with it. */
const JUDGED = new Set(["api", "nginx", "postgres", "prometheus", "cadvisor"]);
/** The load balancer's own count of what it answered. */
const BALANCER = 'nginx_request_duration_seconds_count{job="balancer"}';
const LOGGED = ["api", "nginx", "postgres", "prometheus"] as const;

interface Standing {
  /** Under the load's settings, and as the user has it. */
  readonly judged: Project;
  readonly own: Project;
  readonly engine: Engine;
  readonly found: Found;
  readonly containers: readonly Container[];
  readonly addresses: LoadStack["addresses"];
  readonly dashboards: Dashboards | null;
  readonly order: StackOrder;
}

/** The project under the load's settings, up, scraped and filled. Throws a Fault; it is then as it was found. */
export async function bringUpCompose(own: Project, engine: Engine, order: StackOrder): Promise<LoadStack> {
  const began = performance.now();
  try {
    const before = await containersOf(own, order.signal);
    demandNoOtherLoad(before);
    const found = foundAs(before);
    const standing = await bringUp(own, engine, found, order);
    return loadStack(standing, (performance.now() - began) / 1000);
  } catch (error) {
    throw asFault(error);
  }
}

async function bringUp(own: Project, engine: Engine, found: Found, order: StackOrder): Promise<Standing> {
  const { edges, signal, say } = order;
  const judged = { ...own, env: { ...own.env, LATENCY_EDGES: edges.join(","), RATE_LIMIT_PER_MINUTE: "0" } };
  try {
    await up(judged, { within: HEALTHY_WITHIN, signal, onProgress: patiently(say) });
    const containers = await containersOf(own, signal);
    const addresses = demandAddresses(addressesOf(containers));
    await demandAnswers(addresses.api, ANSWERS_WITHIN, signal);
    await scraped(addresses.prometheus, awaited(containers), SCRAPED_WITHIN, signal);
    const [dashboards] = await Promise.all([
      grafanaOf(own, addresses.grafana),
      seed(judged, addresses.prometheus, say, signal),
    ]);
    return { judged, own, engine, found, containers, addresses, dashboards, order };
  } catch (error) {
    await leave(own, found);
    throw error;
  }
}

function loadStack(standing: Standing, seconds: number): LoadStack {
  const { judged, own, engine, found, containers, addresses, dashboards, order } = standing;
  const since = new Date();
  const watch = watchDeaths(judged, JUDGED);
  const running = containers.filter(({ State }) => State === "running");
  let ending: Promise<void> | undefined;
  const release = async () => {
    watch.stop();
    await keepLogs(judged, order.folder, since);
  };
  const stop = async () => {
    await release();
    await leave(own, found).catch((error: unknown) => order.say(`not left as it was found: ${causeOf(error)}`));
  };
  const wasUp = found === "running" ? "; it was up before and stays up" : "";
  return {
    addresses,
    versions: { docker: engine.engine, compose: engine.compose, ...imagesOf(judged) },
    headline: `${running.length} containers of ${own.name} ready in ${seconds.toFixed(1)} s${wasUp}`,
    targets: [],
    frontCounter: BALANCER,
    whereabouts: { addresses, project: own.name, containers: running.map(({ Name }) => Name) },
    tokenPlace: `its volume: docker compose -p ${own.name} exec api cat /secrets/api/token`,
    dashboards,
    crashed: watch.crashed,
    generate: (start) => generateOn(standing, start),
    leaveUp: () => {
      ending ??= release();
      return ending;
    },
    stop: () => {
      ending ??= stop();
      return ending;
    },
  };
}

async function generateOn({ judged, addresses }: Standing, start: GeneratorStart): Promise<Generator> {
  const from = Date.now() / 1000;
  const cores = Math.min(judged.config.services.k6?.cpus ?? Number.POSITIVE_INFINITY, availableParallelism());
  return {
    ...(await generate(judged, start)),
    cpuShare: () => generatorCpu(addresses.prometheus, judged.name, from, cores),
  };
}

async function keepLogs(project: Project, folder: RunFolder, since: Date): Promise<void> {
  await Promise.all(
    LOGGED.map(async (service) => {
      const text = await logsOf(project, service, since);
      if (text !== "") await writeFile(folder.file(`${service}.log`), text).catch(() => undefined);
    }),
  );
}

function awaited(containers: readonly Container[]): Awaited {
  const api = containers.filter(({ Service, State }) => Service === "api" && State === "running").length;
  return { api, balancer: 1, cadvisor: 1 };
}

function imagesOf({ config }: Project): Record<string, string> {
  return Object.fromEntries(LOGGED.map((service) => [service, config.services[service]?.image ?? "?"]));
}

/** The first word at once, later ones now and then. */
function patiently(say: (line: string) => void): (text: string) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (text) => {
    if (performance.now() - last < QUIET) return;
    last = performance.now();
    say(text);
  };
}

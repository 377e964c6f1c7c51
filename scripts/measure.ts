import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import getPort from "get-port";
import { z } from "zod";
import { addressesOf, containersOf, isWell } from "../stack/compose/containers.ts";
import { down } from "../stack/compose/down.ts";
import { findEngine } from "../stack/compose/engine.ts";
import { demandImages, findImages } from "../stack/compose/images.ts";
import { type Project, readProject } from "../stack/compose/project.ts";
import { up } from "../stack/compose/up.ts";
import { runCommand } from "./lib/command.ts";
import { Fault } from "./lib/fault.ts";
import { catchInterrupts } from "./lib/interrupts.ts";
import { inProject } from "./lib/paths.ts";
import { failureOf, runProgram } from "./lib/program.ts";
import { type Board, createBoard, type Line } from "./lib/progress.ts";
import { screenOf } from "./lib/screen.ts";
import { asFault } from "./lib/stack-fault.ts";
import { costsOf, costTable } from "./stack/costs.ts";

const USAGE = `npm run stack:measure
  brings a stack of its own up from nothing, lets it rest for a minute, puts the average load on it, and prints what each
  service takes, as a Markdown table. Three minutes; nothing stays.`;
const NAME = "proving-ground-measure";
const HEALTHY_WITHIN = 300;
/** Seconds. */
const REST = 60;

/** Ports that nobody has, so that a stack that is up already is not disturbed. */
async function ownPlace() {
  const names = ["NGINX_PORT", "GRAFANA_PORT", "PROMETHEUS_PORT", "ALERTMANAGER_PORT"];
  const ports = await Promise.all(names.map(async (name) => [name, String(await getPort())]));
  return {
    folder: inProject("."),
    env: { ...process.env, ...Object.fromEntries(ports), COMPOSE_PROJECT_NAME: NAME },
  };
}

/** Brings the stack up. @returns by service, seconds until the last of its containers was well */
async function startUp(project: Project, line: Line, signal: AbortSignal): Promise<Map<string, number>> {
  const began = performance.now();
  const healthy = new Map<string, number>();
  const starting = up(project, { within: HEALTHY_WITHIN, signal, onProgress: (text) => line.update(text) });
  const look = async () => {
    const containers = await containersOf(project, signal);
    const seconds = (performance.now() - began) / 1000;
    for (const service of new Set(containers.map((one) => one.Service))) {
      const own = containers.filter((one) => one.Service === service);
      const done = own.every((one) => isWell(one) || (one.State === "exited" && one.ExitCode === 0));
      if (done && !healthy.has(service)) healthy.set(service, seconds);
    }
  };
  let over = false;
  const watching = (async () => {
    while (!over) {
      await look();
      await sleep(200);
    }
  })();
  try {
    await starting;
  } finally {
    over = true;
    await watching.catch(() => undefined);
  }
  await look();
  return healthy;
}

const run = z.object({ phases: z.array(z.object({ name: z.string(), from: z.number(), to: z.number() })) });

/** The average load on the stack that is up. @returns its steady phase, unix seconds */
async function underLoad(project: Project, signal: AbortSignal): Promise<{ from: number; to: number }> {
  const results = await mkdtemp(join(tmpdir(), "measure-"));
  try {
    const args = ["scripts/load.ts", "--stack", "compose", "--anyway", "--results", results];
    const ending = await runProgram(process.execPath, args, { cwd: project.folder, env: project.env, signal });
    const text = await readFile(join(results, "latest", "run.json"), "utf8").catch(() => null);
    if (text === null) throw new Fault("measure", failureOf("npm run load", ending) ?? "no run", "See: npm run load");
    const steady = run.parse(JSON.parse(text)).phases.find(({ name }) => name === "steady");
    if (steady === undefined) throw new Fault("measure", "the load had no phase steady", "See: npm run load");
    return steady;
  } finally {
    await rm(results, { recursive: true, force: true });
  }
}

async function measure(board: Board, signal: AbortSignal): Promise<string> {
  await findEngine(process.env, signal);
  const place = await ownPlace();
  const { project: used } = demandImages(await findImages(place, signal));
  const registry = await readProject({ ...place, images: "registry" }, signal);
  const line = board.line("measure", "starting");
  try {
    await down(used, { volumes: true });
    const healthy = await startUp(used, line, signal);
    const { prometheus } = addressesOf(await containersOf(used, signal));
    if (prometheus === undefined) throw new Fault("measure", "Prometheus publishes no port", "See docs/stack.md");
    line.update(`${REST} s of rest`);
    await sleep(REST * 1000, undefined, { signal });
    const rest = await costsOf(prometheus, NAME, Date.now() / 1000, REST / 2);
    line.update("the average load");
    const steady = await underLoad(used, signal);
    const load = await costsOf(prometheus, NAME, steady.to, Math.floor(steady.to - steady.from));
    line.done("measured");
    return costTable({ registry, used, healthy, rest, load });
  } finally {
    await down(used, { volumes: true });
  }
}

async function main(): Promise<number> {
  const board = createBoard(screenOf(process.stderr, process.env));
  const { first: signal } = catchInterrupts();
  try {
    process.stdout.write(await measure(board, signal));
    return 0;
  } catch (error) {
    throw asFault(error);
  } finally {
    board.close();
  }
}

await runCommand(USAGE, main);

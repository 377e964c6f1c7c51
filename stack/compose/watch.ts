import { type ChildProcess, spawn } from "node:child_process";
import * as z from "zod";
import type { Crash } from "../lib/crash.ts";
import { lineReader } from "./docker.ts";
import { composeArgs, type Project } from "./project.ts";

const event = z.object({
  action: z.string(),
  service: z.string(),
  time: z.string(),
  attributes: z.object({ exitCode: z.string().optional(), name: z.string().optional() }).optional(),
});

/** A container's end as Docker tells it. */
export interface Death {
  readonly service: string;
  readonly container: string;
  readonly code: number | null;
  /** Unix seconds. */
  readonly at: number;
}

/** The deaths among Docker's events; null for any other line. */
export function deathOf(line: string): Death | null {
  try {
    const { action, service, time, attributes } = event.parse(JSON.parse(line));
    if (action !== "die") return null;
    const code = attributes?.exitCode === undefined ? null : Number(attributes.exitCode);
    return { service, container: attributes?.name ?? service, code, at: Date.parse(time) / 1000 };
  } catch {
    return null;
  }
}

export interface Watch {
  /** The first death of a service that matters; never rejects. That Docker tells no more counts as one: fail closed. */
  readonly crashed: Promise<Crash>;
  stop(): void;
}

/** Listens to Docker's events of the project from now on. `matters`: the services whose end is a crash. */
export function watchDeaths(
  project: Project,
  matters: ReadonlySet<string>,
  onOther: (death: Death) => void = () => undefined,
): Watch {
  const args = composeArgs(project, ["events", "--json"]);
  const child = spawn("docker", args, {
    cwd: project.folder,
    env: project.env,
    stdio: ["ignore", "pipe", "ignore"],
    detached: true,
  });
  let stopped = false;
  const stop = () => {
    stopped = true;
    endGroup(child);
  };
  const crashed = new Promise<Crash>((resolve) => {
    const take = lineReader((line) => {
      const death = deathOf(line);
      if (death === null || stopped) return;
      if (matters.has(death.service)) resolve(crashOf(project, death));
      else onOther(death);
    });
    child.stdout.setEncoding("utf8").on("data", take);
    const gone = () => {
      if (stopped) return;
      resolve({ part: "docker", code: null, signal: null, at: Date.now() / 1000, lastLog: "" });
    };
    child.once("error", gone);
    child.once("exit", gone);
  });
  process.once("exit", stop);
  return {
    crashed,
    stop: () => {
      process.off("exit", stop);
      stop();
    },
  };
}

/** Told at once, without its last words: a load that ends meanwhile would not hear of it. Each log is kept in whole. */
function crashOf(project: Project, { service, container, code, at }: Death): Crash {
  return {
    part: partName(project, container, service),
    code,
    signal: signalOf(code),
    at,
    lastLog: "",
  };
}

/** `api-2` of `proving-ground-api-2`; a service of one container goes by its own name. */
function partName(project: Project, container: string, service: string): string {
  const short = container.startsWith(`${project.name}-`) ? container.slice(project.name.length + 1) : container;
  return short === `${service}-1` ? service : short;
}

/** A process that a signal ended has 128 and the signal's number for its exit code. */
export function signalOf(code: number | null): NodeJS.Signals | null {
  switch (code) {
    case 137:
      return "SIGKILL";
    case 143:
      return "SIGTERM";
    case 139:
      return "SIGSEGV";
    case 134:
      return "SIGABRT";
    default:
      return null;
  }
}

function endGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
  } catch {
    // It ended by itself in between.
  }
}

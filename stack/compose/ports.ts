import { createServer } from "node:net";
import * as z from "zod";
import { StackError } from "../lib/errors.ts";
import { portOwner } from "../lib/port-owner.ts";
import { containersOf } from "./containers.ts";
import { docker } from "./docker.ts";
import type { Config, Project } from "./project.ts";

/** A port of this machine that a service publishes. */
export interface Published {
  readonly service: string;
  readonly host: string;
  readonly port: number;
}

/** Ports that the project's services publish; by service. */
export function publishedPorts({ services }: Config): Published[] {
  return Object.entries(services).flatMap(([service, { ports }]) =>
    (ports ?? []).flatMap(({ host_ip, published }) =>
      published === undefined ? [] : [{ service, host: host_ip ?? "0.0.0.0", port: published }],
    ),
  );
}

/** Throws StackError `port-taken` that names whoever has a port that no container of this project holds. */
export async function demandFreePorts(project: Project, signal?: AbortSignal): Promise<void> {
  const running = new Set((await containersOf(project, signal)).filter(isUp).map(({ Service }) => Service));
  for (const wanted of publishedPorts(project.config)) {
    if (running.has(wanted.service)) continue;
    const error = await tryToListen(wanted);
    if (error !== null) throw taken(wanted, error.code ?? error.message, await ownerOf(wanted.port, project.env));
  }
}

function isUp({ State }: { readonly State: string }): boolean {
  return State === "running" || State === "restarting" || State === "paused";
}

/** The variable that moves a service's port: `NGINX_PORT`. */
function portVariable(service: string): string {
  return `${service.toUpperCase().replaceAll("-", "_")}_PORT`;
}

function taken({ service, host, port }: Published, code: string, owner: string | null): StackError {
  const why = code === "EADDRINUSE" ? `is taken${owner === null ? "" : ` by ${owner}`}` : `cannot be used (${code})`;
  const variable = portVariable(service);
  const hint = `End what has it, or choose another port: ${variable}=${port + 10_000} in .env or in the environment.`;
  return new StackError("port-taken", `Port ${port} of ${host}, wanted for ${service}, ${why}.`, hint);
}

const holder = z.object({ Names: z.string(), Ports: z.string() });

/** Docker's own proxy holds what containers publish: then the container is the one to name. */
async function ownerOf(port: number, env: NodeJS.ProcessEnv): Promise<string | null> {
  const { stdout } = await docker(["ps", "--format", "json"], { env, within: 5_000 });
  const lines = stdout.split("\n").filter((line) => line !== "");
  const held = lines
    .map((line) => holder.safeParse(JSON.parse(line)))
    .find(({ data }) => data?.Ports.includes(`:${port}->`) === true);
  if (held?.data !== undefined) return `the container ${held.data.Names}`;
  const owner = portOwner(port);
  return owner === null ? null : `${owner.name} (pid ${owner.pid})`;
}

function tryToListen({ host, port }: Published): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", resolve);
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

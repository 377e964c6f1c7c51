import { createServer } from "node:net";
import getPort from "get-port";
import { StackError } from "../lib/errors.ts";
import { portOwner } from "../lib/port-owner.ts";
import type { NativeOptions } from "./types.ts";

export const HOST = "127.0.0.1";

export interface Ports {
  readonly postgres: number;
  readonly prometheus: number;
  readonly api: readonly { readonly public: number; readonly internal: number }[];
}

type Wanted = NonNullable<NativeOptions["ports"]>;

/** The ports asked for, and free ones for the rest. Throws StackError `port-taken` naming the port and who has it. */
export async function choosePorts(replicas: number, wanted: Wanted): Promise<Ports> {
  for (const [part, port] of Object.entries(wanted)) await demandFree(part, port);
  const free = async (fixed: number | undefined) =>
    fixed ?? (await getPort({ host: HOST, exclude: Object.values(wanted) }));
  const postgres = await free(wanted.postgres);
  const prometheus = await free(wanted.prometheus);
  const api: { public: number; internal: number }[] = [];
  for (let index = 0; index < replicas; index += 1) {
    const fixed = index === 0 ? wanted : {};
    api.push({ public: await free(fixed.api), internal: await free(fixed.apiInternal) });
  }
  return { postgres, prometheus, api };
}

async function demandFree(part: string, port: number): Promise<void> {
  const error = await tryToListen(port);
  if (error === null) return;
  throw new StackError(
    "port-taken",
    `Port ${port} of ${HOST}, wanted for ${part}, ${whyNot(port, error)}.`,
    "End what has it, or choose another port.",
    {
      cause: error,
    },
  );
}

function whyNot(port: number, error: NodeJS.ErrnoException): string {
  if (error.code !== "EADDRINUSE") return `cannot be used (${error.code ?? error.message})`;
  const owner = portOwner(port);
  return owner === null ? "is taken" : `is taken by ${owner.name} (pid ${owner.pid})`;
}

function tryToListen(port: number): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", resolve);
    server.listen({ port, host: HOST, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

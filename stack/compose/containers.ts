import * as z from "zod";
import { docker } from "./docker.ts";
import { compose, type Project } from "./project.ts";

const publisher = z.object({ URL: z.string(), TargetPort: z.number(), PublishedPort: z.number() });

const container = z.object({
  ID: z.string(),
  Name: z.string(),
  Service: z.string(),
  /** created, running, paused, restarting, removing, exited, dead */
  State: z.string(),
  /** healthy, unhealthy, starting; empty without a health check. */
  Health: z.string(),
  ExitCode: z.number(),
  Publishers: z.array(publisher).nullish(),
});

/** One line of `docker compose ps --format json`. */
export type Container = z.infer<typeof container>;

/** Every container of the project, ended ones too; by name. */
export async function containersOf(project: Project, signal?: AbortSignal): Promise<Container[]> {
  const args = ["--profile", "*", "ps", "--all", "--no-trunc", "--format", "json"];
  const { stdout } = await compose(project, args, { within: 20_000, ...(signal === undefined ? {} : { signal }) });
  return parseContainers(stdout);
}

/** Of NDJSON, or of the one array that older versions write; by name. */
export function parseContainers(text: string): Container[] {
  const trimmed = text.trim();
  if (trimmed === "") return [];
  const values: unknown[] = trimmed.startsWith("[")
    ? z.array(z.unknown()).parse(JSON.parse(trimmed))
    : trimmed.split("\n").map((line): unknown => JSON.parse(line));
  return values
    .map((value) => container.parse(value))
    .sort((one, other) => one.Name.localeCompare(other.Name, "en", { numeric: true }));
}

/** Running, and healthy where it has a health check. */
export function isWell({ State, Health }: Container): boolean {
  return State === "running" && (Health === "" || Health === "healthy");
}

/** `http://127.0.0.1:8088` by service, of those that publish a port. */
export function addressesOf(containers: readonly Container[]): Record<string, string> {
  return Object.fromEntries(
    containers.flatMap(({ Service, Publishers }) => {
      const published = (Publishers ?? []).find(({ PublishedPort }) => PublishedPort > 0);
      return published === undefined ? [] : [[Service, `http://${hostOf(published.URL)}:${published.PublishedPort}`]];
    }),
  );
}

/** An address that listens everywhere is reached at this machine's own. */
function hostOf(listening: string): string {
  if (listening === "" || listening === "0.0.0.0" || listening === "::") return "127.0.0.1";
  return listening.includes(":") ? `[${listening}]` : listening;
}

const usage = z.object({ Name: z.string(), MemUsage: z.string() });

/** Memory as Docker tells it, `52.6MiB / 512MiB`, by container. */
export async function memoryOf(containers: readonly Container[], env: NodeJS.ProcessEnv): Promise<Map<string, string>> {
  const running = containers.filter(({ State }) => State === "running").map(({ ID }) => ID);
  if (running.length === 0) return new Map();
  const { stdout } = await docker(["stats", "--no-stream", "--format", "json", ...running], { env, within: 20_000 });
  const lines = stdout.trim().split("\n");
  return new Map(
    lines.flatMap((line) => {
      const read = line === "" ? null : usage.safeParse(JSON.parse(line));
      return read?.success ? [[read.data.Name, read.data.MemUsage] as const] : [];
    }),
  );
}

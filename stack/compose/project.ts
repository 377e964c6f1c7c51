import { existsSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { StackError } from "../lib/errors.ts";
import { type DockerEnd, type DockerOptions, docker } from "./docker.ts";

/** Where `docker-compose.yml` lies, what goes over it, and the environment that fills its variables. */
export interface Place {
  readonly folder: string;
  /** Which files Compose reads: its own choice, or docker-compose.yml under the offline override. */
  readonly images: "registry" | "offline";
  readonly env: NodeJS.ProcessEnv;
}

/** Over docker-compose.yml: images from Debian's packages, where no registry can be reached. */
export const OFFLINE_FILE = "stack/offline/compose.yaml";

const port = z.object({
  host_ip: z.string().optional(),
  published: z.coerce.number().optional(),
  target: z.number(),
});

const service = z.object({
  image: z.string().optional(),
  build: z.object({ args: z.record(z.string(), z.string().nullable()).optional() }).optional(),
  profiles: z.array(z.string()).optional(),
  restart: z.string().optional(),
  ports: z.array(port).optional(),
  cpus: z.coerce.number().optional(),
  environment: z.record(z.string(), z.string().nullable()).optional(),
});

const config = z.object({ name: z.string(), services: z.record(z.string(), service) });

/** What is read of `docker compose config --format json`: names, images, published ports, limits. */
export type Config = z.infer<typeof config>;

/** A project as Compose itself reads it. */
export interface Project extends Place {
  readonly name: string;
  readonly config: Config;
}

/** Profile of what is only there for a load: k6. */
export const LOAD_PROFILE = "load";

/** Throws StackError `project` with Compose's own words: a file or a variable (`.env`) that is wrong. */
export async function readProject(place: Place, signal?: AbortSignal): Promise<Project> {
  const args = ["--profile", LOAD_PROFILE, "config", "--format", "json"];
  const end = await compose(place, args, { within: 20_000, ...(signal === undefined ? {} : { signal }) });
  const read = end.code === 0 ? config.safeParse(JSON.parse(end.stdout)) : null;
  if (read?.success) return { ...place, name: read.data.name, config: read.data };
  throw unreadable(read === null ? end.stderr : read.error.message);
}

/** Runs `docker compose ARGS` of this project to its end, whatever its exit code. Throws as `docker` does. */
export function compose(place: Place, args: readonly string[], options: DockerOptions = {}): Promise<DockerEnd> {
  return docker(composeArgs(place, args), { ...options, cwd: place.folder, env: buildEnv(options.env ?? place.env) });
}

/**
 * The environment for commands that may build: Node's own extra authority is the image's as well, for as long as it is
 * built, and Compose reads it without asking though it lies outside the project.
 */
export function buildEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { EXTRA_CA, NODE_EXTRA_CA_CERTS: known } = env;
  const authority = EXTRA_CA ?? (known !== undefined && existsSync(known) ? known : undefined);
  return { ...env, BUILDX_BAKE_ENTITLEMENTS_FS: "0", ...(authority === undefined ? {} : { EXTRA_CA: authority }) };
}

/** Arguments of `docker`; to be run in the project's folder. */
export function composeArgs({ folder, images }: Place, args: readonly string[]): string[] {
  // Without -f Compose reads an override and COMPOSE_FILE as well, which are the user's to have.
  const files = images === "registry" ? [] : ["docker-compose.yml", OFFLINE_FILE];
  return ["compose", "--progress", "plain", ...files.flatMap((file) => ["-f", join(folder, file)]), ...args];
}

function unreadable(stderr: string): StackError {
  const said = stderr
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/level=warning/.test(line));
  const text = `Docker Compose cannot read the project: ${said.join(" ")}`;
  return new StackError("project", text, "Check the variables in .env and in your environment; see docs/stack.md.");
}

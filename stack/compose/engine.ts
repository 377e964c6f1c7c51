import * as z from "zod";
import { StackError } from "../lib/errors.ts";
import { docker } from "./docker.ts";

/** What brings containers up. */
export interface Engine {
  /** Versions such as `28.5.2`, `2.40.3`. */
  readonly engine: string;
  readonly compose: string;
}

/** Compose from here on knows all that docker-compose.yml says: `start_interval`, `up --wait` for one-shot services. */
export const LEAST_COMPOSE = [2, 24] as const;

/** Milliseconds: an engine that does not say its version by then serves nobody, however busy the machine. */
const WITHIN = 15_000;

const engineSays = z.object({ Server: z.object({ Version: z.string() }).nullish() });
const composeSays = z.object({ version: z.string() });

/**
 * The engine and Compose that `docker` leads to. Throws StackError `engine-missing`, `engine-down` or
 * `engine-too-old`, each with what to do.
 */
export async function findEngine(env: NodeJS.ProcessEnv = process.env, signal?: AbortSignal): Promise<Engine> {
  const options = { env, within: WITHIN, ...(signal === undefined ? {} : { signal }) };
  const [server, plugin] = await Promise.all([
    docker(["version", "--format", "json"], options),
    docker(["compose", "version", "--format", "json"], options),
  ]);
  const engine = parsed(engineSays, server.stdout)?.Server?.Version;
  if (engine === undefined) throw engineDown(server.stderr);
  const compose = parsed(composeSays, plugin.stdout)?.version;
  if (plugin.code !== 0 || compose === undefined) throw composeMissing();
  if (!newEnough(compose)) throw composeTooOld(compose);
  return { engine: plain(engine), compose: plain(compose) };
}

export function newEnough(version: string): boolean {
  const [major = 0, minor = 0] = plain(version).split(".").map(Number);
  return major > LEAST_COMPOSE[0] || (major === LEAST_COMPOSE[0] && minor >= LEAST_COMPOSE[1]);
}

/** `2.40.3` of `v2.40.3-desktop.1`. */
function plain(version: string): string {
  return /\d+(?:\.\d+)*/.exec(version)?.[0] ?? version;
}

function engineDown(stderr: string): StackError {
  const why = stderr.trim().split("\n").at(-1) ?? "";
  if (/permission denied/i.test(why)) {
    const hint = "Add yourself to the group docker and log in again. A load does without it: --stack native.";
    return new StackError("engine-down", "The Docker engine is up, but this user may not talk to it.", hint);
  }
  const hint = "Start Docker (Docker Desktop, or: systemctl start docker). A load does without it: --stack native.";
  return new StackError("engine-down", `The Docker engine does not answer${why === "" ? "." : `: ${why}`}`, hint);
}

function composeMissing(): StackError {
  const text = "The Docker engine is up, but docker has no plugin compose.";
  return new StackError("engine-missing", text, `Install Compose ${LEAST_COMPOSE.join(".")} or newer.`);
}

function composeTooOld(version: string): StackError {
  const text = `Docker Compose ${version} is too old.`;
  return new StackError("engine-too-old", text, `Install Compose ${LEAST_COMPOSE.join(".")} or newer.`);
}

function parsed<Shape>(shape: z.ZodType<Shape>, text: string): Shape | null {
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

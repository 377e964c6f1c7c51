import { StackError } from "../lib/errors.ts";
import { containersOf, isWell } from "./containers.ts";
import type { DockerEnd } from "./docker.ts";
import { lastLogs } from "./logs.ts";
import { demandFreePorts } from "./ports.ts";
import { compose, type Project } from "./project.ts";

export interface UpOptions {
  /** Seconds until every service must be healthy. */
  readonly within: number;
  /** Services to bring up with what they depend on; all if absent. */
  readonly services?: readonly string[];
  readonly signal?: AbortSignal;
  /** What is going on, each time it changes: `building`, `9 of 13 up; waiting for grafana`. */
  readonly onProgress: (text: string) => void;
}

/**
 * Builds what is ours, starts everything and resolves once it is healthy. What fails half-way is left as it is, for
 * `down` or a look. Throws StackError `port-taken`, `image-missing`, `exited-early`, `not-ready`, `project`,
 * `cannot-start`, `aborted`, with the last lines of the log of what failed.
 */
export async function up(project: Project, options: UpOptions): Promise<void> {
  const { within, services = [], signal, onProgress } = options;
  await demandFreePorts(project, signal);
  const progress = watchProgress(onProgress);
  onProgress("building the API's image");
  const args = ["up", "--detach", "--build", "--wait", "--wait-timeout", String(within), ...services];
  const env = buildEnvironment(project.env);
  const end = await compose(project, args, { env, ...(signal === undefined ? {} : { signal }), onLine: progress });
  if (end.code !== 0) throw await explain(project, end);
}

/** An authority of the user's own is the build's as well; a file from outside the project is nothing to ask about. */
function buildEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, EXTRA_CA: env.EXTRA_CA ?? env.NODE_EXTRA_CA_CERTS, BUILDX_BAKE_ENTITLEMENTS_FS: "0" };
}

const MOVES = /^\s*Container (\S+)\s+(Creat|Recreat|Start|Restart|Wait|Healthy|Started|Running|Exited)/;
const PULLS = /^\s*(\S+) (Pulling|Pulled)\s*$/;

/** Reads Compose's plain progress, line by line. */
export function watchProgress(tell: (text: string) => void): (line: string) => void {
  const states = new Map<string, "begun" | "well">();
  const pulls = new Map<string, "begun" | "well">();
  let last = "";
  return (line) => {
    const [, container, move] = MOVES.exec(line) ?? [];
    const [, image, pull] = PULLS.exec(line) ?? [];
    if (image !== undefined) pulls.set(image, pull === "Pulled" ? "well" : "begun");
    else if (container !== undefined) {
      const well = move === "Healthy" || move === "Exited" || move === "Running";
      states.set(container, well ? "well" : "begun");
    } else return;
    const text =
      states.size > 0 ? counted(states, "healthy", "waiting for") : counted(pulls, "images pulled", "pulling for");
    if (text !== last) tell(text);
    last = text;
  };
}

function counted(states: ReadonlyMap<string, "begun" | "well">, done: string, open: string): string {
  const waiting = [...states].filter(([, state]) => state === "begun").map(([name]) => name);
  const count = `${states.size - waiting.length} of ${states.size} ${done}`;
  if (waiting.length === 0) return count;
  const rest = waiting.length > 3 ? ` and ${waiting.length - 3} more` : "";
  return `${count}; ${open} ${waiting.slice(0, 3).join(", ")}${rest}`;
}

type Cause =
  | { readonly kind: "unhealthy" | "exited"; readonly container: string; readonly code: number | null }
  | { readonly kind: "port" | "image" | "late" | "build" | "other"; readonly text: string };

const EXITED = [
  /service "([^"]+)" didn't complete successfully: exit (\d+)/,
  /container "?([^\s"]+)"? exited \((\d+)\)/,
] as const;

/** Why `docker compose up` failed, from the last thing that it said. */
export function causeOfFailure(stderr: string): Cause {
  const lines = stderr
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const text = lines.at(-1) ?? "";
  const unhealthy = lines.map((line) => /container (\S+) is unhealthy/.exec(line)?.[1]).find((name) => name);
  if (unhealthy !== undefined) return { kind: "unhealthy", container: unhealthy, code: null };
  for (const line of lines) {
    const [, container, code] = EXITED.map((form) => form.exec(line)).find((match) => match !== null) ?? [];
    if (container !== undefined) return { kind: "exited", container, code: Number(code) };
  }
  if (/port is already allocated|address already in use|failed to bind host port/i.test(text))
    return { kind: "port", text };
  if (/no such image|pull access denied|manifest unknown|not found: manifest|failed to resolve|registry/i.test(text))
    return { kind: "image", text };
  if (/timeout|deadline exceeded/i.test(text)) return { kind: "late", text };
  if (/failed to solve|failed to build/i.test(text)) return { kind: "build", text };
  return { kind: "other", text };
}

async function explain(project: Project, end: DockerEnd): Promise<StackError> {
  const cause = causeOfFailure(end.stderr);
  switch (cause.kind) {
    case "unhealthy":
    case "exited":
      return await partFailed(project, cause.container, cause.code);
    case "port":
      return new StackError("port-taken", `A port is taken: ${cause.text}`, "End what has it, or set another in .env.");
    case "image": {
      const hint = "Check the network, or make the images from packages: npm run stack:offline";
      return new StackError("image-missing", `An image cannot be had: ${cause.text}`, hint);
    }
    case "late":
      return await notReady(project, cause.text);
    case "build": {
      const log = end.stderr.trimEnd().split("\n").slice(-20).join("\n");
      return new StackError("cannot-start", "The API's image could not be built.", "See the lines above.", { log });
    }
    case "other":
      return new StackError("cannot-start", `Docker could not start the stack: ${cause.text}`, "Mend it, start again.");
    default:
      return cause satisfies never;
  }
}

async function partFailed(project: Project, name: string, code: number | null): Promise<StackError> {
  const found = (await containersOf(project)).find(({ Name, Service }) => Name === name || Service === name);
  const service = found?.Service ?? name;
  const log = await lastLogs(project, service);
  const exit = code ?? (found?.State === "exited" ? found.ExitCode : null);
  if (exit !== null) {
    const hint = `Whole log: docker compose -p ${project.name} logs ${service}`;
    return new StackError("exited-early", `${service} ended with exit code ${exit}.`, hint, { log });
  }
  const hint = `Whole log: docker compose -p ${project.name} logs ${service}`;
  return new StackError("not-ready", `${service} runs, but its health check fails.`, hint, { log });
}

async function notReady(project: Project, text: string): Promise<StackError> {
  const open = (await containersOf(project)).filter(
    (one) => !isWell(one) && !(one.State === "exited" && one.ExitCode === 0),
  );
  const [first] = open;
  const names = open.map(({ Service, State, Health }) => `${Service} (${Health === "" ? State : Health})`).join(", ");
  const log = first === undefined ? "" : await lastLogs(project, first.Service);
  return new StackError("not-ready", `Not healthy in time: ${names === "" ? text : names}.`, "Is the machine busy?", {
    log,
  });
}

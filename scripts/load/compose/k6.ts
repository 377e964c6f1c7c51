import { spawn } from "node:child_process";
import { chmod, mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { docker } from "../../../stack/compose/docker.ts";
import { runOneOff } from "../../../stack/compose/one-off.ts";
import { composeArgs, type Project } from "../../../stack/compose/project.ts";
import { signalOf } from "../../../stack/compose/watch.ts";
import { causeOf, Fault } from "../../lib/fault.ts";
import { inProject } from "../../lib/paths.ts";
import { asFault } from "../../lib/stack-fault.ts";
import { inspectFault, type K6End, profileEnvironment } from "../k6.ts";
import type { Generator, GeneratorStart } from "../load-stack.ts";
import type { LoadRequest } from "../request.ts";
import { type ScriptPlace, scriptPlace } from "./script-place.ts";

/** Seconds: two scrapes of the API's (every second) and one of cAdvisor's fit behind the drain. */
export const LEAST_PAUSE = 5;
/** Milliseconds. */
const INSPECT_WITHIN = 60_000;

function variables(request: LoadRequest): string[] {
  const all = { ...profileEnvironment(request), LOAD_PAUSE: String(LEAST_PAUSE) };
  return Object.entries(all).flatMap(([name, value]) => ["-e", `${name}=${value}`]);
}

function mounts({ mount }: ScriptPlace): string[] {
  return mount === null ? [] : ["-v", `${mount.from}:${mount.to}:ro`];
}

/** k6's own reading of the script, by a container without any network. Throws a Fault with k6's message. */
export async function inspectScript(project: Project, request: LoadRequest, signal: AbortSignal): Promise<unknown> {
  const image = project.config.services.k6?.image ?? "";
  const place = scriptPlace(request.script, project.folder);
  const settings = ["-v", `${inProject("loadtests")}:/loadtests:ro`, ...mounts(place), "--entrypoint", "k6"];
  const command = ["inspect", "--execution-requirements", ...variables(request), place.path];
  try {
    const end = await runOneOff(image, settings, command, { env: project.env, within: INSPECT_WITHIN, signal });
    if (end.code === 0) return JSON.parse(end.stdout);
    throw inspectFault(request, end.stderr);
  } catch (error) {
    throw asFault(error);
  }
}

/**
 * Starts k6 as a container of the project. Its summary comes by a folder that any user may write to, since k6 runs as
 * one of its own, and is copied from there at the end.
 */
export async function generate(project: Project, start: GeneratorStart): Promise<Omit<Generator, "cpuShare">> {
  const { request, summaryFile, logFile, runId } = start;
  const name = `${project.name}-k6-${runId}`;
  const out = join(dirname(summaryFile), "from-k6");
  await mkdir(out);
  await chmod(out, 0o777);
  const place = scriptPlace(request.script, project.folder);
  const args = composeArgs(project, [
    ...["--profile", "load", "run", "--rm", "--no-deps", "--no-TTY", "--quiet-pull", "--name", name],
    ...["-v", `${out}:/out`, ...mounts(place)],
    ...variables(request),
    ...["-e", `LOAD_SUMMARY_FILE=/out/${basename(summaryFile)}`],
    ...["k6", "run", "--quiet", "--no-color", "--out", "experimental-prometheus-rw"],
    ...["--tag", `testid=${runId}`, place.path],
  ]);
  const log = await open(logFile, "w");
  try {
    const child = spawn("docker", args, {
      cwd: project.folder,
      env: project.env,
      stdio: ["ignore", log.fd, log.fd],
      detached: true,
    });
    const exited = new Promise<K6End>((resolve, reject) => {
      child.once("error", (error) => reject(new Fault("k6", `k6 did not start: ${causeOf(error)}`, "")));
      child.once("exit", (code) => resolve(endOf(code)));
    });
    const ended = exited.finally(async () => {
      // Cut off while it was made, the container may be there and belong to nobody.
      await removeK6(name, project);
      await takeOver(join(out, basename(summaryFile)), summaryFile).catch(() => undefined);
      await rm(out, { recursive: true, force: true });
    });
    ended.catch(() => undefined);
    const endClient = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
      } catch {
        // It ended by itself in between.
      }
    };
    return {
      ended,
      interrupt: () => void signalK6(name, "SIGINT", project).then((reached) => (reached ? undefined : endClient())),
      kill: () => void removeK6(name, project).finally(endClient),
    };
  } finally {
    await log.close();
  }
}

/** Of an exit code as Docker hands it on: 128 and more tells of a signal. */
function endOf(code: number | null): K6End {
  const signal = signalOf(code);
  return { code: signal === null ? code : null, signal, at: Date.now() / 1000 };
}

/** Whether there was such a container to tell. */
async function signalK6(name: string, signal: NodeJS.Signals, { env }: Project): Promise<boolean> {
  const end = await docker(["kill", "--signal", signal, name], { env, within: 10_000 }).catch(() => null);
  return end?.code === 0;
}

/** Whatever state it is in; none is fine as well. */
async function removeK6(name: string, { env }: Project): Promise<void> {
  await docker(["rm", "--force", name], { env, within: 20_000 }).catch(() => undefined);
}

/** Anew, so that it belongs to whoever runs this; a copy by the system keeps its owner. */
async function takeOver(from: string, to: string): Promise<void> {
  await writeFile(to, await readFile(from));
}

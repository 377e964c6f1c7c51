import { type ChildProcess, execFile, spawn } from "node:child_process";
import { open } from "node:fs/promises";
import { promisify } from "node:util";
import { causeOf, Fault } from "../../lib/fault.ts";
import { inProject } from "../../lib/paths.ts";
import { inspectFault, type K6End, profileEnvironment } from "../k6.ts";
import type { LoadRequest } from "../request.ts";

const run = promisify(execFile);

/** A user's own k6 configuration may thin the load (`rps`) or log every header, the token among them (`httpDebug`). */
const NO_USER_CONFIG = ["--config", inProject("scripts/load/k6-config.json")];

/** k6 reads its options from K6_*; a stray one in the user's shell would discard the profile. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("K6_") && !name.startsWith("LOAD_"));
  return { ...Object.fromEntries(kept), K6_NO_USAGE_REPORT: "true", K6_AUTO_EXTENSION_RESOLUTION: "false" };
}

/** Milliseconds. */
const INSPECT_WITHIN = 30_000;

/** k6's own reading of the script, as JSON. Throws a Fault with k6's message. */
export async function inspectScript(
  k6: string,
  request: LoadRequest,
  signal: AbortSignal,
  within = INSPECT_WITHIN,
): Promise<unknown> {
  const settings = Object.entries(profileEnvironment(request)).flatMap(([name, value]) => ["-e", `${name}=${value}`]);
  try {
    const { stdout } = await run(
      k6,
      ["inspect", "--execution-requirements", ...NO_USER_CONFIG, ...settings, request.script],
      {
        env: cleanEnvironment(),
        timeout: within,
        killSignal: "SIGKILL",
        signal,
        maxBuffer: 16 * 1024 * 1024,
      },
    );
    return JSON.parse(stdout);
  } catch (error) {
    if (error instanceof Error && "killed" in error && error.killed === true && !signal.aborted) {
      const text = `k6 did not come to the end of reading ${request.script} within ${within / 1000} s`;
      throw new Fault("script", text, "Does its outermost code loop or wait?", 2);
    }
    const stderr = error instanceof Error && "stderr" in error ? String(error.stderr) : "";
    throw inspectFault(request, stderr, causeOf(error));
  }
}

export interface K6Run {
  readonly pid: number;
  readonly child: ChildProcess;
  readonly ended: Promise<K6End>;
}

export interface K6Start {
  readonly k6: string;
  readonly request: LoadRequest;
  readonly baseUrl: string;
  readonly token: string;
  readonly summaryFile: string;
  readonly logFile: string;
}

/** Starts the load, in a process group of its own so that a Ctrl-C at the terminal reaches it through us only. */
export async function startK6(start: K6Start): Promise<K6Run> {
  const log = await open(start.logFile, "w");
  try {
    const child = spawn(start.k6, ["run", "--quiet", "--no-color", ...NO_USER_CONFIG, start.request.script], {
      env: {
        ...cleanEnvironment(),
        ...profileEnvironment(start.request),
        LOAD_BASE_URL: start.baseUrl,
        LOAD_TOKEN: start.token,
        LOAD_SUMMARY_FILE: start.summaryFile,
      },
      stdio: ["ignore", log.fd, log.fd],
      detached: true,
    });
    const ended = new Promise<K6End>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code, signal) => resolve({ code, signal, at: Date.now() / 1000 }));
    });
    ended.catch(() => {});
    if (child.pid === undefined) await ended;
    return { pid: child.pid ?? 0, child, ended };
  } catch (error) {
    throw new Fault("k6", `k6 did not start: ${causeOf(error)}`, "See: npm run tools");
  } finally {
    await log.close();
  }
}

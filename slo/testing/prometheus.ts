import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type History, writeHistory } from "./history.ts";

export interface ScrapedJob {
  readonly job: string;
  /** `host:port`. */
  readonly target: string;
  readonly path: string;
  /** Its `instance`, where the port of the target must not show. */
  readonly instance?: string;
  /** Further keys of its scrape configuration. */
  readonly scrape?: Readonly<Record<string, boolean>>;
}

export interface RunningPrometheus {
  readonly url: string;
  /** Value of the first series of an instant query, now; undefined where there is none. */
  readonly ask: (promql: string) => Promise<number | undefined>;
  readonly stop: () => Promise<void>;
}

/** Milliseconds; against a hang only. */
const WITHIN = 120_000;
const LOOK_EVERY = 50;

/** A Prometheus behind TLS: its web configuration, and how to see that it is ready. */
export interface Guarded {
  readonly webConfig: string;
  /** Rejects, or is false, while nothing answers. */
  readonly ready: (url: string) => Promise<boolean>;
}

export interface PrometheusOptions {
  /** What it holds from the start. */
  readonly history?: History;
  /** Further flags of its command line. */
  readonly flags?: readonly string[];
  readonly guarded?: Guarded;
  /** The program's variable: `PROMETHEUS2_BIN` names one of the second line. */
  readonly binary?: "PROMETHEUS_BIN" | "PROMETHEUS2_BIN";
  /** Where its data stay, for the next one; else they go with it. */
  readonly data?: string;
}

/** Starts the real Prometheus on a free port of 127.0.0.1, ready to answer; nothing of it is left after `stop`. */
export async function startPrometheus(
  jobs: readonly ScrapedJob[],
  interval: string,
  { history, flags = [], guarded, binary: variable = "PROMETHEUS_BIN", data }: PrometheusOptions = {},
): Promise<RunningPrometheus> {
  const binary = process.env[variable];
  if (binary === undefined || binary === "")
    throw new Error(`${variable} names no Prometheus: run \`npm test\`, which brings one`);
  const folder = await mkdtemp(join(tmpdir(), "slo-prometheus-"));
  await writeFile(join(folder, "prometheus.yml"), configuration(jobs, interval));
  if (guarded !== undefined) await writeFile(join(folder, "web.yml"), guarded.webConfig);
  if (history !== undefined) await writeHistory(history, folder);
  const child = spawn(
    binary,
    [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${data ?? join(folder, "data")}`,
      // It tells which: a port looked for before might be somebody else's by now.
      "--web.listen-address=127.0.0.1:0",
      "--log.level=info",
      ...(guarded === undefined ? [] : [`--web.config.file=${join(folder, "web.yml")}`]),
      ...flags,
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  const said: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (text: string) => said.push(text));
  const ended = once(child, "exit");
  const scheme = guarded === undefined ? "http" : "https";
  let url = "";
  const stop = async () => {
    child.kill("SIGKILL");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`Prometheus ended with ${child.exitCode}: ${said.join("")}`);
      const port = /msg="Listening on".* address=127\.0\.0\.1:(\d+)/.exec(said.join(""))?.[1];
      if (port === undefined) return false;
      url = `${scheme}://127.0.0.1:${port}`;
      return guarded === undefined ? (await fetch(`${url}/-/ready`)).ok : await guarded.ready(url).catch(() => false);
    }, "Prometheus is ready");
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, ask: (promql) => ask(url, promql), stop };
}

/** Waits until `holds`; a rejection by `fetch` means not yet. Rejects after two minutes. */
export async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + WITHIN;
  for (;;) {
    const held = await holds().catch((error: unknown) => {
      if (error instanceof TypeError) return false;
      throw error;
    });
    if (held) return;
    if (Date.now() > deadline) throw new Error(`not within ${WITHIN / 1000} s: ${what}`);
    await delay(LOOK_EVERY);
  }
}

function configuration(jobs: readonly ScrapedJob[], interval: string): string {
  return JSON.stringify({
    global: { scrape_interval: interval, scrape_timeout: interval },
    scrape_configs: jobs.map(({ job, target, path, instance, scrape }) => ({
      ...scrape,
      job_name: job,
      metrics_path: path,
      static_configs: [{ targets: [target], ...(instance === undefined ? {} : { labels: { instance } }) }],
    })),
  });
}

async function ask(url: string, promql: string): Promise<number | undefined> {
  const response = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query: promql })}`);
  const body = (await response.json()) as { data: { result: { value: [number, string] }[] } };
  const text = body.data.result[0]?.value[1];
  return text === undefined ? undefined : Number(text);
}

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { prometheusConfig } from "../prometheus/config.ts";
import type { Household, Running } from "./household.ts";
import { instanceName } from "./instances.ts";
import { PROMETHEUS_FOLDER } from "./layout.ts";
import { HOST, type Ports } from "./ports.ts";
import { fetchText, httpProbe, whenReady } from "./ready.ts";
import type { NativeOptions } from "./types.ts";

/** Starts Prometheus; `ready` resolves with its version. Its first scrape comes about 5 s after its start. */
export async function startPrometheus(
  household: Household,
  ports: Ports,
  options: NativeOptions,
): Promise<{ running: Running; ready: Promise<string> }> {
  const folder = join(household.folder, PROMETHEUS_FOLDER);
  await mkdir(folder, { mode: 0o700 });
  const config = join(folder, "prometheus.yml");
  const address = `${HOST}:${ports.prometheus}`;
  await writeFile(config, configFor(ports, options, address));
  const running = household.run({
    name: "prometheus",
    command: options.prometheus.bin,
    args: [`--config.file=${config}`, `--storage.tsdb.path=${join(folder, "data")}`, `--web.listen-address=${address}`],
    cwd: folder,
    env: process.env,
    log: join(options.logDir, "prometheus.log"),
    signal: "SIGTERM",
    grace: 1_000,
    stage: 1,
  });
  return { running, ready: readyVersion(household, running, `http://${address}`, options.readyWithin) };
}

function configFor(ports: Ports, options: NativeOptions, address: string): string {
  return prometheusConfig({
    scrapeInterval: options.prometheus.scrapeInterval,
    api: ports.api.map(({ internal }, index) => ({ address: `${HOST}:${internal}`, instance: instanceName(index) })),
    prometheus: { address, instance: "prometheus" },
  });
}

async function readyVersion(household: Household, running: Running, url: string, within = 30_000): Promise<string> {
  await whenReady({ household, running, within, secrets: [], probe: httpProbe(`${url}/-/ready`) });
  const { body } = await fetchText(`${url}/api/v1/status/buildinfo`);
  return versionOf(body);
}

/** Of an answer of `/api/v1/status/buildinfo`. */
function versionOf(body: string): string {
  return /"version":"([^"]+)"/.exec(body)?.[1] ?? "unknown";
}

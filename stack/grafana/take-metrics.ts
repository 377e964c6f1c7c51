import { writeFile } from "node:fs/promises";
import * as z from "zod";
import { METRICS } from "./files.ts";
import { prometheusAt, readStrings } from "./live/prometheus.ts";

const USAGE = `npm run dashboards:metrics -- URL
  writes stack/grafana/metrics/JOB.txt, which metrics and labels there are, from a Prometheus that has watched the whole
  stack under load; a job that it does not know keeps its list`;

const HEAD = "# metric, then the names of its labels besides job and instance; renewed by npm run dashboards:metrics";
const series = z.array(z.record(z.string(), z.string()));

/** Lines such as `node_cpu_seconds_total cpu mode`, in order. */
function listed(found: z.infer<typeof series>): string {
  const labels = new Map<string, Set<string>>();
  for (const { __name__: metric = "", job: _job, instance: _instance, ...rest } of found) {
    labels.set(metric, new Set([...(labels.get(metric) ?? []), ...Object.keys(rest)]));
  }
  const lines = [...labels].map(([metric, names]) => [metric, ...[...names].sort()].join(" "));
  return `${[HEAD, ...lines.sort()].join("\n")}\n`;
}

async function take(address: string): Promise<void> {
  const ask = prometheusAt(address);
  const end = Date.now() / 1000;
  const span = { start: String(end - 900), end: String(end) };
  const jobs = readStrings(await ask("label/job/values", { ...span, "match[]": "up" }));
  // What k6 sends has no job.
  const wanted = [...jobs.map((job) => [job, `{job=${JSON.stringify(job)}}`]), ["k6", '{__name__=~"k6_.+"}']];
  for (const [name = "", selector = ""] of wanted) {
    const found = series.parse(await ask("series", { ...span, "match[]": selector }));
    const own = found.filter(({ __name__: metric = "" }) => !/^(?:up$|scrape_|ALERTS|.*:)/.test(metric));
    if (own.length === 0) continue;
    await writeFile(new URL(`${name}.txt`, METRICS), listed(own));
    process.stdout.write(`${name}: ${own.length} series\n`);
  }
}

const [address] = process.argv.slice(2);
try {
  if (address === undefined) throw new Error("the address of a Prometheus is missing");
  await take(address);
} catch (error) {
  const wrong = error instanceof Error ? error.message : String(error);
  process.stderr.write(`✗ metrics     ${wrong}\n  ${USAGE}\n`);
  process.exitCode = 2;
}

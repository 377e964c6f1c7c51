import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { marginFor, planFetch } from "../core/fetch-plan.ts";
import type { RawSeries } from "../core/fetched.ts";
import { parseObjectives } from "../core/file/parse-objectives.ts";
import { judge } from "../core/judge.ts";
import type { ObjectivesFile } from "../core/objective.ts";
import { windowPhase } from "../core/phases.ts";
import { reduceEvidence } from "../core/reduce.ts";
import type { Report } from "../core/report.ts";
import { createClient, type PrometheusClient } from "../io/prometheus/client.ts";
import { fetchPlan } from "../io/prometheus/fetch-plan.ts";
import { startPrometheus } from "../testing/prometheus.ts";
import { fastest, measuredSlo, requestsOf, timed } from "./measure.ts";

export interface ManySize {
  readonly objectives: number;
  readonly selectors: number;
  /** In Prometheus, in all. */
  readonly series: number;
  /** Measurements of each way, by turns. */
  readonly rounds: number;
}

export interface ManyResult {
  readonly report: Report;
  readonly metricNames: number;
  /** Of one reading, as Prometheus counts them. */
  readonly requests: number;
  /** Milliseconds, the fastest of all rounds: evidence fetched and reduced, every verdict judged from it, and one query each. */
  readonly together: number;
  readonly judging: number;
  readonly oneByOne: number;
  /** MiB of the whole command. */
  readonly memory: number;
}

const INTERVAL = 5;
const LENGTH = 120;
const EDGES = ["0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1.0", "2.5", "+Inf"];
const METRIC = "http_request_duration_seconds";

function at(start: number, every: number, count: number, value: (index: number) => number) {
  const times = Array.from({ length: count }, (_, index) => start + index * every);
  return { times, values: times.map((_, index) => value(index)) };
}

/** One service with a histogram a handler, among others that have the same metrics. */
function* history({ selectors, series }: ManySize, start: number): Generator<RawSeries> {
  const scrapes = LENGTH / INTERVAL + 20;
  const target = { job: "api", instance: "api:1" };
  yield { labels: { __name__: "up", ...target }, ...at(start, INTERVAL, scrapes, () => 1) };
  yield {
    labels: { __name__: "process_start_time_seconds", ...target },
    ...at(start, INTERVAL, scrapes, () => start - 1),
  };
  for (let handler = 0; handler < selectors; handler += 1)
    for (const [edge, le] of EDGES.entries()) {
      const labels = { __name__: `${METRIC}_bucket`, ...target, handler: `/h${handler}`, le };
      yield { labels, ...at(start, INTERVAL, scrapes, (index) => index * (1000 + edge)) };
    }
  for (let other = 2 + selectors * EDGES.length; other < series; other += 1) {
    const labels = { job: `other-${other % 100}`, instance: `host-${other % 1000}`, handler: `/h${other}` };
    yield { labels: { __name__: `${METRIC}_bucket`, ...labels, le: "+Inf" }, ...at(start, 15, 20, (index) => index) };
  }
}

/** As many limits for each selector as it takes. */
function objectivesText({ objectives, selectors }: ManySize): string {
  const lines = Array.from({ length: objectives }, (_, index) => {
    const percentile = 50 + (index % 49);
    const histogram = `${METRIC}{job="api",handler="/h${index % selectors}"}`;
    return `  - { name: objective-${index}, latency: { histogram: '${histogram}', percentile: ${percentile}, atMost: 1s } }\n`;
  });
  return `service: api\nobjectives:\n${lines.join("")}`;
}

/** What anybody would write who asks for each objective alone. */
async function oneByOne(client: PrometheusClient, file: ObjectivesFile, to: number): Promise<void> {
  for (const objective of file.objectives) {
    if (objective.indicator !== "latency") continue;
    const [handler] = objective.histogram.matchers.flatMap(({ label, value }) => (label === "handler" ? [value] : []));
    const selector = `${METRIC}_bucket{job="api",handler="${handler}"}`;
    const query = `histogram_quantile(${objective.percentile / 100}, sum by (le) (increase(${selector}[${LENGTH}s])))`;
    await client.query(query, to);
  }
}

/** Many objectives over few selectors: judged together, against one query each in sequence. */
export async function benchMany(size: ManySize): Promise<ManyResult> {
  const start = Math.floor(Date.now() / 1000) - 2 * LENGTH;
  const window = { from: start + 8 * INTERVAL, to: start + 8 * INTERVAL + LENGTH };
  const phase = windowPhase(window.from, window.to);
  const text = objectivesText(size);
  const parsed = parseObjectives(text, "objectives.yaml");
  if (parsed.kind !== "ok") throw new Error("the objectives cannot be read");
  const file = parsed.value;
  const folder = await mkdtemp(join(tmpdir(), "slo-bench-"));
  const prometheus = await startPrometheus([], "1m", { history: history(size, start) });
  try {
    const client = createClient({ address: { url: prometheus.url, headers: [], tls: null }, timeout: 60 });
    const plan = planFetch(file, [phase], { marginSeconds: marginFor(INTERVAL) });
    const together = async () => reduceEvidence(file, [phase], await fetchPlan(client, plan));
    const before = await requestsOf(prometheus.url);
    const evidence = await together();
    const requests = (await requestsOf(prometheus.url)) - before;
    const report = judge(file, { window: phase }, evidence);
    const rounds: { together: number; judging: number; oneByOne: number }[] = [];
    for (let round = 0; round < size.rounds; round += 1)
      rounds.push({
        oneByOne: await timed(() => oneByOne(client, file, window.to)),
        together: await timed(together),
        judging: await timed(() => Promise.resolve(judge(file, { window: phase }, structuredClone(evidence)))),
      });
    await writeFile(join(folder, "objectives.yaml"), text);
    const times = ["--from", String(window.from), "--to", String(window.to), "--wait", "0"];
    const args = ["check", "objectives.yaml", "--prometheus", prometheus.url, "--format", "json", ...times];
    const { memory } = await measuredSlo(args, folder);
    return {
      report,
      metricNames: new Set(plan.ranges.map(({ metric }) => metric)).size,
      requests,
      together: fastest(rounds.map((one) => one.together)),
      judging: fastest(rounds.map((one) => one.judging)),
      oneByOne: fastest(rounds.map((one) => one.oneByOne)),
      memory,
    };
  } finally {
    await prometheus.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RawSeries } from "../core/fetched.ts";
import { runFile } from "../testing/files.ts";
import { startPrometheus } from "../testing/prometheus.ts";
import { measuredSlo } from "./measure.ts";

export interface SoakSize {
  /** Seconds, with a scrape each. */
  readonly length: number;
  readonly series: number;
}

export interface SoakResult {
  /** Samples that the phase has, and what was counted of them. */
  readonly samples: number;
  readonly counted: number;
  readonly truth: number;
  /** Seconds of the whole command, from its start to its end. */
  readonly seconds: number;
  readonly memory: number;
  /** MiB. */
  readonly evidence: number;
  /** Judged again without Prometheus, the report had the same bytes. */
  readonly same: boolean;
}

const TARGETS = 4;
const EDGES = ["0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1.0", "+Inf"];
const LEAD = 10;
const RATE = 7;

interface Target {
  readonly job: string;
  readonly instance: string;
  readonly times: readonly number[];
}

/** Four replicas that count alike. */
function targetsOf({ length }: SoakSize, start: number): readonly Target[] {
  return Array.from({ length: TARGETS }, (_, index) => {
    const offset = start + index / 10;
    const times = Array.from({ length: length + 2 * LEAD }, (_, second) => offset + second);
    return { job: "api", instance: `api:${index}`, times };
  });
}

function handlersOf({ series }: SoakSize): number {
  return Math.max(1, Math.floor(series / TARGETS / EDGES.length));
}

function* history(size: SoakSize, start: number): Generator<RawSeries> {
  for (const { times, ...target } of targetsOf(size, start)) {
    const series = (labels: Record<string, string>, value: (second: number) => number): RawSeries => ({
      labels: { ...labels, ...target },
      times,
      values: times.map((_, second) => value(second)),
    });
    yield series({ __name__: "up" }, () => 1);
    yield series({ __name__: "process_start_time_seconds" }, () => start - 1000);
    for (let handler = 0; handler < handlersOf(size); handler += 1)
      for (const [edge, le] of EDGES.entries())
        yield series({ __name__: "http_request_duration_seconds_bucket", handler: `/h${handler}`, le }, (second) =>
          le === "+Inf" ? second * RATE : second * Math.min(RATE, edge),
        );
  }
}

const OBJECTIVES = `service: api
objectives:
  - name: latency
    latency: { histogram: 'http_request_duration_seconds{job="api"}', percentile: 50, atMost: 500ms }
`;

/** A long soak judged by the whole command: time, memory, the size of what it keeps. */
export async function benchSoak(size: SoakSize): Promise<SoakResult> {
  const start = Math.floor(Date.now() / 1000) - size.length - 600;
  const steady = { name: "steady", from: start + LEAD + 0.5, to: start + LEAD + size.length + 0.5, quiet: false };
  const folder = await mkdtemp(join(tmpdir(), "slo-bench-"));
  const run = { ...runFile, phases: [steady], from: start, to: steady.to, client: [], load: [], serverCounter: null };
  await writeFile(join(folder, "objectives.yaml"), OBJECTIVES);
  await writeFile(join(folder, "run.json"), JSON.stringify(run));
  const prometheus = await startPrometheus([], "1m", { history: history(size, start) });
  try {
    const args = ["check", "objectives.yaml", "--run", ".", "--format", "json"];
    const first = await measuredSlo([...args, "--prometheus", prometheus.url], folder);
    const again = await measuredSlo(args, folder);
    const report = JSON.parse(await readFile(join(folder, "report.json"), "utf8")) as {
      objectives: readonly { counts: { total: number } | null }[];
    };
    const series = TARGETS * handlersOf(size) * EDGES.length;
    return {
      samples: series * size.length,
      counted: report.objectives[0]?.counts?.total ?? Number.NaN,
      truth: TARGETS * handlersOf(size) * RATE * (size.length + 1),
      seconds: first.seconds,
      memory: first.memory,
      evidence: (await stat(join(folder, "evidence.json"))).size / 1024 ** 2,
      same: first.stdout === again.stdout && first.code === again.code,
    };
  } finally {
    await prometheus.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

import { z } from "zod";
import type { Project } from "../../stack/compose/project.ts";
import { askPrometheus } from "../load/prometheus.ts";

/** What one service takes: bytes of working set at most, cores on average; summed over its containers. */
export interface Cost {
  readonly memory: number;
  readonly cpu: number;
}

const vector = z.object({
  result: z.array(z.object({ metric: z.object({ service: z.string() }), value: z.tuple([z.number(), z.string()]) })),
});

const LABELS = "container_label_com_docker_compose_";
/** Milliseconds. */
const WITHIN = 10_000;

/** By service, over `seconds` up to `at` (unix seconds), as cAdvisor saw its containers. */
export async function costsOf(
  prometheus: string,
  project: string,
  at: number,
  seconds: number,
): Promise<Map<string, Cost>> {
  const selector = `{${LABELS}project="${project}"}`;
  const ask = async (inner: string) => {
    const query = `sum by (service) (label_replace(${inner}, "service", "$1", "${LABELS}service", "(.+)"))`;
    const { result } = vector.parse(await askPrometheus(prometheus, "query", { query, time: String(at) }, WITHIN));
    return new Map(result.map(({ metric, value }) => [metric.service, Number(value[1])]));
  };
  const memory = await ask(`max_over_time(container_memory_working_set_bytes${selector}[${seconds}s])`);
  const cpu = await ask(`rate(container_cpu_usage_seconds_total${selector}[${seconds}s])`);
  return new Map([...memory].map(([service, bytes]) => [service, { memory: bytes, cpu: cpu.get(service) ?? 0 }]));
}

export interface Measured {
  readonly registry: Project;
  readonly used: Project;
  /** Seconds after the start until every container of a service was well, or had ended well. */
  readonly healthy: ReadonlyMap<string, number>;
  readonly rest: ReadonlyMap<string, Cost>;
  readonly load: ReadonlyMap<string, Cost>;
}

/** Services that watch the others: what monitoring costs. */
const MONITORING = [
  "prometheus",
  "alertmanager",
  "alert-log",
  "grafana",
  "cadvisor",
  "node-exporter",
  "postgres-exporter",
  "nginx-exporter",
];
const MEBIBYTE = 2 ** 20;

/** A Markdown table, a row a service, and what all of the monitoring takes at rest. */
export function costTable({ registry, used, healthy, rest, load }: Measured): string {
  const head = [
    "service",
    "image",
    "offline",
    "healthy after",
    "memory at rest",
    "under load",
    "CPU at rest",
    "under load",
  ];
  const rows = Object.entries(registry.config.services)
    .filter(([, { profiles }]) => (profiles ?? []).length === 0)
    .map(([name, { image }]) => [
      name,
      code(image),
      offlineImage(used, name, image),
      figure(healthy.get(name), (seconds) => `${seconds.toFixed(1)} s`),
      figure(rest.get(name)?.memory, (bytes) => `${Math.round(bytes / MEBIBYTE)} MiB`),
      figure(load.get(name)?.memory, (bytes) => `${Math.round(bytes / MEBIBYTE)} MiB`),
      figure(rest.get(name)?.cpu, (cores) => cores.toFixed(3)),
      figure(load.get(name)?.cpu, (cores) => cores.toFixed(3)),
    ]);
  const watching = MONITORING.reduce((sum, name) => sum + (rest.get(name)?.memory ?? 0), 0);
  const last = Math.max(...healthy.values());
  return [
    line(head),
    line(head.map((_, column) => (column < 3 ? "---" : "---:"))),
    ...rows.map(line),
    "",
    `All healthy ${last.toFixed(1)} s after the start; monitoring at rest ${Math.round(watching / MEBIBYTE)} MiB.`,
    "",
  ].join("\n");
}

function offlineImage(used: Project, name: string, image: string | undefined): string {
  if (used.images === "registry") return "";
  const service = used.config.services[name];
  if (service === undefined || (service.profiles ?? []).length > 0) return "left out";
  return service.image === image ? "the same" : code(service.image);
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function code(text: string | undefined): string {
  return text === undefined ? "" : `\`${text}\``;
}

function figure(value: number | undefined, text: (value: number) => string): string {
  return value === undefined ? "–" : text(value);
}

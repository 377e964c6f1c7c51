/**
 * Writes what Prometheus holds of containers as lines: first the phase in unix seconds, then each series with its raw
 * samples; their times are milliseconds from the phase's start.
 */
const [url = "", from = "", to = ""] = process.argv.slice(2);

/** What tells containers apart, and what they are judged by. */
const LABELS =
  /^(?:__name__|job|instance|id|image|name|cpu|pod|container|namespace|container_label_com_docker_compose_(?:service|project))$/;
const METRICS = [
  "up",
  "container_start_time_seconds",
  "container_memory_(working_set|max_usage)_bytes",
  "container_cpu_usage_seconds_total",
  "container_cpu_cfs_(throttled_)?periods_total",
  "container_oom_events_total",
  "container_spec_(memory_limit_bytes|cpu_quota|cpu_period)",
];
const MARGIN = 35;

interface Matrix {
  readonly data: { readonly result: readonly { metric: Record<string, string>; values: [number, string][] }[] };
}

const length = Number(to) - Number(from) + 2 * MARGIN;
const query = `{__name__=~"${METRICS.join("|")}"}[${length}s]`;
const asked = new URLSearchParams({ query, time: String(Number(to) + MARGIN) });
const { data } = (await (await fetch(`${url}/api/v1/query?${asked}`)).json()) as Matrix;

process.stdout.write(`${JSON.stringify({ from: Number(from), to: Number(to) })}\n`);
for (const { metric, values } of data.result) {
  const labels = Object.fromEntries(
    Object.entries(metric).filter(([name, value]) => LABELS.test(name) && value !== ""),
  );
  // Groups of the machine's own are of no interest; a pod's own, and the root, must not be taken for containers.
  if (!/^(?:\/$|\/docker|\/kubepods)/.test(labels.id ?? "/")) continue;
  const times = values.map(([time]) => Math.round((time - Number(from)) * 1000));
  const line = { labels, times, values: values.map(([, value]) => Number(value)) };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

// The only file that may import prom-client: two copies of it, or its successor beside it, would mean two registries
// and lost metrics.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

export type { Registry };

interface Definition<Label extends string> {
  name: string;
  help: string;
  labelNames?: readonly Label[];
}

export function createRegistry(): Registry {
  return new Registry();
}

export function createCounter<Label extends string = never>(registry: Registry, definition: Definition<Label>) {
  return new Counter({ ...definition, registers: [registry] });
}

/** @param collect called at each scrape; must never reject, since that would fail the whole scrape */
export function createGauge<Label extends string = never>(
  registry: Registry,
  definition: Definition<Label>,
  collect: (gauge: Gauge<Label>) => void | Promise<void>,
) {
  return new Gauge<Label>({
    ...definition,
    registers: [registry],
    collect() {
      return collect(this);
    },
  });
}

export function createHistogram<Label extends string = never>(
  registry: Registry,
  definition: Definition<Label> & { buckets: number[] },
) {
  return new Histogram({ ...definition, registers: [registry] });
}

/**
 * The page of a registry. prom-client writes `Nan`, where the format's word is `NaN`: Prometheus takes either, others
 * take the page for none. The event loop's lag is no number where two scrapes come within some milliseconds.
 */
export async function renderPage(registry: Registry): Promise<{ contentType: string; text: string }> {
  const text = await registry.metrics();
  return { contentType: registry.contentType, text: text.replaceAll(/ Nan$/gm, " NaN") };
}

// Gauges whose names end in _total, which promtool objects to; nodejs_active_* without it say more.
const misnamed = ["nodejs_active_handles_total", "nodejs_active_requests_total", "nodejs_active_resources_total"];

/** prom-client's metrics of process, event loop, GC and heap, but for three that are misnamed. */
export function collectDefaults(registry: Registry): void {
  collectDefaultMetrics({ register: registry });
  for (const name of misnamed) registry.removeSingleMetric(name);
  const gc = registry.getSingleMetric("nodejs_gc_duration_seconds");
  if (gc instanceof Histogram) {
    for (const kind of ["major", "minor", "incremental", "weakcb"]) gc.zero({ kind });
  }
}

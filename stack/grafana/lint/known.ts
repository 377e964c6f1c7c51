/** Metric → names of the labels that its series have. */
export type KnownMetrics = ReadonlyMap<string, ReadonlySet<string>>;

/** Prometheus' own, of every job: https://prometheus.io/docs/concepts/jobs_instances/ */
const OWN: KnownMetrics = new Map(
  ["up", "scrape_duration_seconds", "scrape_samples_scraped", "scrape_samples_post_metric_relabeling"].map(
    (metric) => [metric, new Set(["job", "instance"])] as const,
  ),
);

/** Labels that every scraped series has. */
const SCRAPED = ["job", "instance"] as const;

/**
 * Reads lists of metrics: a line each, the metric's name and then its labels' names; `#` begins a comment. Metrics of
 * several lists have the labels of all.
 */
export function readKnown(texts: readonly string[]): KnownMetrics {
  const known = new Map([...OWN].map(([metric, labels]) => [metric, new Set(labels)] as const));
  for (const line of texts.flatMap((text) => text.split("\n"))) {
    const [metric, ...labels] = line.replace(/#.*/, "").trim().split(/\s+/);
    if (metric === undefined || metric === "") continue;
    known.set(metric, new Set([...(known.get(metric) ?? []), ...SCRAPED, ...labels]));
  }
  return known;
}

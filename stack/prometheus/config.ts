import { stringify } from "yaml";

export interface ScrapeTarget {
  /** `host:port`. */
  readonly address: string;
  /** Its `instance` label: a name that stays the same from run to run, as a free port does not. */
  readonly instance: string;
}

export interface PrometheusSettings {
  /** A Prometheus duration, such as `500ms`. */
  readonly scrapeInterval: string;
  readonly api: readonly ScrapeTarget[];
  readonly prometheus: ScrapeTarget;
}

/** Prometheus' configuration as YAML: the jobs `api` and `prometheus`. */
export function prometheusConfig(settings: PrometheusSettings): string {
  return stringify({
    global: {
      scrape_interval: settings.scrapeInterval,
      // Prometheus refuses a timeout above the interval, and its default is 10 s.
      scrape_timeout: settings.scrapeInterval,
    },
    scrape_configs: [job("api", settings.api), job("prometheus", [settings.prometheus])],
  });
}

function job(name: string, targets: readonly ScrapeTarget[]) {
  return {
    job_name: name,
    static_configs: targets.map(({ address, instance }) => ({ targets: [address], labels: { instance } })),
  };
}

import type { Board, Panel } from "../build/spec.ts";
import { alerting, visualization } from "./monitoring-others.ts";
import { rate, sumBy } from "./queries.ts";

const OF = 'job="prometheus"';

/** The watchers watched: what is not scraped, not evaluated or not sent is missed silently everywhere else. */
export function monitoring(): Board {
  return {
    uid: "monitoring",
    title: "Monitoring itself",
    description: "Prometheus, Alertmanager and Grafana: what they miss is missing from every other dashboard.",
    tags: ["monitoring"],
    from: "now-1h",
    refresh: "15s",
    variables: [{ name: "job", label: "Job", query: "label_values(up, job)", choice: { kind: "all" } }],
    rows: [
      { title: "Scrapes", panels: scrapes },
      { title: "Prometheus", panels: prometheus },
      { title: "Alertmanager", panels: alerting },
      { title: "Grafana", panels: visualization },
    ],
  };
}

const scrapes: readonly Panel[] = [
  {
    kind: "states",
    title: "Targets",
    description: "Whether each target could be scraped.",
    unit: "none",
    width: 8,
    height: 8,
    queries: [{ expr: 'min by (job, instance) (up{job=~"$job"})', legend: "{{job}} {{instance}}" }],
    texts: [
      { value: "0", text: "down", color: "red" },
      { value: "1", text: "up", color: "green" },
    ],
  },
  {
    kind: "time series",
    title: "Scrape duration",
    description:
      "How long a target takes to answer, the slowest of a job. Beyond the scrape interval its samples are lost.",
    unit: "s",
    width: 8,
    min: 0,
    queries: [{ expr: 'max by (job) (scrape_duration_seconds{job=~"$job"})', legend: "{{job}}" }],
    steps: [{ from: 1, color: "orange" }],
  },
  {
    kind: "time series",
    title: "Samples per scrape",
    description: "By job. What grows without end is a label with unbounded values.",
    unit: "short",
    width: 8,
    min: 0,
    queries: [{ expr: 'sum by (job) (scrape_samples_post_metric_relabeling{job=~"$job"})', legend: "{{job}}" }],
  },
];

const prometheus: readonly Panel[] = [
  {
    kind: "time series",
    title: "Samples stored",
    description: "Per second, scraped, received and recorded ones together.",
    unit: "cps",
    width: 8,
    min: 0,
    queries: [{ expr: sumBy("", rate(`prometheus_tsdb_head_samples_appended_total{${OF}}`)), legend: "samples" }],
  },
  {
    kind: "time series",
    title: "Series in memory",
    description: "Series of the last two to three hours, which Prometheus keeps in memory: what its memory goes by.",
    unit: "short",
    width: 8,
    min: 0,
    queries: [{ expr: `max(prometheus_tsdb_head_series{${OF}})`, legend: "series" }],
  },
  {
    kind: "time series",
    title: "Storage",
    description: "On disk: blocks, the write-ahead log, and chunks of the head.",
    unit: "bytes",
    width: 8,
    min: 0,
    stacked: true,
    queries: [
      { expr: `max(prometheus_tsdb_storage_blocks_bytes{${OF}})`, legend: "blocks" },
      { expr: `max(prometheus_tsdb_wal_storage_size_bytes{${OF}})`, legend: "write-ahead log" },
      { expr: `max(prometheus_tsdb_head_chunks_storage_size_bytes{${OF}})`, legend: "head chunks" },
    ],
  },
  {
    kind: "time series",
    title: "Memory",
    description: "Resident memory of Prometheus, Alertmanager and Grafana.",
    unit: "bytes",
    width: 8,
    min: 0,
    queries: [
      {
        expr: `max by (job) (process_resident_memory_bytes{job=~"prometheus|alertmanager|grafana"})`,
        legend: "{{job}}",
      },
    ],
  },
  {
    kind: "time series",
    title: "Rule evaluation",
    description: "How long each group of rules takes; beyond its interval, evaluations are missed.",
    unit: "s",
    width: 8,
    min: 0,
    queries: [
      { expr: `max by (rule_group) (prometheus_rule_group_last_duration_seconds{${OF}})`, legend: "{{rule_group}}" },
    ],
  },
  {
    kind: "time series",
    title: "Query duration",
    description: "p99 of evaluating a query, as Prometheus itself sums it up.",
    unit: "s",
    width: 8,
    min: 0,
    queries: [
      {
        expr: `max by (slice) (prometheus_engine_query_duration_seconds{${OF},quantile="0.99"})`,
        legend: "{{slice}}",
      },
    ],
  },
  {
    kind: "bars",
    title: "What failed",
    description:
      "In the time shown: rules that could not be evaluated or came too late, alerts that were not sent, samples refused, compactions that broke. All 0 is well; but a few of cAdvisor's samples, which bear its own times, may come out of order on a busy machine.",
    unit: "none",
    width: 24,
    height: 8,
    decimals: 0,
    queries: [
      ["rules that failed", "prometheus_rule_evaluation_failures_total"],
      ["evaluations missed", "prometheus_rule_group_iterations_missed_total"],
      ["alerts not sent", "prometheus_notifications_errors_total"],
      ["alerts dropped", "prometheus_notifications_dropped_total"],
      ["samples out of order", "prometheus_target_scrapes_sample_out_of_order_total"],
      ["samples twice at one time", "prometheus_target_scrapes_sample_duplicate_timestamp_total"],
      ["compactions failed", "prometheus_tsdb_compactions_failed_total"],
      ["log corruptions", "prometheus_tsdb_wal_corruptions_total"],
    ].map(([legend, metric]) => ({ expr: `sum(increase(${metric}{${OF}}[$__range]))`, legend: legend ?? "" })),
    steps: [{ from: 1, color: "red" }],
  },
];

import type { Panel } from "../build/spec.ts";
import { quantile, rate, sumBy } from "./queries.ts";

const ALERTMANAGER = 'job="alertmanager"';
const GRAFANA = 'job="grafana"';

export const alerting: readonly Panel[] = [
  {
    kind: "time series",
    title: "Alerts",
    description: "Alerts that Alertmanager holds, by state. The Watchdog is always one of the active.",
    unit: "short",
    width: 6,
    min: 0,
    queries: [{ expr: `sum by (state) (alertmanager_alerts{${ALERTMANAGER}})`, legend: "{{state}}" }],
  },
  {
    kind: "time series",
    title: "Notifications sent",
    description: "Per minute, by kind of receiver.",
    unit: "suffix: per min",
    width: 6,
    min: 0,
    queries: [
      {
        expr: `60 * ${sumBy("integration", rate(`alertmanager_notifications_total{${ALERTMANAGER}}`))} > 0 or 60 * ${sumBy("integration", rate(`alertmanager_notifications_total{${ALERTMANAGER},integration="webhook"}`))}`,
        legend: "{{integration}}",
      },
    ],
  },
  {
    kind: "time series",
    title: "Notifications that failed",
    description: "Per minute. Above 0 somebody is not told.",
    unit: "suffix: per min",
    width: 6,
    min: 0,
    queries: [
      { expr: `60 * ${sumBy("", rate(`alertmanager_notifications_failed_total{${ALERTMANAGER}}`))}`, legend: "failed" },
    ],
    steps: [{ from: 0.1, color: "red" }],
  },
  {
    kind: "stat",
    title: "Configuration",
    description: "Whether Prometheus and Alertmanager could read their configuration last time.",
    unit: "none",
    width: 6,
    height: 8,
    queries: [
      { expr: 'min(prometheus_config_last_reload_successful{job="prometheus"})', legend: "Prometheus" },
      { expr: `min(alertmanager_config_last_reload_successful{${ALERTMANAGER}})`, legend: "Alertmanager" },
    ],
    texts: [
      { value: "0", text: "broken", color: "red" },
      { value: "1", text: "read", color: "green" },
    ],
  },
];

export const visualization: readonly Panel[] = [
  {
    kind: "stat",
    title: "Up",
    description: "Whether Grafana answers Prometheus; absent where it is left out of the stack.",
    unit: "none",
    width: 6,
    height: 8,
    queries: [{ expr: `min(up{${GRAFANA}})`, legend: "up" }],
    texts: [
      { value: "0", text: "down", color: "red" },
      { value: "1", text: "up", color: "green" },
    ],
  },
  {
    kind: "time series",
    title: "Requests to Grafana",
    description: "Per second, by status.",
    unit: "reqps",
    width: 6,
    min: 0,
    queries: [
      {
        expr: sumBy("status_code", rate(`grafana_http_request_duration_seconds_count{${GRAFANA}}`)),
        legend: "{{status_code}}",
      },
    ],
  },
  {
    kind: "time series",
    title: "Duration of Grafana's answers",
    description: "p95 over all pages and queries.",
    unit: "s",
    width: 6,
    min: 0,
    queries: [{ expr: quantile(0.95, `grafana_http_request_duration_seconds_bucket{${GRAFANA}}`), legend: "p95" }],
  },
  {
    kind: "time series",
    title: "Queries through Grafana",
    description: "Asked of each data source per second, by answer.",
    unit: "reqps",
    width: 6,
    min: 0,
    queries: [
      {
        expr: sumBy("datasource, code", rate(`grafana_datasource_request_total{${GRAFANA}}`)),
        legend: "{{datasource}} {{code}}",
      },
    ],
  },
];

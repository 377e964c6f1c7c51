import type { ObjectivesFile } from "../../../slo/core/objective.ts";
import { formatSelector } from "../../../slo/core/selector.ts";
import type { Panel } from "../build/spec.ts";
import { latencies, promised, rate, ratios, share, sumBy } from "./queries.ts";

const ANSWERS = 'nginx_request_duration_seconds_count{job="balancer"}';
const REFUSED = 'nginx_request_duration_seconds_count{job="balancer",status_code=~"5.."}';

export const health: readonly Panel[] = [
  {
    kind: "stat",
    title: "Alerts firing",
    description: "Alerts that fire now, without the Watchdog, which always does.",
    unit: "none",
    width: 4,
    queries: [{ expr: 'count(ALERTS{alertstate="firing",severity!="none"}) or vector(0)', legend: "firing" }],
    steps: [{ from: 1, color: "red" }],
  },
  {
    kind: "stat",
    title: "Targets down",
    description: "Targets that Prometheus could not scrape last time. Their metrics are missing from every panel.",
    unit: "none",
    width: 4,
    queries: [{ expr: "count(up == 0) or vector(0)", legend: "down" }],
    steps: [{ from: 1, color: "red" }],
  },
  {
    kind: "stat",
    title: "API replicas up",
    description: "Replicas of the API that answer Prometheus.",
    unit: "none",
    width: 4,
    queries: [{ expr: 'sum(up{job="api"}) or vector(0)', legend: "up" }],
    base: "red",
    steps: [
      { from: 1, color: "orange" },
      { from: 2, color: "green" },
    ],
  },
  {
    kind: "stat",
    title: "Requests",
    description: "Requests the load balancer answered, per second.",
    unit: "reqps",
    width: 4,
    decimals: 1,
    every: "1s",
    queries: [{ expr: sumBy("", rate(ANSWERS)), legend: "requests" }],
    base: "blue",
  },
  {
    kind: "stat",
    title: "Failed answers",
    description: "Share of requests that users saw fail with 5xx, by the load balancer's own count.",
    unit: "percentunit",
    width: 4,
    decimals: 2,
    every: "1s",
    queries: [{ expr: share(sumBy("", rate(REFUSED)), sumBy("", rate(ANSWERS))), legend: "failed" }],
    steps: [
      { from: 0.0001, color: "yellow" },
      { from: 0.001, color: "red" },
    ],
  },
  {
    kind: "stat",
    title: "Tasks",
    description: "Tasks that exist. Each replica reports the same number, hence the largest and not the sum.",
    unit: "short",
    width: 4,
    queries: [{ expr: 'sum(max by (status) (tasks{job="api"}))', legend: "tasks" }],
    base: "blue",
  },
];

/** A number for each promise of the objectives file, red where it is broken. */
export function promises(objectives: ObjectivesFile): readonly Panel[] {
  const panels = [...latencies(objectives).map(latencyStat), ...ratios(objectives).map(ratioStat)];
  const width = Math.floor(24 / Math.min(6, Math.max(1, panels.length)));
  return panels.map((panel) => ({ ...panel, width }));
}

function latencyStat(objective: ReturnType<typeof latencies>[number]): Panel {
  return {
    kind: "stat",
    title: `${objective.name}: p${objective.percentile}`,
    description: `Promised: at most ${objective.atMost} s (objective ${objective.name}). Interpolated between the histogram's edges; the verdict of a run counts instead.`,
    unit: "s",
    width: 8,
    every: "1s",
    queries: [{ expr: promised(objective), legend: objective.name }],
    steps: [
      { from: objective.atMost * 0.8, color: "yellow" },
      { from: objective.atMost, color: "red" },
    ],
  };
}

function ratioStat(objective: ReturnType<typeof ratios>[number]): Panel {
  const part = sumBy("", rate(formatSelector(objective.part.selector)));
  const ratio = share(part, sumBy("", rate(formatSelector(objective.total))));
  const bad = objective.op === "atMost";
  return {
    kind: "stat",
    title: `${objective.name}: share of ${objective.part.kind}`,
    description: `Promised: ${bad ? "at most" : "at least"} ${objective.limit * 100} % of requests (objective ${objective.name}).`,
    unit: "percentunit",
    width: 8,
    decimals: 3,
    every: "1s",
    queries: [{ expr: ratio, legend: objective.name }],
    base: bad ? "green" : "red",
    steps: [{ from: objective.limit, color: bad ? "red" : "green" }],
  };
}

import type { Answered } from "./panels.ts";

/** A query that may be empty on a healthy stack under load, and why. It must be valid all the same. */
export interface Exception {
  readonly dashboard: string;
  readonly panel: string;
  readonly why: string;
}

export const EXCEPTIONS: readonly Exception[] = [
  { dashboard: "overview", panel: "Firing alerts", why: "a healthy stack has none; the table is then empty" },
  { dashboard: "slo", panel: "Alerts on the budget", why: "a healthy stack has none; the table is then empty" },
];

/** Where the stack has no Grafana (no image of it can be had), nothing answers what is asked about it. */
export const WITHOUT_GRAFANA: readonly Exception[] = [
  { dashboard: "monitoring", panel: "Up", why: "there is no Grafana in this stack" },
  { dashboard: "monitoring", panel: "Requests to Grafana", why: "there is no Grafana in this stack" },
  { dashboard: "monitoring", panel: "Duration of Grafana's answers", why: "there is no Grafana in this stack" },
  { dashboard: "monitoring", panel: "Queries through Grafana", why: "there is no Grafana in this stack" },
];

export function exceptionOf({ dashboard, panel }: Answered, exceptions: readonly Exception[]): Exception | undefined {
  return exceptions.find((exception) => exception.dashboard === dashboard && exception.panel === panel);
}

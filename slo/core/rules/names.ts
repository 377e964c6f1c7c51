/**
 * Names of what `slo rules` records, all with the labels `service` and `objective`. They say level, what, and how it came
 * about, as Prometheus' naming practices ask (https://prometheus.io/docs/practices/rules/); where Sloth has a name for
 * the same thing, it is Sloth's (https://sloth.dev/introduction/architecture/#sli-recording-rules).
 */
export const RECORDED = {
  /** Requests a second over 5 minutes, and bad ones among them. */
  requests: "slo:requests:rate5m",
  bad: "slo:requests_bad:rate5m",
  /** Share of requests that must be good, and that may be bad. */
  target: "slo:objective:ratio",
  budget: "slo:error_budget:ratio",
  /** Share of bad requests over 5 minutes ÷ share allowed: 1 uses up the budget in just its period. */
  burnRate: "slo:current_burn_rate:ratio",
  /** Part of the period's budget that is left: 1 all of it, below 0 overdrawn. */
  remaining: "slo:period_error_budget_remaining:ratio",
  /** Seconds. */
  period: "slo:period:seconds",
} as const;

/** The share of bad requests over a window, such as `1h`. */
export function shareOver(window: string): string {
  return `slo:sli_error:ratio_rate${window}`;
}

/** Alerts, each with a runbook of its name. */
export const ALERTS = {
  burn: "SloErrorBudgetBurn",
  threshold: "SloThresholdBroken",
  noData: "SloNoData",
} as const;

export type Severity = "page" | "ticket" | "none";

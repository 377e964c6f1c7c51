export const RECORDED = {
  requests: "slo:requests:rate5m",
  bad: "slo:requests_bad:rate5m",
  target: "slo:objective:ratio",
  budget: "slo:error_budget:ratio",
  burnRate: "slo:current_burn_rate:ratio",
  remaining: "slo:period_error_budget_remaining:ratio",
} as const;

export function shareOver(window: string): string {
  return `slo:sli_error:ratio_rate${window}`;
}

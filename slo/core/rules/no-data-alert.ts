import type { Objective } from "../objective.ts";
import { annotationsOf } from "./annotations.ts";
import { type Labels, seriesOf } from "./labels.ts";
import { ALERTS, RECORDED } from "./names.ts";
import type { AlertingRule, RuleOptions } from "./rule-file.ts";
import { NO_DATA_AFTER } from "./windows.ts";

/** Nothing is not zero: an objective that nobody can measure alerts too. `watched` is what must not be absent. */
export function noDataAlert(
  { name, gating }: Objective,
  labels: Labels,
  options: RuleOptions,
  watched = seriesOf(RECORDED.bad, labels),
): AlertingRule {
  return {
    kind: "alert",
    alert: ALERTS.noData,
    expr: `absent(${watched})`,
    lasting: NO_DATA_AFTER,
    labels: { ...labels, severity: gating ? "ticket" : "none" },
    annotations: annotationsOf(ALERTS.noData, options, {
      summary: `${labels.service}: nothing tells whether ${name} is met`,
      description: `For ${NO_DATA_AFTER} Prometheus has not had the series that the objective rests on, so no alert about it can fire.`,
    }),
  };
}

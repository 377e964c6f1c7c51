import { decimalText } from "../decimal.ts";
import { formatValue } from "../format.ts";
import type { QueryObjective } from "../objective.ts";
import { annotationsOf } from "./annotations.ts";
import type { Made } from "./counted-rules.ts";
import type { Labels } from "./labels.ts";
import { ALERTS } from "./names.ts";
import { noDataAlert } from "./no-data-alert.ts";
import type { RuleOptions } from "./rule-file.ts";
import { isScalar } from "./scalar.ts";
import { THRESHOLD } from "./windows.ts";

/** Functions whose result grows with the window: a limit for a phase is no limit for five minutes. */
const COUNTS = /\b(increase|delta|changes|resets|count_over_time|sum_over_time)\s*\(/;
const PHASE = /\$phase\b/g;

/** A threshold: every series must meet the limit, in each window as long as ours, for as long as it takes to be sure. */
export function queryRules(objective: QueryObjective, labels: Labels, options: RuleOptions): Made {
  const { name, promql, op, limit, gating } = objective;
  const counting = COUNTS.exec(promql)?.[1];
  if (promql.search(PHASE) !== -1 && counting !== undefined) {
    const reason = `${counting}() over a phase grows with the phase, so its limit holds for no other window`;
    return { kind: "none", reason };
  }
  const { window, lasting } = THRESHOLD;
  const query = closed(promql.replaceAll(PHASE, window.text).trim());
  if (isScalar(query)) {
    const reason =
      "it yields a scalar, which is there even where nothing is: leave out scalar(), and it can be an alert";
    return { kind: "none", reason };
  }
  const [sign, text] = op === "atMost" ? [">", "at most"] : ["<", "at least"];
  const severity = gating ? "ticket" : "none";
  return {
    kind: "rules",
    rules: [
      {
        kind: "alert",
        alert: ALERTS.threshold,
        expr: `(${query}) ${sign} ${decimalText(limit)}`,
        lasting,
        labels: { ...labels, severity },
        annotations: annotationsOf(ALERTS.threshold, options, {
          summary: `${labels.service}: ${name} is {{ $value | humanize }}, not ${text} ${formatValue(limit, "number")}`,
          description: `Its query has been beyond its limit for ${lasting}.`,
        }),
      },
      noDataAlert(objective, labels, options, query),
    ],
    notes: [`query · each series ${text} ${formatValue(limit, "number")}, over ${window.text} in place of a phase`],
  };
}

/** What follows a comment on the same line would be part of it. */
function closed(query: string): string {
  return query.includes("#") ? `${query}\n` : query;
}

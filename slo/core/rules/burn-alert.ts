import { decimalText } from "../decimal.ts";
import { formatDuration, formatShare } from "../format.ts";
import type { LatencyObjective, RatioObjective } from "../objective.ts";
import { annotationsOf } from "./annotations.ts";
import type { Counting } from "./counting.ts";
import { type Labels, seriesOf } from "./labels.ts";
import { ALERTS, RECORDED, shareOver } from "./names.ts";
import type { AlertingRule, RuleOptions } from "./rule-file.ts";
import {
  type BurnWindow,
  burnRate,
  EVERY,
  MORE_THAN_ONE,
  periodOf,
  SHORTEST,
  type Span,
  threshold,
} from "./windows.ts";

interface BurnContext {
  readonly counting: Counting;
  readonly labels: Labels;
  readonly options: RuleOptions;
}

/**
 * Fires where both windows burn the budget too fast, the short one holds enough requests to speak of a share, and the long
 * one more than a single bad request.
 */
export function burnAlert(
  window: BurnWindow,
  { name, gating }: LatencyObjective | RatioObjective,
  { counting: { allowed, badness }, labels, options }: BurnContext,
): AlertingRule {
  const { short, long, severity } = window;
  const { days, leastRequests } = options;
  const rate = decimalText(burnRate(window, days));
  const limit = `${rate} * ${decimalText(allowed)}`;
  const share = formatShare(threshold(window, days, allowed), 4);
  const gone = lengthText(periodOf(days).seconds / burnRate(window, days));
  const pace = rate === "1" ? "faster than it may" : `${rate} times too fast`;
  return {
    kind: "alert",
    alert: ALERTS.burn,
    expr: [
      `${seriesOf(shareOver(short.text), labels)} > ${limit}`,
      `${seriesOf(shareOver(long.text), labels)} > ${limit}`,
      `${countIn(RECORDED.requests, short, labels)} >= ${decimalText(leastRequests)}`,
      `${countIn(RECORDED.bad, long, labels)} > ${decimalText(MORE_THAN_ONE)}`,
    ].join("\nand\n"),
    lasting: null,
    // An advisory objective never decides anything, so it wakes nobody.
    labels: { ...labels, severity: gating ? severity : "none", window: long.text },
    annotations: annotationsOf(ALERTS.burn, options, {
      summary: `${labels.service}: ${name} burns its error budget ${pace}`,
      description: `{{ $value | humanizePercentage }} of requests ${badness} over the last ${short.text}, and over ${long.text} more than ${share}; ${formatShare(allowed, 6)} may. At such a pace the budget of ${days} days is gone in ${gone}.`,
    }),
  };
}

/** How many a window held that anybody saw: a mean times the window would make many of one just after the first start. */
function countIn(metric: string, { text, seconds }: Span, labels: Labels): string {
  const rate = seriesOf(metric, labels);
  return text === SHORTEST.text ? `${rate} * ${seconds}` : `sum_over_time(${rate}[${text}]) * ${EVERY.seconds}`;
}

function lengthText(seconds: number): string {
  const days = seconds / 86_400;
  return days < 3 ? formatDuration(seconds) : `${decimalText(Number(days.toPrecision(3)))} days`;
}

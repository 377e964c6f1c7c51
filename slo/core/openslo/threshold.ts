import { decimalText } from "../decimal.ts";
import type { QueryPart } from "../file/indicators/query.ts";
import type { Found, Range, Reader } from "../file/kind.ts";
import { type Masked, readQuery } from "../file/values/promql.ts";
import type { Metric } from "./metric.ts";
import { targetOf } from "./ratio.ts";
import type { Operator, SloObjective } from "./shape.ts";
import { maskWindow, phaseForWindow } from "./window.ts";

const SYMBOLS: Readonly<Record<Operator, string>> = { lte: "<=", lt: "<", gte: ">=", gt: ">" };

/**
 * A threshold metric as a query of ours. One over the window gives one value a phase, which must meet the limit. Any
 * other is looked at each second of the phase, and `target` is the share of those points that must meet it, as OpenSLO's
 * Occurrences count them. Ours compares only "at most" and "at least": `lt` and `gt` are PromQL's own comparison.
 */
export function readThreshold(
  { value: { query }, at }: Found<Metric>,
  objective: SloObjective,
  reader: Reader,
): QueryPart | undefined {
  const target = targetOf(objective);
  const { op, value } = needThreshold(objective, at, reader);
  const masked = maskWindow(query.text);
  const read = readQuery(atPoints(masked), query, reader);
  if (read.kind === "refused") reader.report("error", read.at ?? query.at, read);
  if (read.kind === "refused" || op === undefined || value === undefined || target === undefined) return undefined;
  const promql = phaseForWindow(query.text);
  // A comment in its last line would hide what follows.
  const whole = promql.includes("#") ? `${promql.trim()}\n` : promql.trim();
  const comparison = `(${whole}) ${SYMBOLS[op.value]} bool ${decimalText(value.value)}`;
  if (!masked.phased) {
    reportDoubts(query.text, query.at, reader);
    return atLeast(`avg_over_time((${comparison})[$phase:1s])`, target.value);
  }
  switch (op.value) {
    case "lte":
      return { indicator: "query", promql, op: "atMost", limit: value.value };
    case "gte":
      return atLeast(promql, value.value);
    case "lt":
    case "gt":
      return atLeast(comparison, 1);
  }
}

const atLeast = (promql: string, limit: number): QueryPart => ({ indicator: "query", promql, op: "atLeast", limit });

/** What is looked at each second is no query of one moment. */
const atPoints = ({ text }: Masked): Masked => ({ text, phased: true });

function needThreshold({ op, value }: SloObjective, at: Range, reader: Reader) {
  for (const [key, found, example] of [
    ["op", op, "lte"],
    ["value", value, "0.3"],
  ] as const) {
    if (found !== undefined) continue;
    const message = `the objective of a \`thresholdMetric\` needs \`${key}\``;
    reader.report("error", at, { code: "missing-key", message, hint: `add to it, for example, ${key}: ${example}` });
  }
  return { op, value };
}

function reportDoubts(text: string, at: Range, reader: Reader): void {
  if (/\bhistogram_quantile\s*\(/.test(text)) {
    const hint =
      'say it as a ratioMetric: good is metric_bucket{le="0.3"}, total is metric_count, and target 0.99 is the percentile';
    const message = "a quantile at points in time proves nothing of a phase's requests";
    reader.report("warning", at, { code: "openslo-quantile", message, hint });
    return;
  }
  const range = /\[\s*\d[^\]$:]*\]/.exec(text)?.[0];
  if (range === undefined) return;
  const message = `each point looks back over \`${range}\`, the phase's first ones beyond its start`;
  reader.report("warning", at, { code: "openslo-range", message, hint: "write [{{.window}}] for the phase itself" });
}

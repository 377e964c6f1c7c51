import { complement, decimalText, shifted } from "../decimal.ts";
import { type LatencyPart, latencyPart } from "../file/indicators/latency.ts";
import { type RatioPart, ratioPart } from "../file/indicators/ratio.ts";
import type { Found, Reader } from "../file/kind.ts";
import type { Matcher, Selector } from "../objective.ts";
import { selectorText } from "../selector-text.ts";
import { type Counted, counted } from "./counted.ts";
import type { RatioMetric, SloObjective } from "./shape.ts";

/** A ratio metric with its target as ours: a latency where it counts a histogram's bucket, else a ratio. */
export function readRatio(
  { value: metric }: Found<RatioMetric>,
  objective: SloObjective,
  reader: Reader,
): LatencyPart | RatioPart | undefined {
  const usable = refuseThreshold(objective, reader);
  const part = metric.good ?? metric.bad;
  const read = part === undefined ? undefined : counted(part.value, reader);
  const total = counted(metric.total.value, reader);
  const target = targetOf(objective);
  if (!usable || read === undefined || total === undefined || target === undefined) return undefined;
  if (![read, total].every((one) => isCounter(one, metric, reader))) return undefined;
  const kind = metric.good === undefined ? "bad" : "good";
  const all = { value: total.value.selector, at: total.at };
  const bucket = kind === "good" ? bucketOf(read.value.selector, all.value) : undefined;
  const percentile = Number(shifted(decimalText(target.value), 2));
  if (bucket !== undefined && percentile > 1) {
    return latencyPart(bucket.histogram, { value: percentile, at: target.at }, bucket.atMost, reader);
  }
  const share = { share: kind === "good" ? target.value : complement(target.value), percent: true };
  const limit = { op: kind === "good" ? "atLeast" : "atMost", found: { value: share, at: target.at } } as const;
  return ratioPart({ kind, found: { value: read.value.selector, at: read.at } }, all, limit, reader);
}

/** The share that must be good, 0 to below 1. */
export function targetOf({ target, targetPercent }: SloObjective): Found<number> | undefined {
  if (targetPercent === undefined) return target;
  return { value: Number(shifted(decimalText(targetPercent.value), -2)), at: targetPercent.at };
}

function refuseThreshold({ op, value }: SloObjective, reader: Reader): boolean {
  for (const [key, found] of Object.entries({ op, value })) {
    if (found === undefined) continue;
    const message = `\`${key}\` has no place where the indicator is a ratio: its target says all`;
    reader.report("error", found.at, { code: "openslo-threshold", message, hint: `remove \`${key}\`` });
  }
  return op === undefined && value === undefined;
}

/** Counts must be counters'; a name or a rate says so as well as `counter: true` does. */
function isCounter({ value, at }: Found<Counted>, { counter }: RatioMetric, reader: Reader): boolean {
  const named = /_(?:total|count|sum|bucket)$/.test(value.selector.metric);
  if (value.rated || counter?.value === true || (counter === undefined && named)) return true;
  const hint = "write `counter: true` if it only ever rises; else give its ratio as a thresholdMetric";
  reader.report("error", counter?.at ?? at, { code: "openslo-counter", message: "only counters can be counted", hint });
  return false;
}

interface Bucket {
  readonly histogram: Selector;
  /** Seconds. */
  readonly atMost: number;
}

/** `X_bucket{…,le="0.3"}` of `X_count{…}`: how the field says "takes at most 0.3 s". */
function bucketOf(good: Selector, total: Selector): Bucket | undefined {
  const metric = /^(.+)_bucket$/.exec(good.metric)?.[1];
  if (metric === undefined || total.metric !== `${metric}_count` || /_(?:bucket|sum|count)$/.test(metric))
    return undefined;
  const [le, ...more] = good.matchers.filter(({ label }) => label === "le");
  const atMost = le === undefined || more.length > 0 ? undefined : edgeOf(le);
  const others = good.matchers.filter(({ label }) => label !== "le");
  const histogram = { metric, matchers: total.matchers };
  const same = selectorText({ metric, matchers: others }) === selectorText(histogram);
  return atMost === undefined || !same ? undefined : { histogram, atMost };
}

/** The one edge that a matcher of `le` selects, in whatever ways it is written: `le="0.3"`, `le=~"1|1\\.0"`. */
function edgeOf({ op, value }: Matcher): number | undefined {
  if (op !== "=" && op !== "=~") return undefined;
  const texts = op === "=" ? [value] : value.replaceAll("\\.", ".").replaceAll("\\+", "+").split("|");
  const numbers = texts.map((text) => (/^\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN));
  const [first = Number.NaN] = numbers;
  return first > 0 && Number.isFinite(first) && numbers.every((one) => one === first) ? first : undefined;
}

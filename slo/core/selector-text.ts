import type { Matcher, Selector } from "./objective.ts";
import { encodePromqlString } from "./promql-string.ts";
import { formatSelector } from "./selector.ts";

function key(matcher: Matcher): string {
  return `${matcher.label}${matcher.op}${encodePromqlString(matcher.value)}`;
}

function distinct(matchers: readonly Matcher[]): readonly Matcher[] {
  return [...new Map(matchers.map((matcher) => [key(matcher), matcher])).values()];
}

/** Canonical PromQL of a selector: matchers sorted, none twice; equal selectors have equal texts. */
export function selectorText(selector: Selector): string {
  const matchers = distinct(selector.matchers).toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  return formatSelector({ metric: selector.metric, matchers });
}

/** Matchers that stand in every one of the lists. */
export function sharedMatchers(lists: readonly (readonly Matcher[])[]): readonly Matcher[] {
  const [first = [], ...others] = lists;
  const known = others.map((list) => new Set(list.map(key)));
  return distinct(first).filter((matcher) => known.every((keys) => keys.has(key(matcher))));
}

/** The selector with only those matchers that `other` has as well. */
export function loosened(selector: Selector, other: Selector): Selector {
  return { metric: selector.metric, matchers: sharedMatchers([selector.matchers, other.matchers]) };
}

/** Matchers on what every target has: its job and instance. */
export function targetMatchers(selector: Selector): readonly Matcher[] {
  return selector.matchers.filter((matcher) => matcher.label === "job" || matcher.label === "instance");
}

/** A histogram's buckets: its base name with `_bucket`. */
export function bucketsOf(histogram: Selector): Selector {
  return { metric: `${histogram.metric}_bucket`, matchers: histogram.matchers };
}

/** The native histogram whose count a counter `…_count` is; null where it is none. */
export function nativeOfCount({ metric, matchers }: Selector): Selector | null {
  const base = metric.endsWith("_count") ? metric.slice(0, -"_count".length) : "";
  return base === "" ? null : { metric: base, matchers };
}

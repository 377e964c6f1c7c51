import type { Matcher, Selector } from "./objective.ts";
import { encodePromqlString } from "./promql-string.ts";
import { formatSelector } from "./selector.ts";

function key(matcher: Matcher): string {
  return `${matcher.label}${matcher.op}${encodePromqlString(matcher.value)}`;
}

function distinct(matchers: readonly Matcher[]): readonly Matcher[] {
  return [...new Map(matchers.map((matcher) => [key(matcher), matcher])).values()];
}

function canonical({ metric, matchers: all }: Selector): string {
  const byKey = new Map(all.map((matcher) => [key(matcher), matcher]));
  const matchers = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, matcher]) => matcher);
  return formatSelector({ metric, matchers });
}

/** A thousand objectives are planned, reduced and judged by the texts of their selectors. */
const texts = new WeakMap<Selector, string>();

/** Canonical PromQL of a selector: matchers sorted, none twice; equal selectors have equal texts. */
export function selectorText(selector: Selector): string {
  const text = texts.get(selector) ?? canonical(selector);
  texts.set(selector, text);
  return text;
}

/** Matchers that stand in every one of the lists. */
export function sharedMatchers(lists: readonly (readonly Matcher[])[]): readonly Matcher[] {
  const [first = [], ...others] = lists;
  const known = others.map((list) => new Set(list.map(key)));
  return distinct(first).filter((matcher) => known.every((keys) => keys.has(key(matcher))));
}

/** A matcher that admits these values of a label and no other. */
export function anyOf(label: string, values: readonly string[]): Matcher {
  return { label, op: "=~", value: values.map((value) => value.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|") };
}

/** With more values a selector would be longer than what it spares. */
const MOST_VALUES = 100;

/** A server compares texts, and an edge has several: `1` is stored as `1.0` (`match.ts`). */
const isEdge = ({ label, op }: Matcher) => label === "le" && op === "=";

/**
 * Matchers for a server that admit whatever one of the lists admits here, and little else: those that stand in every
 * one, and the values of a label that every list names one of.
 */
export function unitedMatchers(given: readonly (readonly Matcher[])[]): readonly Matcher[] {
  const lists = given.map((list) => list.filter((matcher) => !isEdge(matcher)));
  const shared = sharedMatchers(lists);
  const known = new Set(shared.map(({ label }) => label));
  const labels = new Set(lists[0]?.map(({ label }) => label));
  const united = [...labels].flatMap((label) => {
    const named = lists.map((list) => list.find((matcher) => matcher.label === label && matcher.op === "=")?.value);
    if (known.has(label) || !named.every((value) => value !== undefined)) return [];
    const values = [...new Set(named)];
    return values.length > MOST_VALUES ? [] : [anyOf(label, values.toSorted())];
  });
  return [...shared, ...united];
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

import { formatAmount } from "../format.ts";
import { labelTest } from "../match.ts";
import { misspelt, nearest } from "../near.ts";
import type { Matcher, Selector } from "../objective.ts";
import { nativeOfCount, selectorText, targetMatchers } from "../selector-text.ts";
import { OF_THE_SCRAPE } from "../watch.ts";
import { type Found, fine, unknown, wrong } from "./check.ts";
import type { Facts, SeenSeries } from "./facts.ts";
import type { Role } from "./subjects.ts";
import { hasScraped } from "./targets.ts";
import { listed } from "./words.ts";

/** Series of the metric at the targets that the selector names. */
export function seriesAt(selector: Selector, metric: string, { series }: Facts): readonly SeenSeries[] {
  const test = labelTest(targetMatchers(selector));
  return series.filter((one) => one.metric === metric && test(one.labels));
}

/** Why a metric is not there. `shown`: as the user writes it; `names`: what they may have meant. */
export function absentMetric(shown: string, names: readonly string[], selector: Selector, facts: Facts): Found {
  const at = targetMatchers(selector);
  const where = at.length === 0 ? "" : ` at ${at.map(({ label, op, value }) => `${label}${op}"${value}"`).join(",")}`;
  const expected = `${shown} exists${where}`;
  if (OF_THE_SCRAPE.includes(shown)) {
    const advice = "Prometheus writes it with each scrape: try again when it has scraped";
    return unknown("metric", expected, "there is no series of it", advice);
  }
  const actual = facts.declared.has(shown) ? "it is declared, without a series yet" : "there is no series of it";
  const meant = misspelt(shown, names);
  if (meant !== null && !facts.declared.has(shown)) return wrong("metric", expected, actual, `did you mean ${meant}?`);
  const near = nearest(shown, names);
  const hint = near.length === 0 ? "" : `did you mean ${near.join(" or ")}? `;
  // What Prometheus is yet to scrape may have it, unless the selector says of which target it is.
  const allSeen = hasScraped(facts) || at.length > 0;
  if (facts.complete && allSeen && !facts.declared.has(shown))
    return wrong("metric", expected, actual, `${hint}see its spelling, and what the service exports`);
  const advice = hint === "" ? "see its spelling; else it" : `${hint}Else it`;
  return unknown("metric", expected, actual, `${advice} may come with the first request`);
}

/** Series that a counter is counted by: its own, or, of a `…_count`, the native histogram's whose count it is. */
export function countedBy(selector: Selector, facts: Facts): readonly SeenSeries[] {
  const own = seriesAt(selector, selector.metric, facts);
  const native = nativeOfCount(selector);
  if (own.length > 0 || native === null) return own;
  return seriesAt(selector, native.metric, facts).filter((one) => one.native !== null);
}

export function metricFinding(selector: Selector, series: readonly SeenSeries[], facts: Facts): Found {
  if (series.length === 0) return absentMetric(selector.metric, facts.names, selector, facts);
  return fine("metric", `${selector.metric} exists`, `${formatAmount(series.length, "series", "series")} of it`);
}

function labelNames(series: readonly SeenSeries[]): readonly string[] {
  return [...new Set(series.flatMap(({ labels }) => Object.keys(labels)))].toSorted();
}

/** Names of labels that must be there: a matcher for an empty value asks for the label's absence. */
export function labelsAsked({ matchers }: Selector): readonly string[] {
  return [...new Set(matchers.filter(({ op, value }) => !(op === "=" && value === "")).map(({ label }) => label))];
}

/** Rule 6: an absent label passes `!=` and `!~` and makes `=` match nothing, which would look like health. */
export function labelsFinding(selector: Selector, series: readonly SeenSeries[]): Found {
  const { metric } = selector;
  const wanted = labelsAsked(selector);
  const known = labelNames(series);
  const lost = wanted.filter((name) => !known.includes(name));
  const expected =
    wanted.length === 0
      ? `${metric}, any of it`
      : `${metric} has the ${wanted.length === 1 ? "label" : "labels"} ${listed(wanted)}`;
  if (lost.length === 0) return fine("labels", expected, "it has");
  const near = lost.flatMap((name) => nearest(name, known).slice(0, 1));
  const advice = near.length === 0 ? "see its spelling" : `did you mean ${listed(near)}?`;
  return wrong("labels", expected, `it has no ${listed(lost)}, but ${listed(known)}`, advice);
}

function written({ label, op, value }: Matcher): string {
  return `${label}${op}"${value}"`;
}

function valuesOf(label: string, series: readonly SeenSeries[]): readonly string[] {
  return [...new Set(series.map(({ labels }) => labels[label]))].filter((value) => value !== undefined).toSorted();
}

function otherCase({ op, value: wanted }: Matcher, values: readonly string[]): string | undefined {
  return op === "=" ? values.find((value) => value.toLowerCase() === wanted.toLowerCase()) : undefined;
}

function unmet(matcher: Matcher, values: readonly string[], expected: string): Found {
  const actual = `none has ${written(matcher)}; there is ${listed(values)}`;
  const sameLetters = otherCase(matcher, values);
  if (sameLetters !== undefined)
    return wrong("values", expected, actual, `did you mean ${matcher.label}="${sameLetters}"?`);
  const [near] = matcher.op === "=" ? nearest(matcher.value, values) : [];
  const hint = near === undefined ? "see its spelling; else" : `did you mean ${matcher.label}="${near}"? Else`;
  return unknown("values", expected, actual, `${hint} it may come with the first such request`);
}

/** A bad one in other case may be its own and yet to come; misspelt, it would read as no bad request for ever. */
function noBad(culprit: Matcher | undefined, series: readonly SeenSeries[], expected: string): Found {
  const values = culprit === undefined ? [] : valuesOf(culprit.label, series);
  const sameLetters = culprit === undefined ? undefined : otherCase(culprit, values);
  if (culprit === undefined || sameLetters === undefined)
    return fine("values", expected, "none yet: zero, for as long as its total counts");
  const actual = `none has ${written(culprit)}; there is ${listed(values)}`;
  return unknown("values", expected, actual, `did you mean ${culprit.label}="${sameLetters}"? Else it counts as zero`);
}

/** Does anything match now? Bad ones need not, for as long as nothing goes wrong. */
export function valuesFinding(role: Role, selector: Selector, series: readonly SeenSeries[]): Found {
  const test = labelTest(selector.matchers);
  const matching = series.filter(({ labels }) => test(labels)).length;
  const expected = `series match ${selectorText(selector)}`;
  if (matching > 0) return fine("values", expected, `${matching} of ${series.length} do`);
  const culprit = selector.matchers.find((matcher) => {
    const alone = labelTest([matcher]);
    return !series.some(({ labels }) => alone(labels));
  });
  if (role === "bad") return noBad(culprit, series, expected);
  if (culprit !== undefined) return unmet(culprit, valuesOf(culprit.label, series), expected);
  const advice = "see whether they exclude each other; else it may come with the first such request";
  return unknown("values", expected, "each matcher alone matches, together they match none", advice);
}

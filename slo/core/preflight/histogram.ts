import { parseEdge } from "../edge.ts";
import { edgeAdvice, type Neighbours } from "../edge-advice.ts";
import { formatAmount, formatBeside, formatLimit } from "../format.ts";
import { labelTest } from "../match.ts";
import { commonEdges } from "../native.ts";
import type { NativeLayout } from "../native-sample.ts";
import type { LatencyObjective, Selector } from "../objective.ts";
import { edgesAround } from "../quantile.ts";
import { bucketsOf } from "../selector-text.ts";
import { type Found, fine, hopeless, unknown, wrong } from "./check.ts";
import type { Facts, SeenSeries } from "./facts.ts";
import { absentMetric, seriesAt } from "./selectors.ts";

/** What stands behind a histogram's base name. */
export interface HistogramForms {
  readonly kind: "classic" | "native" | "both";
  readonly series: readonly SeenSeries[];
}

export type Form = HistogramForms | { readonly kind: "none"; readonly found: Found };

const BUCKET = /_bucket$/;

function notOne(selector: Selector, actual: string, advice: string): Form {
  return { kind: "none", found: wrong("histogram", `${selector.metric} is a histogram`, actual, advice) };
}

/** Rule 3 counts buckets: a summary's quantiles, a counter or a gauge have none. */
export function formOf(selector: Selector, facts: Facts): Form {
  const { metric } = selector;
  const buckets = seriesAt(selector, bucketsOf(selector).metric, facts);
  const plain = seriesAt(selector, metric, facts);
  const natives = plain.filter(({ native }) => native !== null);
  if (buckets.length > 0 && natives.length > 0) return { kind: "both", series: [...buckets, ...natives] };
  if (buckets.length > 0) return { kind: "classic", series: buckets };
  if (natives.length > 0) return { kind: "native", series: natives };
  if (plain.some(({ labels }) => labels.quantile !== undefined)) {
    const advice = "its quantiles were made inside the service and cannot be judged: export a histogram instead";
    return notOne(selector, "it is a summary", advice);
  }
  if (plain.length > 0) {
    return notOne(selector, "it is a counter or a gauge, without buckets", "name a histogram of durations in seconds");
  }
  if (seriesAt(selector, `${metric}_count`, facts).length > 0) {
    const advice = "let the service export them (Micrometer: percentiles-histogram), or judge a histogram";
    return notOne(selector, `there are ${metric}_count and no buckets`, advice);
  }
  const bases = facts.names.flatMap((name) => (BUCKET.test(name) ? [name.replace(BUCKET, "")] : []));
  const found = absentMetric(metric, bases, selector, facts);
  return { kind: "none", found: { ...found, check: "histogram" } };
}

export function histogramFinding({ kind, series }: HistogramForms, { metric }: Selector): Found {
  const forms = kind === "both" ? "classic and native" : kind;
  const what = kind === "classic" ? "series of buckets" : "series";
  return fine("histogram", `${metric} is a histogram`, `${forms}, ${formatAmount(series.length, what, what)}`);
}

function labelSet({ labels }: SeenSeries): string {
  const { le: _, ...rest } = labels;
  return JSON.stringify(Object.entries(rest).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function layoutsOf(series: readonly SeenSeries[]): readonly NativeLayout[] {
  return series.map(({ native }) => native).filter((one) => one !== null);
}

/** Finite edges of a label set in its forms, rising: both at once are exact at the edges of either. */
function edgesOf(group: readonly SeenSeries[]): readonly number[] {
  return [...group.map(({ labels }) => parseEdge(labels.le)), ...commonEdges(layoutsOf(group))]
    .filter((edge) => Number.isFinite(edge))
    .toSorted((a, b) => a - b);
}

interface Around extends Neighbours {
  readonly exact: boolean;
}

function around(edges: readonly number[], limit: number): Around {
  const { below, above } = edgesAround(edges, limit);
  return { lower: edges[below], upper: edges[above], exact: below === above };
}

function nearText({ lower, upper }: Neighbours, limit: number): string {
  const below = lower === undefined ? "none below" : formatBeside(lower, limit, "s");
  return `the nearest are ${below} and ${upper === undefined ? "none above" : formatBeside(upper, limit, "s")}`;
}

/** Without an edge at the limit the one below can still prove a pass, the one above a breach. */
function stillProven({ lower, upper }: Neighbours, limit: number): string {
  const breach =
    upper === undefined ? "a breach is never proven" : `a breach only by ${formatBeside(upper, limit, "s")}`;
  return lower === undefined
    ? "without it each request there may count as too slow"
    : `without it a pass is proven only by ${formatBeside(lower, limit, "s")}, ${breach}, and between them it is inconclusive`;
}

function classicEdge(groups: readonly (readonly SeenSeries[])[], limit: number, expected: string): Found {
  const sets = groups.map((group) => around(edgesOf(group), limit));
  const open = sets.filter(({ exact }) => !exact);
  const [worst] = open.toSorted((a, b) => (a.lower ?? -1) - (b.lower ?? -1));
  if (worst === undefined) return fine("edge", expected, "there is one");
  const some = open.length === sets.length ? "" : ` in ${open.length} of ${formatAmount(sets.length, "label set")}`;
  const actual = `there is none${some}: ${nearText(worst, limit)}`;
  const edge = edgeAdvice("classic", worst, limit);
  return sets.every(({ lower }) => lower === undefined)
    ? hopeless("edge", expected, actual, `${edge}: without it nothing can pass`)
    : unknown("edge", expected, actual, `${edge}: ${stillProven(worst, limit)}`);
}

/** A native histogram shows only buckets that hold something: where nothing fell, its edges are not known. */
function nativeEdge(series: readonly SeenSeries[], limit: number, expected: string): Found {
  const layouts = layoutsOf(series);
  const near = around(commonEdges(layouts), limit);
  if (near.exact) return fine("edge", expected, "there is one");
  const spanned = layouts.flat().some(({ lower, upper }) => lower < limit && limit < upper);
  if (spanned)
    return unknown("edge", expected, `a bucket spans it: ${nearText(near, limit)}`, edgeAdvice("native", near, limit));
  return unknown("edge", expected, "no bucket next to it holds anything yet", "what the load brings will tell");
}

/** Rule 3: an edge at the limit answers exactly. */
export function edgeFinding({ atMost, histogram }: LatencyObjective, form: HistogramForms): Found {
  const expected = `an edge at ${formatLimit(atMost, "s")}`;
  const test = labelTest(histogram.matchers);
  const matching = form.series.filter(({ labels }) => test(labels));
  const sets = [...Map.groupBy(matching.length > 0 ? matching : form.series, labelSet).values()];
  const classic = sets.filter((group) => group.some(({ native }) => native === null));
  const native = sets.filter((group) => !classic.includes(group));
  const ofClassic = classicEdge(classic, atMost, expected);
  return native.length === 0 || ofClassic.verdict !== "ok" ? ofClassic : nativeEdge(native.flat(), atMost, expected);
}

import { formatAmount, formatDuration } from "../format.ts";
import { parseEdge } from "../histogram.ts";
import { labelTest } from "../match.ts";
import type { LatencyObjective, Selector } from "../objective.ts";
import { edgesAround } from "../quantile.ts";
import { bucketsOf } from "../selector-text.ts";
import { type Found, fine, hopeless, unknown, wrong } from "./check.ts";
import type { Facts, SeenSeries } from "./facts.ts";
import { absentMetric, seriesAt } from "./selectors.ts";

/** What stands behind a histogram's base name. */
export type Form =
  | { readonly kind: "classic"; readonly buckets: readonly SeenSeries[] }
  | { readonly kind: "native"; readonly series: readonly SeenSeries[] }
  | { readonly kind: "none"; readonly found: Found };

const BUCKET = /_bucket$/;

function notOne(selector: Selector, actual: string, advice: string): Form {
  return { kind: "none", found: wrong("histogram", `${selector.metric} is a histogram`, actual, advice) };
}

/** Rule 3 counts buckets: a summary's quantiles, a counter or a gauge have none. */
export function formOf(selector: Selector, facts: Facts): Form {
  const { metric } = selector;
  const buckets = seriesAt(selector, bucketsOf(selector).metric, facts);
  if (buckets.length > 0) return { kind: "classic", buckets };
  const plain = seriesAt(selector, metric, facts);
  if (plain.some(({ native }) => native)) return { kind: "native", series: plain };
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

export function histogramFinding(form: Exclude<Form, { kind: "none" }>, { metric }: Selector): Found {
  const expected = `${metric} is a histogram`;
  switch (form.kind) {
    case "classic":
      return fine(
        "histogram",
        expected,
        `classic, ${formatAmount(form.buckets.length, "series", "series")} of buckets`,
      );
    case "native":
      return fine("histogram", expected, `native, ${formatAmount(form.series.length, "series", "series")}`);
    default: {
      const never: never = form;
      return never;
    }
  }
}

function labelSet({ labels }: SeenSeries): string {
  const { le: _, ...rest } = labels;
  return JSON.stringify(Object.entries(rest).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Finite edges of each label set, rising. */
function edgesOf(buckets: readonly SeenSeries[]): readonly (readonly number[])[] {
  return [...Map.groupBy(buckets, labelSet).values()].map((group) =>
    group
      .map(({ labels }) => parseEdge(labels.le))
      .filter((edge) => Number.isFinite(edge))
      .toSorted((a, b) => a - b),
  );
}

/** Rule 3: an edge at the limit answers exactly; the one below can still prove a pass, the one above a breach. */
export function edgeFinding(objective: LatencyObjective, buckets: readonly SeenSeries[]): Found {
  const { atMost, histogram } = objective;
  const test = labelTest(histogram.matchers);
  const matching = buckets.filter(({ labels }) => test(labels));
  const expected = `an edge at ${formatDuration(atMost)}`;
  const sets = edgesOf(matching.length > 0 ? matching : buckets);
  const around = sets.map((edges) => ({ edges, ...edgesAround(edges, atMost) }));
  const open = around.filter(({ below, above }) => below !== above);
  const [worst] = open.toSorted((a, b) => a.below - b.below);
  if (worst === undefined) return fine("edge", expected, "there is one");
  const [lower, upper] = [worst.edges[worst.below], worst.edges[worst.above]];
  const some = open.length === around.length ? "" : ` in ${open.length} of ${formatAmount(around.length, "label set")}`;
  const near = `the nearest are ${lower === undefined ? "none below" : formatDuration(lower)} and ${upper === undefined ? "none above" : formatDuration(upper)}`;
  const actual = `there is none${some}: ${near}`;
  if (lower === undefined)
    return hopeless("edge", expected, actual, `add the edge ${atMost}: without it nothing can pass`);
  const breach = upper === undefined ? "a breach is never proven" : `a breach only by ${formatDuration(upper)}`;
  const advice = `add the edge ${atMost}: without it a pass is proven only by ${formatDuration(lower)}, ${breach}, and between them it is inconclusive`;
  return unknown("edge", expected, actual, advice);
}

import { type Answers, indexed } from "./answers.ts";
import { targetKey, toMs } from "./clock.ts";
import type { RawSeries } from "./fetched.ts";
import { itemAt } from "./item-at.ts";
import type { Selector } from "./objective.ts";
import { bucketsOf, nativeOfCount, selectorText } from "./selector-text.ts";

/** The answers with a histogram's native series among its buckets: one histogram, in whatever form it stands there. */
export function withHistogram(answers: Answers, histogram: Selector): Answers {
  const native = answers.histogramsOf(histogram.metric);
  if (native.length === 0) return answers;
  const { metric } = bucketsOf(histogram);
  const all = [...answers.seriesOf(metric), ...native];
  return { ...answers, ...indexed((name) => (name === metric ? all : answers.seriesOf(name))) };
}

/** The native histograms' counts as the counter that a classic one has, at scrapes that brought no such counter. */
function countsOf(answers: Answers, selector: Selector): readonly RawSeries[] {
  const native = nativeOfCount(selector);
  if (native === null) return [];
  const known = Map.groupBy(answers.seriesOf(selector.metric), ({ labels }) => targetKey(labels));
  return answers.histogramsOf(native.metric).flatMap(({ labels, times, values }) => {
    const beside = new Set(known.get(targetKey(labels))?.flatMap((one) => one.times.map(toMs)));
    const kept = times.flatMap((time, index) => (beside.has(toMs(time)) ? [] : [index]));
    if (kept.length === 0) return [];
    return {
      labels: { ...labels, __name__: selector.metric },
      times: kept.map((index) => itemAt(times, index)),
      values: kept.map((index) => itemAt(values, index)),
    };
  });
}

/** The answers with native histograms' counts among the counters `…_count` that these selectors name. */
export function withCounts(answers: Answers, selectors: readonly Selector[]): Answers {
  const counts = new Map(selectors.map((selector) => [selector.metric, countsOf(answers, selector)]));
  if ([...counts.values()].every((series) => series.length === 0)) return answers;
  return { ...answers, ...indexed((name) => [...answers.seriesOf(name), ...(counts.get(name) ?? [])]) };
}

/** What to paste into Prometheus to see what `withCounts` read. */
export function counterQueries(answers: Answers, selector: Selector): readonly string[] {
  const native = nativeOfCount(selector);
  const plain = selectorText(selector);
  if (native === null || countsOf(answers, selector).length === 0) return [plain];
  const count = `histogram_count(${selectorText(native)})`;
  return answers.seriesOf(selector.metric).length === 0 ? [count] : [plain, count];
}

import type { RawSeries } from "./fetched.ts";
import { itemAt } from "./item-at.ts";

function rising(times: readonly number[]): boolean {
  return times.every((time, index) => index === 0 || time >= itemAt(times, index - 1));
}

/** The series with its samples in the order of time: that is how Prometheus answers, and nobody has to rely on it. */
export function inOrder(series: RawSeries): RawSeries {
  const { times, values, histograms } = series;
  if (rising(times)) return series;
  const order = times.map((_, index) => index).toSorted((a, b) => itemAt(times, a) - itemAt(times, b));
  const ordered = <Item>(items: readonly Item[]) =>
    order.flatMap((index): readonly Item[] => items.slice(index, index + 1));
  return {
    ...series,
    times: ordered(times),
    values: ordered(values),
    ...(histograms === undefined ? {} : { histograms: ordered(histograms) }),
  };
}

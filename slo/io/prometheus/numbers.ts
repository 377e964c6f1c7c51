import type { RawSeries } from "../../core/fetched.ts";
import { PrometheusFault } from "./fault.ts";

/** The result of a `query` objective, which a limit can be held against. Throws a PrometheusFault for histograms. */
export function numbersOnly(series: readonly RawSeries[]): readonly RawSeries[] {
  if (series.every(({ histograms }) => histograms === undefined)) return series;
  throw new PrometheusFault(
    "bad-query",
    "the result is a native histogram; let the query make a number of it (histogram_quantile, …)",
  );
}

import { type RawSeries, sliceSeries } from "../../core/fetched.ts";
import type { PrometheusClient } from "./client.ts";
import { inParts, narrowed } from "./parts.ts";

export type Ask = PrometheusClient["query"];

/** Whole milliseconds, both included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Milliseconds: seconds of our time as doubles are that far off at the most, and a whole millisecond must stay one. */
const FUZZ = 0.001;

/** The least span that a range of seconds fills. */
export function spanOf({ from, to }: { readonly from: number; readonly to: number }): Span {
  return { from: Math.floor(from * 1000 + FUZZ), to: Math.ceil(to * 1000 - FUZZ) };
}

/** Milliseconds: parts shorter than most scrape intervals hold a sample a series or none, which no cut makes fewer. */
const SHORTEST = 1000;

/** Every sample of the selector's series in the span, in as many parts as it takes. Rejects with PrometheusFault. */
export async function readRaw(ask: Ask, selector: string, span: Span): Promise<RawSeries[]> {
  return await inParts({ first: span.from, last: span.to, least: SHORTEST }, async ({ first, last, matchers }) => {
    // Ranges are left-open since Prometheus 3 and closed before: ask for a millisecond more, and cut it off again.
    const range = `${narrowed(selector, matchers)}[${Math.max(1, last - first + 1)}ms]`;
    const { series } = await ask(range, last / 1000);
    return series.flatMap((one) => within(one, first));
  });
}

function within(series: RawSeries, from: number): RawSeries[] {
  const first = series.times.findIndex((time) => Math.round(time * 1000) >= from);
  if (first === -1) return [];
  return first === 0 ? [series] : [sliceSeries(series, first)];
}

import type { LatencyObjective, Selector } from "../../objective.ts";
import { OF_AN_INDICATOR } from "../elsewhere.ts";
import { type Found, type Kind, type Reader, refine } from "../kind.ts";
import { object, required } from "../object.ts";
import { duration } from "../values/duration.ts";
import { percentile } from "../values/percentile.ts";
import { histogram } from "../values/selector.ts";

export type LatencyPart = Pick<LatencyObjective, "indicator" | "histogram" | "percentile" | "atMost">;

/** Requests beyond which a percentile can hardly be proven in a load test. */
const MANY = 1_000_000;

const keys = object(
  "`latency`",
  {
    histogram: required(
      histogram,
      "'http_request_duration_seconds{job=\"api\"}'",
      "Selector of a histogram in seconds by its base name, without _bucket and without le.",
    ),
    percentile: required(percentile, "99", "Per cent of requests that must meet the limit, such as 99 or 99.9."),
    atMost: required(duration, "300ms", "The limit, a time with its unit: us, ms, s, m or h."),
  },
  [],
  OF_AN_INDICATOR,
);

/** At least `percentile` per cent of requests take at most `atMost`. */
export const latency: Kind<LatencyPart> = refine(keys, ({ value: { histogram, percentile, atMost } }, reader) =>
  latencyPart(histogram.value, percentile, atMost.value, reader),
);

/** A latency of what was read (`percentile` in per cent, `atMost` in seconds), with a warning where it is hard to prove. */
export function latencyPart(
  histogram: Selector,
  { value: percentile, at }: Found<number>,
  atMost: number,
  reader: Reader,
): LatencyPart {
  const needed = Math.ceil(Math.log(0.05) / Math.log(percentile / 100));
  if (needed > MANY) {
    const message = `proving this percentile takes ${needed} requests at least, none of them slow`;
    reader.report("warning", at, { code: "percentile-high", message, hint: "99 or 99.9 can be proven" });
  }
  return { indicator: "latency", histogram, percentile, atMost };
}

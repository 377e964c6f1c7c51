import type { LatencyObjective } from "../../objective.ts";
import { type Kind, refine } from "../kind.ts";
import { object, required } from "../object.ts";
import { duration } from "../values/duration.ts";
import { percentile } from "../values/percentile.ts";
import { histogram } from "../values/selector.ts";

export type LatencyPart = Pick<LatencyObjective, "indicator" | "histogram" | "percentile" | "atMost">;

/** Requests beyond which a percentile can hardly be proven in a load test. */
const MANY = 1_000_000;

const keys = object("`latency`", {
  histogram: required(
    histogram,
    "'http_request_duration_seconds{job=\"api\"}'",
    "Selector of a histogram in seconds by its base name, without _bucket and without le.",
  ),
  percentile: required(percentile, "99", "Per cent of requests that must meet the limit, such as 99 or 99.9."),
  atMost: required(duration, "300ms", "The limit, a time with its unit: us, ms, s, m or h."),
});

/** At least `percentile` per cent of requests take at most `atMost`. */
export const latency: Kind<LatencyPart> = refine(keys, ({ value }, reader) => {
  const needed = Math.ceil(Math.log(0.05) / Math.log(value.percentile.value / 100));
  if (needed > MANY) {
    const message = `proving this percentile takes ${needed} requests at least, none of them slow`;
    reader.report("warning", value.percentile.at, {
      code: "percentile-high",
      message,
      hint: "99 or 99.9 can be proven",
    });
  }
  return {
    indicator: "latency",
    histogram: value.histogram.value,
    percentile: value.percentile.value,
    atMost: value.atMost.value,
  };
});

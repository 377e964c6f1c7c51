import type { LatencyObjective, ObjectivesFile, QueryObjective, RatioObjective } from "../../../slo/core/objective.ts";
import { formatSelector } from "../../../slo/core/selector.ts";
import { bucketsOf } from "../../../slo/core/selector-text.ts";

/** Per second, over the shortest window that still holds four scrapes. */
export const rate = (selector: string): string => `rate(${selector}[$__rate_interval])`;

export const sumBy = (labels: string, inner: string): string =>
  labels === "" ? `sum(${inner})` : `sum by (${labels}) (${inner})`;

/** A quantile of a classic histogram's buckets, over all series together: quantiles themselves never add up. */
export const quantile = (q: number, buckets: string, by = ""): string =>
  `histogram_quantile(${q}, ${sumBy(by === "" ? "le" : `le, ${by}`, rate(buckets))})`;

/** A quotient that is 0 where nothing happened yet, and absent only where the whole is. */
export const share = (part: string, whole: string): string => `(${part} or ${whole} * 0) / (${whole} > 0)`;

export const latencies = ({ objectives }: ObjectivesFile): readonly LatencyObjective[] =>
  objectives.filter((objective) => objective.indicator === "latency");

export const ratios = ({ objectives }: ObjectivesFile): readonly RatioObjective[] =>
  objectives.filter((objective) => objective.indicator === "ratio");

export const thresholds = ({ objectives }: ObjectivesFile): readonly QueryObjective[] =>
  objectives.filter((objective) => objective.indicator === "query");

/** The quantile that a latency objective promises, of now. */
export const promised = ({ histogram, percentile }: LatencyObjective): string =>
  quantile(Number((percentile / 100).toFixed(6)), formatSelector(bucketsOf(histogram)));

/** The API's replicas. */
export const API = 'job="api"';

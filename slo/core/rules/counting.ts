import { complement, decimalText, shifted } from "../decimal.ts";
import { edgeMatcher } from "../edge-matcher.ts";
import { formatLimit } from "../format.ts";
import type { LatencyObjective, RatioObjective, Selector } from "../objective.ts";
import { formatSelector } from "../selector.ts";
import { unreachable } from "../unreachable.ts";
import { SHORTEST } from "./windows.ts";

/** An objective that counts requests, as PromQL: of how many, how many are bad, and what share of them may be. */
export interface Counting {
  /** Share (0..1) of requests that may be bad: the error budget. */
  readonly allowed: number;
  /** Requests a second. */
  readonly requests: string;
  /** Bad requests a second; absent wherever nobody can tell. */
  readonly bad: string;
  /** What a bad request is, after "requests": `took more than 300 ms`. */
  readonly badness: string;
  readonly notes: readonly string[];
}

export function countingOf(objective: LatencyObjective | RatioObjective): Counting {
  switch (objective.indicator) {
    case "latency":
      return latency(objective);
    case "ratio":
      return ratio(objective);
  }
  return unreachable(objective);
}

const rate = (selector: Selector) => `sum(rate(${formatSelector(selector)}[${SHORTEST.text}]))`;

/** Slower than the limit: all that the bucket at the limit does not hold. Without that bucket, no answer at all. */
function latency({ histogram: { metric, matchers }, percentile, atMost }: LatencyObjective): Counting {
  const all = rate({ metric: `${metric}_count`, matchers });
  const within = rate({ metric: `${metric}_bucket`, matchers: [...matchers, edgeMatcher(atMost)] });
  return {
    allowed: complement(Number(shifted(decimalText(percentile), -2))),
    requests: all,
    bad: `clamp_min(${all} - ${within}, 0)`,
    badness: `took more than ${formatLimit(atMost, "s")}`,
    notes: [
      `needs a classic histogram with a bucket at ${decimalText(atMost)} s: between two edges nobody can count, and the alert SloNoData says so`,
    ],
  };
}

/** Bad ones that never came are none, but only where there are requests: nothing is not zero. */
function ratio({ part, total, op, limit }: RatioObjective): Counting {
  const all = rate(total);
  const some = `(${rate(part.selector)} or 0 * ${all})`;
  // A share that must be large is good's, whatever it is called.
  const large = op === "atLeast";
  return {
    allowed: large ? complement(limit) : limit,
    requests: all,
    bad: large ? `clamp_min(${all} - ${some}, 0)` : some.slice(1, -1),
    badness: large ? `were not among the ${formatLimit(limit, "ratio")} that must be good` : "were bad",
    notes: [],
  };
}

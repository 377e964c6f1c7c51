import { upperBound } from "../core/bound.ts";
import type { CounterEvidence } from "../core/evidence.ts";
import { formatAmount, formatDuration, formatShare } from "../core/format.ts";
import { atMost } from "../core/limit.ts";
import { edgesAround, edgesOf } from "../core/quantile.ts";
import type { ReportedObjective } from "../core/report.ts";
import type { Phase } from "../core/run.ts";
import { agrees, type Counts, rejudged } from "./explain-counts.ts";

const MOST = 1e12;

interface Told {
  readonly objective: ReportedObjective;
  readonly evidence: CounterEvidence;
  readonly counts: Counts;
  readonly phases: readonly Phase[];
}

/** What would change the verdict on something counted; what is said of limits is judged on these very counts. */
export function countedChange(told: Told): readonly string[] {
  const { objective, evidence, counts, phases } = told;
  if (!agrees(objective, evidence, phases)) return [];
  switch (objective.reason.code) {
    case "proven":
    case "observed":
      return [...room(objective, counts), ...limits(told)];
    case "broken":
      return limits(told);
    case "too-few-requests":
      return [...moreGood(objective, counts), ...limits(told)];
    case "zero-unprovable":
      return ['"confidence: observed" would compare without a bound', ...limits(told)];
    case "bucket-edge":
      return [...edgeToAdd(objective, evidence), ...limits(told)];
    case "phase-edge":
      return ["a load that pauses around the phase, or a longer phase", ...limits(told)];
    default:
      return [];
  }
}

/** The first whole number from 0 on at which something that stays true is true; null beyond 1e12. */
function first(holds: (number: number) => boolean): number | null {
  if (holds(0)) return 0;
  let [low, high] = [0, 1];
  while (!holds(high)) {
    [low, high] = [high, high * 2];
    if (high > MOST) return null;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function room({ confidence }: ReportedObjective, { mix, widen, allowed }: Counts): readonly string[] {
  if (confidence === null) {
    const { bad, total } = mix.worst;
    return roomFor(first((more) => bad + more >= total || !atMost((bad + more) / total, allowed)));
  }
  const { of, burst } = widen(mix.worst, confidence);
  const proven = (bad: number) => atMost(upperBound(bad / burst, of.total / burst, confidence), allowed);
  const lost = first((more) => of.bad + more >= of.total || !proven(of.bad + more));
  return roomFor(lost, lost === 1 ? "" : " (fewer, if they came together)");
}

function roomFor(lost: number | null, unless = ""): readonly string[] {
  if (lost === null) return [];
  return [`${formatAmount(lost, "more bad request")} among as many would take the pass away${unless}`];
}

function moreGood({ confidence }: ReportedObjective, { mix, widen, allowed }: Counts): readonly string[] {
  if (confidence === null) return [];
  const { of, burst } = widen(mix.worst, confidence);
  const needed = first((more) => upperBound(of.bad / burst, (of.total + more) / burst, confidence) <= allowed);
  if (needed === null) return [];
  return [`about ${formatAmount(needed, "more good request")} without a bad one would prove it met`];
}

function edgeToAdd({ limit }: ReportedObjective, evidence: CounterEvidence): readonly string[] {
  const edges = edgesOf(evidence);
  if (edges === null) return [];
  const { below, above } = edgesAround(edges.edges, limit.value);
  if (below === above) return [];
  const where =
    edges.form === "classic"
      ? `the edge ${limit.value} in the histogram's buckets`
      : `a histogram with the edge ${limit.value}, in the way the rule names`;
  return [`${where}, and another run`];
}

function limits({ objective, evidence, phases }: Told): readonly string[] {
  const would = (limit: ReportedObjective["limit"]) => rejudged(objective, evidence, phases, limit)?.verdict === "pass";
  return objective.indicator === "latency" ? latencyLimits(objective, evidence, would) : ratioLimits(objective, would);
}

type Would = (limit: ReportedObjective["limit"]) => boolean;

function latencyLimits(objective: ReportedObjective, evidence: CounterEvidence, would: Would): readonly string[] {
  const { limit, bound } = objective;
  const { percentile = 0, value } = limit;
  const edges = evidence.counted.kind === "latency" ? evidence.counted.edges : [];
  const least = edges.find((edge) => would({ ...limit, value: edge }));
  const lowest =
    least === undefined
      ? `at p${percentile} no limit would pass, whichever edge it is at`
      : `p${percentile} ≤ ${formatDuration(least)} is the lowest limit, at the edges there are, that would pass`;
  const proven = bound === null ? 0 : Math.floor((1 - bound.upper) * 1e4) / 100;
  const lower = proven > 0 && proven < percentile && would({ ...limit, percentile: proven });
  return [lowest, ...(lower ? [`p${proven} ≤ ${formatDuration(value)} would pass`] : [])];
}

/** To three significant digits, on the side where it still passes. */
function ratioLimits({ limit, bound, measured }: ReportedObjective, would: Would): readonly string[] {
  const above = limit.op === "atMost";
  const seen = above ? measured?.upper : 1 - (measured?.lower ?? 0);
  const share = bound?.upper ?? seen ?? 1;
  const step = share <= 0 ? 1 : 10 ** (Math.floor(Math.log10(share)) - 2);
  const least = Number((Math.ceil(share / step) * step).toPrecision(6));
  const value = above ? least : 1 - least;
  if (least >= 1 || !would({ ...limit, value })) return [];
  return above
    ? [`≤ ${formatShare(least)} is the lowest limit that would pass`]
    : [`≥ ${formatShare(value, 6)} is the highest limit that would pass`];
}

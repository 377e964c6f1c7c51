import { upperBound } from "../core/bound.ts";
import { wideningOf } from "../core/bursts.ts";
import type { CounterEvidence } from "../core/evidence.ts";
import { mixturesOf, provesFail, provesPass, type Share } from "../core/proof.ts";
import { type Edges, edgesAround, edgesOf, quantileOf } from "../core/quantile.ts";
import type { Phase } from "../core/run.ts";
import { type Sides, sidesOf } from "../core/spans.ts";
import { ALLOWED, EACH, INTERVALS } from "./model.ts";

export const LIMIT = 0.3;
export const LEVEL = 0.95;
export const PERCENTILE = 100 * (1 - ALLOWED);
export const PHASE: Phase = { name: "steady", from: 0, to: INTERVALS, quiet: true };

const EDGES = [0.02, 0.05, 0.1, 0.15, 0.2, 0.25, LIMIT, 0.4, 0.5, 0.75, 1];
/** The slowest good request takes less than the limit, the slowest bad one more than the last edge. */
const SLOWEST = 1.2;

/** One simulated run: what was measured, and what a histogram of it holds. */
export interface Trial {
  readonly evidence: CounterEvidence;
  /** Seconds of every request, rising. */
  readonly seconds: Float64Array;
}

/** The index of the bucket that holds it; past the last edge, their number. */
function bucketOf(took: number): number {
  let at = 0;
  while (at < EDGES.length && took > (EDGES[at] ?? 0)) at += 1;
  return at;
}

/** One interval's requests, as many of them bad: seconds of each, and how many took at most each edge. */
function measure(bad: number, random: () => number, seconds: Float64Array): readonly number[] {
  const within = Array<number>(EDGES.length + 1).fill(0);
  for (let at = 0; at < seconds.length; at += 1) {
    const took = at < bad ? LIMIT + (SLOWEST - LIMIT) * (1 - random()) : LIMIT * (1 - random());
    seconds[at] = took;
    const bucket = bucketOf(took);
    within[bucket] = (within[bucket] ?? 0) + 1;
  }
  let sum = 0;
  return within.slice(0, EDGES.length).map((count) => (sum += count));
}

/** Requests of one run, as many bad ones in each interval, the others good. */
export function trialOf(bad: readonly number[], random: () => number): Trial {
  const seconds = new Float64Array(INTERVALS * EACH);
  const counted = bad.map((count, at) => measure(count, random, seconds.subarray(at * EACH, (at + 1) * EACH)));
  const columns = EDGES.map((_, edge) => counted.map((within) => within[edge] ?? 0));
  const times = Array.from({ length: INTERVALS + 1 }, (_, index) => index);
  const target = { job: "api", instance: "api-1", scrapeInterval: 1, before: "still", after: "still" } as const;
  const counts = { times, total: Array<number>(INTERVALS).fill(EACH), columns, coverage: 1, troubles: [] };
  const evidence: CounterEvidence = {
    counted: {
      kind: "latency",
      histogram: "http_request_duration_seconds",
      form: "classic",
      edges: EDGES,
      uniform: true,
    },
    phase: PHASE.name,
    queries: ["http_request_duration_seconds_bucket"],
    failure: null,
    series: EDGES.length + 1,
    missing: [],
    faults: [],
    targets: [{ ...target, ...counts }],
  };
  return { evidence, seconds: seconds.sort() };
}

/** What the judge's own parts say of one run. */
export interface Finding {
  /** By the bound of requests that come one by one, by the estimated burst, by the declared one. */
  readonly passes: { readonly plain: boolean; readonly estimated: boolean; readonly declared: boolean };
  readonly fails: boolean;
  /** The exact quantile of the run lies in the interval that its histogram gives. */
  readonly holds: boolean;
}

const CONFIDENCE = { kind: "bounded", level: LEVEL } as const;
const bounds = new Map<number, number>();

function plain({ bad, total }: Share): { readonly bound: number } {
  const known = bounds.get(bad) ?? upperBound(bad, total, LEVEL);
  bounds.set(bad, known);
  return { bound: known };
}

function holds(seconds: Float64Array, sides: Sides, edges: Edges): boolean {
  const { lower, upper } = quantileOf(sides, edges, PERCENTILE);
  const exact = seconds[Math.ceil(seconds.length * (1 - ALLOWED)) - 1] ?? Number.NaN;
  return exact > (lower ?? Number.NEGATIVE_INFINITY) && exact <= (upper ?? Number.POSITIVE_INFINITY);
}

/** Judges one run by the parts that a verdict on latency is made of, without its words; `declared` is a burst. */
export function judgeTrial({ evidence, seconds }: Trial, declared: number): Finding {
  const edges = edgesOf(evidence);
  if (edges === null) throw new Error("the evidence of a trial is a histogram's");
  const { below, above } = edgesAround(edges.edges, LIMIT);
  const sides = sidesOf(evidence, PHASE, [PHASE]);
  const bad = {
    least: (sums: Sides["outer"]) => sums.total - edges.most(sums, above),
    most: (sums: Sides["outer"]) => sums.total - edges.least(sums, below),
  };
  const { worst, best } = mixturesOf(sides, bad);
  const passesPlain = provesPass(worst, ALLOWED, CONFIDENCE, plain);
  // A widened bound is never below the plain one, so where that is too much the others are not worked out.
  const passes = (burst: number) =>
    passesPlain && provesPass(worst, ALLOWED, CONFIDENCE, wideningOf(evidence, bad, burst));
  return {
    passes: { plain: passesPlain, estimated: passes(1), declared: passes(declared) },
    fails: provesFail(best, ALLOWED, CONFIDENCE),
    holds: holds(seconds, sides, edges),
  };
}

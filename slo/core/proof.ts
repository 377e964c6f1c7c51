import { lowerBound } from "./bound.ts";
import { atMost } from "./limit.ts";
import type { Confidence } from "./objective.ts";
import type { Sides, Sums } from "./spans.ts";

export interface Share {
  readonly bad: number;
  readonly total: number;
}

/** How many of the counted are bad: at least, and at most; they differ where no bucket edge is at the limit. */
export interface BadCount {
  readonly least: (sums: Sums) => number;
  readonly most: (sums: Sums) => number;
}

/** The mixtures that a verdict must survive. */
export interface Mixtures {
  /** As bad as it can have been: a pass must hold for it. */
  readonly worst: Share;
  /** As good as it can have been: a breach must hold for it. */
  readonly best: Share;
  /** With the edge intervals, as shown. */
  readonly shown: Share & { readonly badAtMost: number };
}

/**
 * The truth has all of the inner counts and any part of what the intervals at the edges hold. Worst, all that is bad
 * there belongs to the phase and nothing else does; best, the other way round. Deciding on these is stricter than
 * deciding with and without the edge intervals: the truth need not be one of the two.
 */
export function mixturesOf({ outer, inner }: Sides, bad: BadCount): Mixtures {
  const most = { outer: bad.most(outer), inner: bad.most(inner) };
  const least = { outer: bad.least(outer), inner: bad.least(inner) };
  return {
    worst: { bad: most.outer, total: inner.total + (most.outer - most.inner) },
    best: { bad: least.inner, total: outer.total - (least.outer - least.inner) },
    shown: { bad: least.outer, badAtMost: most.outer, total: outer.total },
  };
}

/** Is the share of bad ones proven to be allowed? `widen` gives the upper bound that allows for bursts. */
export function provesPass(
  counts: Share,
  allowed: number,
  confidence: Confidence,
  widen: (counts: Share, level: number) => { readonly bound: number },
): boolean {
  if (counts.total <= 0) return false;
  if (confidence.kind === "observed") return atMost(counts.bad / counts.total, allowed);
  return widen(counts, confidence.level).bound <= allowed;
}

/** Is it proven to be more than allowed? The fail side speaks of this very run: no widening. */
export function provesFail({ bad, total }: Share, allowed: number, confidence: Confidence): boolean {
  if (total <= 0) return false;
  if (confidence.kind === "observed") return !atMost(bad / total, allowed);
  return lowerBound(bad, total, confidence.level) > allowed;
}

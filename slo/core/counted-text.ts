import { lowerBound, stillNeeded } from "./bound.ts";
import type { Widen } from "./bursts.ts";
import { formatAmount, formatBeside, formatCount, formatLimit } from "./format.ts";
import type { Confidence } from "./objective.ts";
import type { Mixtures, Share } from "./proof.ts";

/** What a verdict on counts says of them. */
export interface Told {
  readonly mix: Mixtures;
  readonly widen: Widen;
  /** Share of bad ones that the objective allows. */
  readonly allowed: number;
  readonly confidence: Confidence;
  /** What bad ones did, to follow "3 of 6000". */
  readonly words: string;
}

/** Groups hardly larger than one are not worth a word. */
const NOTABLE = 1.05;

/** What no method can tell (rule 4), to be said wherever a pass is. */
export const RARE_BURSTS = "Bursts rarer than about five a phase cannot be excluded.";

function percent(confidence: Confidence): string {
  return confidence.kind === "bounded" ? ` with ${formatLimit(confidence.level, "ratio")} confidence` : "";
}

export function countsText({ bad, total }: Share, words: string): string {
  return `${formatCount(bad)} of ${formatCount(total)} ${words}`;
}

function together(burst: number): string {
  return burst < NOTABLE ? "" : `, taking them to come about ${formatCount(Math.round(burst * 10) / 10)} at a time`;
}

export function passText({ mix, widen, allowed, confidence, words }: Told): string {
  const counts = countsText({ bad: mix.shown.badAtMost, total: mix.shown.total }, words);
  if (confidence.kind === "observed") return `${counts}; ${formatLimit(allowed, "ratio")} is allowed.`;
  const { bound, burst } = widen(mix.worst, confidence.level);
  const may = `${formatLimit(allowed, "ratio", bound)} is allowed`;
  const proven = `at most ${formatBeside(bound, allowed, "ratio")}${percent(confidence)}${together(burst)}`;
  return `${counts}: ${proven}; ${may}. ${RARE_BURSTS}`;
}

export function failText({ mix, allowed, confidence, words }: Told): string {
  const counts = countsText(mix.shown, words);
  const share = mix.shown.bad / mix.shown.total;
  const seen = `${counts} (${formatBeside(share, allowed, "ratio")})`;
  if (confidence.kind === "observed") return `${seen}; only ${formatLimit(allowed, "ratio", share)} is allowed.`;
  const bound = lowerBound(mix.best.bad, mix.best.total, confidence.level);
  const only = `only ${formatLimit(allowed, "ratio", share, bound)} is allowed`;
  return `${seen}: at least ${formatBeside(bound, allowed, "ratio")}${percent(confidence)}; ${only}.`;
}

interface More {
  readonly burst: number;
  readonly text: string;
}

function more({ mix, widen, allowed }: Told, level: number): More {
  const { bad, total } = mix.shown;
  const below = bad / total < allowed;
  // A breach speaks of this run, with all of its bad requests; a pass of those that come together most.
  const { burst, clumping, of } = below ? widen(mix.shown, level) : { burst: 1, clumping: null, of: mix.shown };
  // No burst is larger than the bad requests there are; with more of them it may be.
  const atMostSeen = clumping?.kind === "seen" ? clumping.burst : burst;
  const needed = stillNeeded(of, allowed, level, (bad) => Math.max(burst, Math.min(bad, atMostSeen)));
  const text =
    needed === null
      ? "The share is at the limit itself: no number of requests would tell."
      : `${formatAmount(needed, "more request")} at the same share${burst < NOTABLE ? "" : ", no more together,"} would prove it ${below ? "met" : "broken"}.`;
  return { burst, text };
}

export function tooFewText(told: Told): string {
  const { mix, allowed, confidence, words } = told;
  const share = mix.shown.bad / mix.shown.total;
  const limit = formatLimit(allowed, "ratio", share);
  const counts = `${countsText(mix.shown, words)} (${formatBeside(share, allowed, "ratio")}) with ${limit} allowed`;
  if (confidence.kind === "observed") return `${counts}: too few to tell.`;
  const { burst, text } = more(told, confidence.level);
  return `${counts}: too few to tell${percent(confidence)}${together(burst)}. ${text}`;
}

export function zeroAllowedText({ mix, words }: Told): string {
  return `${countsText(mix.shown, words)}, and none is allowed; no number of requests proves that none ever will. Say "confidence: observed" to compare without a bound.`;
}

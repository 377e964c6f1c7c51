import { badOf, burstOf, type Model } from "./model.ts";
import { generator } from "./random.ts";
import { type Finding, judgeTrial, trialOf } from "./trial.ts";

/** Shares of the runs, 0..1. */
export interface Figures {
  readonly plain: number;
  readonly estimated: number;
  readonly declared: number;
  readonly fails: number;
  /** Runs whose exact quantile lies outside the interval of its bucket. */
  readonly missed: number;
}

/** Judges so many runs of a service whose true share of bad requests is `share`. The same seed, the same runs. */
export function simulate(model: Model, share: number, runs: number, seed: number): Figures {
  const random = generator(seed);
  const burst = burstOf(model);
  const found = Array.from({ length: runs }, () => judgeTrial(trialOf(badOf(model, share, random), random), burst));
  const part = (is: (one: Finding) => boolean) => found.filter(is).length / runs;
  return {
    plain: part(({ passes }) => passes.plain),
    estimated: part(({ passes }) => passes.estimated),
    declared: part(({ passes }) => passes.declared),
    fails: part(({ fails }) => fails),
    missed: part(({ holds }) => !holds),
  };
}

import betaQuantile from "@stdlib/stats-base-dists-beta-quantile";

/**
 * One-sided Clopper-Pearson bounds on the share of bad requests. Exact: whatever the true share is, the bound is on its
 * right side at least `level` of the time. The function is right to 1.1e-15 (notes on judging, Statistics). Counts may
 * be broken numbers: those of an effective sample.
 */
export function upperBound(bad: number, total: number, level: number): number {
  if (bad >= total) return 1;
  return bad <= 0 ? -Math.expm1(Math.log1p(-level) / total) : betaQuantile(level, bad + 1, total - bad);
}

export function lowerBound(bad: number, total: number, level: number): number {
  return bad <= 0 ? 0 : betaQuantile(1 - level, bad, total - bad + 1);
}

const MOST = 1e12;

/** Fewest whole requests from `from` on at which `proven` holds, for a predicate that stays true; null beyond 1e12. */
function fewest(from: number, proven: (total: number) => boolean): number | null {
  let [low, high] = [from, Math.max(1, from)];
  while (!proven(high)) {
    low = high;
    high *= 2;
    if (high > MOST) return null;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (proven(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * Requests still to be seen until the verdict is proven, if the share of bad ones stays as it is; null where no number
 * would do (the share is at the limit, or the limit is 0). `burst` (φ, at least 1, of so many bad ones: it never falls as
 * they become more) counts for a pass only.
 */
export function stillNeeded(
  { bad, total }: { readonly bad: number; readonly total: number },
  allowed: number,
  level: number,
  burst: (bad: number) => number,
): number | null {
  if (total <= 0) return zeroBadNeeded(allowed, level, burst(0));
  const share = bad / total;
  if (share === allowed) return null;
  const needed =
    share < allowed
      ? fewest(total, (many) => {
          const together = burst(share * many);
          return upperBound((share * many) / together, many / together, level) <= allowed;
        })
      : fewest(total, (many) => lowerBound(share * many, many, level) > allowed);
  return needed === null ? null : needed - total;
}

/** Requests that prove a share of at most `allowed` when none of them is bad: n = φ ln(1 − level) / ln(1 − allowed). */
export function zeroBadNeeded(allowed: number, level: number, burst = 1): number | null {
  if (allowed <= 0) return null;
  if (allowed >= 1) return Math.ceil(burst);
  return Math.ceil((burst * Math.log1p(-level)) / Math.log1p(-allowed) - 1e-9);
}

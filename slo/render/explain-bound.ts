import { lowerBound } from "../core/bound.ts";
import { RARE_BURSTS } from "../core/counted-text.ts";
import { formatAmount, formatBeside, formatCount, formatDuration, formatLimit } from "../core/format.ts";
import type { Share } from "../core/proof.ts";
import type { ReportedObjective } from "../core/report.ts";
import type { Widened } from "../core/widened.ts";
import { type Counts, declaredBurst } from "./explain-counts.ts";
import type { Section } from "./explain-troubles.ts";

/** How the counts become a bound, by its formula and figures; `more` is said last. */
export function boundSections(
  objective: ReportedObjective,
  counts: Counts,
  more: readonly string[],
): readonly Section[] {
  const { mix, allowed } = counts;
  if (mix.shown.total <= 0 || objective.counts === null) return [];
  const { confidence } = objective;
  if (confidence === null) {
    const share = mix.shown.badAtMost / mix.shown.total;
    const limit = formatLimit(allowed, "ratio", share);
    const text = `observed: ${formatBeside(share, allowed, "ratio")} bad is held against ${limit} without a bound`;
    return [{ label: "bound", lines: [text] }];
  }
  if (mix.worst.total <= 0) return [];
  const widened = counts.widen(mix.worst, confidence);
  const lower = lowerBound(mix.best.bad, mix.best.total, confidence);
  const limit = formatLimit(allowed, "ratio", widened.bound, lower);
  const lines = [
    `Clopper-Pearson, one-sided, ${formatLimit(confidence, "ratio")} confidence: quantiles of Beta, k bad of n requests`,
    upperLine(widened, counts, confidence),
    lowerLine(counts, confidence, lower),
    `met where upper ≤ ${limit}, broken where lower > ${limit}`,
    ...more,
  ];
  return [
    { label: "bound", lines },
    { label: "bursts", lines: burstLines(widened, counts, declaredBurst(objective)) },
  ];
}

/** Up to the digits that four of them take, so that large counts stand whole. */
function figure(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}

function sideText({ sides, mix }: Counts, text: string): string {
  return sides.exact && mix.shown.bad === mix.shown.badAtMost ? "" : `, ${text}`;
}

function upperLine({ of, burst, bound }: Widened, counts: Counts, confidence: number): string {
  const side = sideText(counts, "as bad as it can be");
  const beta = `Beta(${figure(of.bad / burst + 1)}, ${figure((of.total - of.bad) / burst)})`;
  const [symbol, formula] = burst === 1 ? ["", "Beta(k+1, n-k)"] : [`, φ = ${figure(burst)}`, "Beta(k/φ+1, (n-k)/φ)"];
  const way = of.bad >= of.total ? "all are bad" : `${formula} = ${beta} at ${confidence}`;
  return `upper  k = ${of.bad}, n = ${of.total}${symbol}${side}: ${way}: ${formatBeside(bound, counts.allowed, "ratio")}`;
}

function lowerLine(counts: Counts, confidence: number, bound: number): string {
  const { bad, total } = counts.mix.best;
  const side = sideText(counts, "as good as it can be");
  const at = Number((1 - confidence).toPrecision(12));
  const way = bad <= 0 ? "none is bad" : `Beta(k, n-k+1) = Beta(${bad}, ${total - bad + 1}) at ${at}`;
  return `lower  k = ${bad}, n = ${total}${side}: ${way}: ${formatBeside(bound, counts.allowed, "ratio")}`;
}

function burstLines(widened: Widened, { mix, width }: Counts, declared: number): readonly string[] {
  return [
    `φ = ${figure(widened.burst)}: ${burstText(widened, mix.worst, width)}; declared: ${figure(declared)}`,
    ...leftOut(widened, mix.worst),
    RARE_BURSTS,
  ];
}

/** Where the burst that upper rests on is from. */
function burstText({ clumping, burst }: Widened, { bad }: Share, width: number): string {
  if (bad === 0) return "none was bad, so nothing shows how bad ones come";
  if (clumping === null) return burst === 1 ? "bad ones came singly" : "bad ones came together less than is declared";
  if (clumping.kind === "unseen") return "too few scrapes to see how bad ones came, so all of them may be one burst";
  const over = clumping.cells === 1 ? "a scrape interval" : formatAmount(clumping.cells, "scrape interval");
  return `so many bad ones came together, seen over ${over} (${formatDuration(width * clumping.cells)})`;
}

function leftOut({ of }: Widened, { bad }: Share): readonly string[] {
  if (of.bad === bad) return [];
  const others = formatCount(bad - of.bad);
  return [`k and n of upper are without ${others} bad ones that came apart, and would hide how the others came`];
}

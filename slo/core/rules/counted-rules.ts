import { complement, decimalText } from "../decimal.ts";
import { formatShare } from "../format.ts";
import type { LatencyObjective, RatioObjective } from "../objective.ts";
import { burnAlert } from "./burn-alert.ts";
import { type Counting, countingOf } from "./counting.ts";
import { type Labels, seriesOf } from "./labels.ts";
import { RECORDED, shareOver } from "./names.ts";
import { noDataAlert } from "./no-data-alert.ts";
import type { RecordingRule, Rule, RuleOptions } from "./rule-file.ts";
import { BURN_WINDOWS, type BurnWindow, burnRate, canFire, periodOf, SHORTEST, type Span } from "./windows.ts";

/** What becomes of one objective: its rules, or why it has none. */
export type Made =
  | { readonly kind: "rules"; readonly rules: readonly Rule[]; readonly notes: readonly string[] }
  | { readonly kind: "none"; readonly reason: string };

/** Recording rules and alerts of an objective that counts requests. */
export function countedRules(objective: LatencyObjective | RatioObjective, labels: Labels, options: RuleOptions): Made {
  const counting = countingOf(objective);
  const { allowed } = counting;
  if (allowed === 0) {
    return {
      kind: "none",
      reason: "it allows no bad request at all: there is no budget whose burning could be watched",
    };
  }
  if (allowed === 1) return { kind: "none", reason: "it allows every request to be bad: nothing can break it" };
  const windows = BURN_WINDOWS.filter((window) => canFire(window, options.days, allowed));
  const alerts = windows.map((window) => burnAlert(window, objective, { counting, labels, options }));
  return {
    kind: "rules",
    rules: [...recorded(counting, windows, labels, options), ...alerts, noDataAlert(objective, labels, options)],
    notes: [
      `${objective.indicator} · ${formatShare(allowed, 6)} of requests may be bad: those that ${counting.badness}`,
      ...counting.notes,
      ...BURN_WINDOWS.filter((window) => !windows.includes(window)).map((window) =>
        neverNote(window, allowed, options),
      ),
    ],
  };
}

function neverNote(window: BurnWindow, allowed: number, { days }: RuleOptions): string {
  const rate = burnRate(window, days);
  return `no ${window.severity} over ${window.long.text} and ${window.short.text}: ${decimalText(rate)} × ${formatShare(allowed, 6)} is more than all requests`;
}

/** In the order in which they rest on one another. */
function recorded(
  { requests, bad, allowed }: Counting,
  windows: readonly BurnWindow[],
  labels: Labels,
  { days }: RuleOptions,
): readonly RecordingRule[] {
  const record = (name: string, expr: string): RecordingRule => ({
    kind: "record",
    record: name,
    expr,
    labels: { ...labels },
  });
  const of = (metric: string) => seriesOf(metric, labels);
  const period = periodOf(days);
  const shares = longerThanShortest(windows).map((span) => record(shareOver(span.text), shareOfBad(span, labels)));
  return [
    record(RECORDED.target, `vector(${decimalText(complement(allowed))})`),
    record(RECORDED.budget, `vector(${decimalText(allowed)})`),
    record(RECORDED.period, `vector(${decimalText(period.seconds)})`),
    record(RECORDED.requests, requests),
    record(RECORDED.bad, bad),
    record(shareOver(SHORTEST.text), `${of(RECORDED.bad)} / ${of(RECORDED.requests)}`),
    ...shares,
    record(RECORDED.burnRate, `${of(shareOver(SHORTEST.text))} / ${of(RECORDED.budget)}`),
    record(RECORDED.remaining, `1 - (${shareOfBad(period, labels)}) / ${of(RECORDED.budget)}`),
  ];
}

/** Weighted by traffic: the mean of shares would let a quiet night count as much as the busiest hour. */
function shareOfBad({ text }: Span, labels: Labels): string {
  const mean = (metric: string) => `avg_over_time(${seriesOf(metric, labels)}[${text}])`;
  return `${mean(RECORDED.bad)} / ${mean(RECORDED.requests)}`;
}

function longerThanShortest(windows: readonly BurnWindow[]): readonly Span[] {
  const all = windows.flatMap(({ short, long }) => [short, long]).filter(({ seconds }) => seconds > SHORTEST.seconds);
  const distinct = new Map(all.map((span) => [span.seconds, span]));
  return [...distinct.values()].toSorted((a, b) => a.seconds - b.seconds);
}

import type { Answers } from "./answers.ts";
import { byKey } from "./by-key.ts";
import { type Clock, targetKey } from "./clock.ts";
import { restarts } from "./course.ts";
import type { Watch, WatchedTarget } from "./evidence.ts";
import type { RawSeries } from "./fetched.ts";
import { knownLabelTest } from "./match.ts";
import { isRecorded, type QueryReads, type ReadSelector } from "./promql-reads.ts";
import { reachOf } from "./reach.ts";
import { CLOCK_METRIC } from "./resource-sources.ts";
import type { Phase } from "./run.ts";
import { duplicateClocks } from "./targets.ts";

/** Written by Prometheus itself with every scrape, failed ones too. */
export const OF_THE_SCRAPE: readonly string[] = [
  CLOCK_METRIC,
  "scrape_duration_seconds",
  "scrape_samples_scraped",
  "scrape_samples_post_metric_relabeling",
  "scrape_series_added",
  "scrape_timeout_seconds",
  "scrape_sample_limit",
  "scrape_body_size_bytes",
];

interface Candidates {
  readonly clocks: readonly Clock[];
  /** Not told by the selector, nor by the result. */
  readonly everywhere: boolean;
}

/**
 * The targets that a selector reads, though its series are not fetched: those that `up` tells of and the selector does
 * not exclude. One without a matcher on job or instance reads the jobs that its result names where every series that
 * is read is in the result; else any target may be read, so all are looked at.
 */
function candidates(
  answers: Answers,
  { matchers }: ReadSelector,
  reads: QueryReads,
  result: readonly RawSeries[],
): Candidates {
  const admits = knownLabelTest(matchers);
  const clocks = [...answers.clocks.values()].filter(({ labels }) => admits(labels));
  if (matchers.some(({ label }) => label === "job" || label === "instance")) return { clocks, everywhere: false };
  const jobs = new Set(result.map(({ labels }) => labels.job ?? ""));
  if (!reads.keepsSeries || jobs.size === 0 || jobs.has("")) return { clocks, everywhere: true };
  return { clocks: clocks.filter(({ job }) => jobs.has(job)), everywhere: false };
}

/**
 * null: the target has no part in the phase. Of one that was born in it, what was before is not covered: a query may read
 * a time before it. What failed scrapes write too has no gaps there, and no restarts.
 */
function watchedBy(answers: Answers, { metric }: ReadSelector, clock: Clock, phase: Phase): WatchedTarget | null {
  const ofTheScrape = OF_THE_SCRAPE.includes(metric ?? "");
  const watched = { ...answers.watched, since: (birth: number) => birth };
  const reach = reachOf(ofTheScrape ? { ...clock, successes: clock.times } : clock, phase, watched);
  if (reach === null) return null;
  const { job, instance } = clock;
  const restarted = ofTheScrape ? [] : restarts(clock, reach);
  return { job, instance, coverage: reach.coverage, troubles: [...reach.troubles, ...restarted] };
}

/** Targets that the result names and `up` does not know. */
function strangers(answers: Answers, reads: QueryReads, result: readonly RawSeries[]): readonly WatchedTarget[] {
  if (!reads.keepsLabels) return [];
  return result.flatMap(({ labels: { job = "", instance = "" } }) => {
    if (job === "" || instance === "" || answers.clocks.has(targetKey({ job, instance }))) return [];
    return [{ job, instance, coverage: 0, troubles: [{ kind: "own-clock" }] }];
  });
}

/** A target that is read twice is as troubled as the worse of the two says. */
function distinct(targets: readonly WatchedTarget[]): readonly WatchedTarget[] {
  const worstLast = targets.toSorted((a, b) => a.troubles.length - b.troubles.length || b.coverage - a.coverage);
  const worst = new Map(worstLast.map((one) => [targetKey({ job: one.job, instance: one.instance }), one]));
  return [...worst].toSorted(byKey).map(([, target]) => target);
}

/** How the targets that a query reads were watched through the phase. */
export function watchOf(answers: Answers, reads: QueryReads, result: readonly RawSeries[], phase: Phase): Watch {
  const selectors = reads.selectors.map(({ text }) => text);
  const failure = selectors.length === 0 ? null : answers.failureOf([]);
  if (failure !== null) return { selectors, failure, unwatched: [], everywhere: null, faults: [], targets: [] };
  const each = reads.selectors.map((selector) => {
    if (isRecorded(selector)) return { selector, why: "recorded" as const, everywhere: false, clocks: [], targets: [] };
    const found = candidates(answers, selector, reads, result);
    const pairs = found.clocks.flatMap((clock) => {
      const target = watchedBy(answers, selector, clock, phase);
      return target === null ? [] : [{ clock, target }];
    });
    const [clocks, targets] = [pairs.map(({ clock }) => clock), pairs.map(({ target }) => target)];
    return { selector, why: "no-target" as const, everywhere: found.everywhere, clocks, targets };
  });
  return {
    selectors,
    failure,
    unwatched: each
      .filter(({ targets }) => targets.length === 0)
      .map(({ selector, why }) => ({ selector: selector.text, why })),
    everywhere: each.find(({ everywhere }) => everywhere)?.selector.text ?? null,
    faults: duplicateClocks([...new Set(each.flatMap(({ clocks }) => clocks))]),
    targets: distinct([...each.flatMap(({ targets }) => targets), ...strangers(answers, reads, result)]),
  };
}

import type { RawSeries } from "../../core/fetched.ts";

export interface TargetState {
  readonly labels: Readonly<Record<string, string>>;
  /** `scraped`: as often as wanted since the end; `down`: the scrape failed since; `gone`: no longer scraped at all. */
  readonly state: "scraped" | "down" | "gone" | "waiting";
  /** Seconds between scrapes; null when fewer than two are known. */
  readonly interval: number | null;
}

export interface Moment {
  /** Unix seconds, all of Prometheus' clock. */
  readonly end: number;
  readonly now: number;
  /** Samples at or after the end that are wanted. */
  readonly samples: number;
}

/** Scrape intervals without a sample after which discovery has dropped a target. */
const GONE_AFTER = 3;
/** Seconds until a scrape is visible, and some patience for a slow machine. */
const VISIBLE_AFTER = 2;

/** How far each target is, by its `up` samples; those that first appeared after the end are left out. */
export function judgeTargets(all: readonly RawSeries[], moment: Moment): readonly TargetState[] {
  const spacing = spacingByJob(all);
  return all.flatMap((series) => judgeTarget(series, moment, spacing.get(series.labels.job ?? "") ?? null) ?? []);
}

/** @param usual seconds between scrapes of its job; null: not known, so one sample alone tells of no end */
function judgeTarget(
  { labels, times, values }: RawSeries,
  { end, now, samples }: Moment,
  usual: number | null,
): TargetState | null {
  const last = times.at(-1);
  if (last === undefined) return null;
  const after = times.filter((time) => time >= end).length;
  if (after === times.length) return null;
  const interval = medianGap(times);
  const state = (state: TargetState["state"]): TargetState => ({ labels, state, interval });
  if (after >= samples) return state("scraped");
  if (after > 0 && values.at(-1) === 0) return state("down");
  const spacing = interval ?? usual;
  if (spacing !== null && now - last > GONE_AFTER * spacing + VISIBLE_AFTER) return state("gone");
  return state("waiting");
}

/** The longest that any target of a job is known to take, so that none is given up which only takes its time. */
function spacingByJob(all: readonly RawSeries[]): ReadonlyMap<string, number> {
  const longest = new Map<string, number>();
  for (const { labels, times } of all) {
    const [job, gap] = [labels.job ?? "", medianGap(times)];
    if (gap !== null) longest.set(job, Math.max(gap, longest.get(job) ?? 0));
  }
  return longest;
}

function medianGap(times: readonly number[]): number | null {
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? null;
}

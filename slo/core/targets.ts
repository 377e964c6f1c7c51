import type { Answers } from "./answers.ts";
import { type Clock, ownClock, targetKey, toMs } from "./clock.ts";
import { thin } from "./coarse.ts";
import type { Fault, Missing } from "./evidence.ts";
import type { RawSeries } from "./fetched.ts";
import { knownLabelTest } from "./match.ts";
import type { Selector } from "./objective.ts";
import { type Reach, reachOf } from "./reach.ts";
import type { Phase } from "./run.ts";
import { selectorText } from "./selector-text.ts";

/** A target that has a part in the phase, and what it tells of each selector. */
export interface Target {
  readonly key: string;
  readonly clock: Clock;
  readonly reach: Reach;
}

/** Are the samples those of the clock's scrapes? Later ones may be: the clock is asked for first. */
export function onClock(series: readonly RawSeries[], clock: Clock): boolean {
  const known = new Set(clock.times);
  const last = clock.times.at(-1) ?? 0;
  return series.every(({ times }) => times.every((time) => toMs(time) > last || known.has(toMs(time))));
}

/** Clocks that two targets share. */
export function duplicateClocks(clocks: readonly Clock[]): readonly Fault[] {
  return clocks
    .filter(({ ambiguous }) => ambiguous)
    .map(({ instance }) => ({
      code: "duplicate-series",
      text: `up of ${instance} stands twice, with different labels`,
    }));
}

/**
 * Targets in use: those of these series, which match one of the selectors, and those that `up` tells of in the same jobs
 * and that the selectors do not exclude; a replica that is down has no series to show for itself.
 */
export function targetsOf(
  answers: Answers,
  selectors: readonly Selector[],
  series: readonly RawSeries[],
  phase: Phase,
): { readonly targets: readonly Target[]; readonly faults: readonly Fault[] } {
  const groups = Map.groupBy(series, ({ labels }) => targetKey(labels));
  const jobs = new Set(series.map(({ labels }) => labels.job ?? ""));
  const admits = selectors.map((selector) => knownLabelTest(selector.matchers));
  const idle = [...answers.clocks].filter(
    ([key, clock]) => !groups.has(key) && jobs.has(clock.job) && admits.some((test) => test(clock.labels)),
  );
  const found = [...groups].map(([key, group]): [string, Clock] => {
    const clock = answers.clocks.get(key);
    return [key, clock !== undefined && onClock(group, clock) ? clock : ownClock(group)];
  });
  const targets = [...found, ...idle].flatMap(([key, clock]) => {
    const reach = reachOf(clock, phase, answers.watched);
    if (reach === null) return [];
    return [{ key, clock, reach: { ...reach, bounds: thin(reach.bounds, answers.thinnedOf(key)) } }];
  });
  const faults = duplicateClocks(targets.map(({ clock }) => clock));
  return { targets: targets.toSorted((a, b) => (a.key < b.key ? -1 : 1)), faults };
}

/** What the selector names and none of these series has. A matcher for an empty value asks for the label's absence. */
export function missingIn(
  selector: Selector,
  series: readonly RawSeries[],
  instance: string | null,
): readonly Missing[] {
  const text = selectorText(selector);
  if (series.length === 0) return [{ kind: "metric", name: selector.metric, selector: text, instance }];
  const names = new Set(
    selector.matchers.filter(({ op, value }) => !(op === "=" && value === "")).map(({ label }) => label),
  );
  return [...names]
    .filter((name) => !series.some(({ labels }) => (labels[name] ?? "") !== ""))
    .map((name) => ({ kind: "label", name, selector: text, instance }));
}

import type { Answers } from "./answers.ts";
import { beyond } from "./beyond.ts";
import { courseOf, intervalsOf, sumOf } from "./course.ts";
import { countedTwice } from "./duplicates.ts";
import type { CounterEvidence, Course, Fault, HistogramForm, Missing } from "./evidence.ts";
import { find, talliesOf } from "./found.ts";
import { type BucketGroup, readBuckets, withinEdge } from "./histogram.ts";
import { itemAt } from "./item-at.ts";
import { laggingFaults } from "./lagging.ts";
import type { Selector } from "./objective.ts";
import type { Phase } from "./run.ts";
import { bucketsOf, loosened, nativeOfCount, selectorText, targetMatchers } from "./selector-text.ts";
import { missingIn, type Target, targetsOf } from "./targets.ts";
import { unreachable } from "./unreachable.ts";
import { counterQueries, withCounts, withHistogram } from "./views.ts";

function hasTraffic(course: Course): boolean {
  return course.total.some((count) => count > 0);
}

/** Every target with traffic must know what the selector names; with no traffic at all, anything there must. */
function missingAtTraffic(
  answers: Answers,
  selector: Selector,
  targets: readonly Target[],
  courses: readonly Course[],
): readonly Missing[] {
  const busy = targets.filter((_, index) => courses[index] !== undefined && hasTraffic(courses[index]));
  if (busy.length === 0) return missingIn(selector, answers.seriesOf(selector.metric), null);
  return busy.flatMap(({ key, clock }) => missingIn(selector, answers.seriesAt(selector.metric, key), clock.instance));
}

function refused(counted: CounterEvidence["counted"], phase: Phase, queries: readonly string[]): CounterEvidence {
  return { counted, phase: phase.name, queries, failure: null, series: 0, missing: [], faults: [], targets: [] };
}

function unionOfEdges(groups: readonly BucketGroup[]): readonly number[] {
  return [...new Set(groups.flatMap(({ edges }) => edges))].toSorted((a, b) => a - b);
}

/** In which form the histogram was read; a histogram that is not there is taken for a classic one. */
function formOf(forms: readonly HistogramForm[]): HistogramForm {
  const [first = "classic", ...others] = new Set(forms);
  return others.length === 0 ? first : "both";
}

/** What to paste into Prometheus to see what was read. */
function histogramQueries(histogram: Selector, form: HistogramForm): readonly string[] {
  const [classic, native] = [selectorText(bucketsOf(histogram)), selectorText(histogram)];
  switch (form) {
    case "classic":
      return [classic];
    case "native":
      return [native];
    case "both":
      return [classic, native];
  }
  return unreachable(form);
}

function sameLists(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): boolean {
  return a.every((list, index) => list.every((value, at) => value === b[index]?.[at]));
}

export function reduceLatency(fetched: Answers, histogram: Selector, phase: Phase): CounterEvidence {
  const buckets = bucketsOf(histogram);
  const failure = fetched.failureOf([buckets.metric, histogram.metric]) ?? fetched.laggingFailure;
  const text = selectorText(histogram);
  if (failure !== null) {
    const counted = { kind: "latency", histogram: text, form: "classic", edges: [], uniform: true } as const;
    return { ...refused(counted, phase, histogramQueries(histogram, "classic")), failure };
  }
  const answers = withHistogram(fetched, histogram);
  const found = find(answers, buckets);
  const { targets, faults } = targetsOf(answers, [buckets], found.series, phase);
  const read = targets.map((target) => ({ target, ...readBuckets(found.at(target), target.clock, target.reach) }));
  const groups = read.flatMap((one) => one.groups);
  const edges = unionOfEdges(groups);
  const form = formOf(read.flatMap((one) => one.forms));
  const columnsOf = (side: "least" | "most") =>
    read.map(({ target, groups: own }) =>
      edges.map((edge) =>
        addUp(
          own.map((group) => withinEdge(group, edge, side)),
          intervalsOf(target.reach),
        ),
      ),
    );
  const least = columnsOf("least");
  // Who has every edge has nothing between two of them.
  const most = groups.every((group) => group.edges.length === edges.length) ? least : columnsOf("most");
  const uniform = least.every((columns, index) => sameLists(columns, itemAt(most, index)));
  const courses = read.map(({ target, groups: own, forms }, index) =>
    courseOf(target.clock, target.reach, {
      metric: forms.includes("native") ? histogram.metric : buckets.metric,
      tallies: own.flatMap((group) => [...group.within, group.total]),
      total: sumOf(
        own.map((group) => group.total),
        intervalsOf(target.reach),
      ),
      columns: [...itemAt(least, index), ...(uniform ? [] : itemAt(most, index))],
    }),
  );
  return {
    counted: { kind: "latency", histogram: text, form, edges, uniform },
    phase: phase.name,
    queries: histogramQueries(histogram, form),
    failure: null,
    series: found.series.length,
    missing: missingAtTraffic(answers, buckets, targets, courses),
    faults: distinct([
      ...laggingFaults(fetched, [buckets, histogram]),
      ...faults,
      ...countedTwice(targets, found.at),
      ...read.flatMap((one) => one.faults),
    ]),
    targets: courses,
  };
}

function addUp(lists: readonly (readonly number[])[], length: number): readonly number[] {
  const sums = Array<number>(length).fill(0);
  for (const list of lists)
    for (let index = 0; index < length; index += 1) sums[index] = itemAt(sums, index) + itemAt(list, index);
  return sums;
}

function distinct(faults: readonly Fault[]): readonly Fault[] {
  return [...new Map(faults.map((fault) => [`${fault.code} ${fault.text}`, fault])).values()];
}

/** A part that is on the same targets as its total must be known at each of them; else, anywhere. */
function partMissing(
  answers: Answers,
  part: Selector,
  total: Selector,
  targets: readonly Target[],
  courses: readonly Course[],
): readonly Missing[] {
  const place = (selector: Selector) => selectorText({ metric: "", matchers: targetMatchers(selector) });
  const loose = loosened(part, total);
  if (place(part) === place(total)) return missingAtTraffic(answers, part, targets, courses);
  return missingIn(part, find(answers, loose).series, null);
}

export function reduceRatio(fetched: Answers, part: Selector, total: Selector, phase: Phase): CounterEvidence {
  const counted = { kind: "ratio", part: selectorText(part), total: selectorText(total) } as const;
  const queries = [part, total].flatMap((selector) => counterQueries(fetched, selector));
  const metrics = [part, total].flatMap((selector) => [selector.metric, nativeOfCount(selector)?.metric ?? []].flat());
  const failure = fetched.failureOf(metrics) ?? fetched.laggingFailure;
  if (failure !== null) return { ...refused(counted, phase, queries), failure };
  const answers = withCounts(fetched, [part, total]);
  const [parts, totals] = [find(answers, part), find(answers, total)];
  const { targets, faults } = targetsOf(answers, [total, part], [...totals.series, ...parts.series], phase);
  const read = targets.map((target) => ({
    target,
    part: talliesOf(parts.at(target), target),
    total: talliesOf(totals.at(target), target),
  }));
  const courses = read.map(({ target, part: partTallies, total: totalTallies }) =>
    courseOf(target.clock, target.reach, {
      metric: total.metric,
      tallies: [...partTallies, ...totalTallies],
      total: sumOf(totalTallies, intervalsOf(target.reach)),
      columns: [sumOf(partTallies, intervalsOf(target.reach))],
    }),
  );
  const own = read.flatMap((one) => [...one.part, ...one.total].flatMap((tallied) => tallied.faults));
  return {
    counted,
    phase: phase.name,
    queries,
    failure: null,
    series: totals.series.length,
    missing: [
      ...missingAtTraffic(answers, total, targets, courses),
      ...partMissing(answers, part, total, targets, courses),
    ],
    faults: distinct([
      ...laggingFaults(fetched, [part, total]),
      ...faults,
      ...countedTwice(targets, totals.at),
      ...beyond(part, total, parts, targets),
      ...own,
    ]),
    targets: courses,
  };
}

export function reduceCounter(answers: Answers, selector: Selector, phase: Phase): CounterEvidence {
  const ratio = reduceRatio(answers, selector, selector, phase);
  return {
    ...ratio,
    counted: { kind: "counter", selector: selectorText(selector) },
    queries: counterQueries(answers, selector),
    targets: ratio.targets.map((course) => ({ ...course, columns: [] })),
  };
}

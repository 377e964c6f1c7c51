import type { Answers } from "./answers.ts";
import { targetKey } from "./clock.ts";
import { courseOf, intervalsOf, sumOf } from "./course.ts";
import { countedTwice } from "./duplicates.ts";
import type { CounterEvidence, Course, Fault, Missing, RawSeries } from "./evidence.ts";
import { type BucketGroup, readBuckets, withinEdge } from "./histogram.ts";
import { knownLabelTest, type Labels, labelTest } from "./match.ts";
import type { Selector } from "./objective.ts";
import type { Phase } from "./run.ts";
import { bucketsOf, loosened, selectorText, targetMatchers } from "./selector-text.ts";
import { type Tally, tally } from "./tally.ts";
import { missingIn, seriesAt, type Target, targetsOf } from "./targets.ts";

interface Found {
  readonly series: readonly RawSeries[];
  readonly at: (target: Target) => readonly RawSeries[];
}

function find(answers: Answers, selector: Selector): Found {
  const test = labelTest(selector.matchers);
  const series = answers.seriesOf(selector.metric).filter(({ labels }) => test(labels));
  const groups = Map.groupBy(series, ({ labels }) => targetKey(labels));
  return { series, at: ({ key }) => groups.get(key) ?? [] };
}

function labelsKey(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The same label set twice is one counter with two answers, which `tally` finds. */
function talliesOf(series: readonly RawSeries[], { clock, reach }: Target): readonly Tally[] {
  return [...Map.groupBy(series, ({ labels }) => labelsKey(labels)).values()].map((same) =>
    tally({ name: same[0]?.labels.__name__ ?? "a counter", series: same }, clock, reach),
  );
}

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
  return busy.flatMap(({ key, clock }) => missingIn(selector, seriesAt(answers, selector.metric, key), clock.instance));
}

function refused(counted: CounterEvidence["counted"], phase: Phase, queries: readonly string[]): CounterEvidence {
  return { counted, phase: phase.name, queries, failure: null, series: 0, missing: [], faults: [], targets: [] };
}

function unionOfEdges(groups: readonly BucketGroup[]): readonly number[] {
  return [...new Set(groups.flatMap(({ edges }) => edges))].toSorted((a, b) => a - b);
}

export function reduceLatency(answers: Answers, histogram: Selector, phase: Phase): CounterEvidence {
  const buckets = bucketsOf(histogram);
  const queries = [selectorText(buckets)];
  const failure = answers.failureOf([buckets.metric]);
  const text = selectorText(histogram);
  if (failure !== null) {
    return { ...refused({ kind: "latency", histogram: text, edges: [], uniform: true }, phase, queries), failure };
  }
  const found = find(answers, buckets);
  const { targets, faults } = targetsOf(answers, [buckets], phase);
  const read = targets.map((target) => ({ target, ...readBuckets(found.at(target), target.clock, target.reach) }));
  const groups = read.flatMap((one) => one.groups);
  const edges = unionOfEdges(groups);
  const uniform = groups.every((group) => group.edges.length === edges.length);
  const sides = uniform ? (["least"] as const) : (["least", "most"] as const);
  const courses = read.map(({ target, groups: own }) =>
    courseOf(target.clock, target.reach, {
      metric: buckets.metric,
      tallies: own.flatMap((group) => [...group.within, group.total]),
      total: sumOf(
        own.map((group) => group.total),
        intervalsOf(target.reach),
      ),
      columns: sides.flatMap((side) =>
        edges.map((edge) =>
          addUp(
            own.map((group) => withinEdge(group, edge, side)),
            intervalsOf(target.reach),
          ),
        ),
      ),
    }),
  );
  return {
    counted: { kind: "latency", histogram: text, edges, uniform },
    phase: phase.name,
    queries,
    failure: null,
    series: found.series.length,
    missing: missingAtTraffic(answers, buckets, targets, courses),
    faults: distinct([...faults, ...countedTwice(targets, found.at), ...read.flatMap((one) => one.faults)]),
    targets: courses,
  };
}

function addUp(lists: readonly (readonly number[])[], length: number): readonly number[] {
  return Array.from({ length }, (_, index) => lists.reduce((sum, list) => sum + (list[index] ?? 0), 0));
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

/** Requests that a part counts and its total does not, at targets that have both: their share is of nothing. */
function beyond(part: Selector, total: Selector, parts: Found, targets: readonly Target[]): readonly Fault[] {
  if (part.metric !== total.metric) return [];
  const [inTotal, atTotal] = [labelTest(total.matchers), knownLabelTest(targetMatchers(total))];
  const moved = targets.some((target) => {
    const outside = parts.at(target).filter(({ labels }) => atTotal(labels) && !inTotal(labels));
    return talliesOf(outside, target).some(({ deltas }) => deltas.some((delta) => delta > 0));
  });
  if (!moved) return [];
  const text = `${selectorText(part)} also counts what ${selectorText(total)} does not; give it the total's matchers as well`;
  return [{ code: "part-exceeds-total", text }];
}

export function reduceRatio(answers: Answers, part: Selector, total: Selector, phase: Phase): CounterEvidence {
  const counted = { kind: "ratio", part: selectorText(part), total: selectorText(total) } as const;
  const queries = [counted.part, counted.total];
  const failure = answers.failureOf([part.metric, total.metric]);
  if (failure !== null) return { ...refused(counted, phase, queries), failure };
  const [parts, totals] = [find(answers, part), find(answers, total)];
  const { targets, faults } = targetsOf(answers, [total, part], phase);
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
    faults: distinct([...faults, ...countedTwice(targets, totals.at), ...beyond(part, total, parts, targets), ...own]),
    targets: courses,
  };
}

export function reduceCounter(answers: Answers, selector: Selector, phase: Phase): CounterEvidence {
  const ratio = reduceRatio(answers, selector, selector, phase);
  return {
    ...ratio,
    counted: { kind: "counter", selector: selectorText(selector) },
    queries: [selectorText(selector)],
    targets: ratio.targets.map((course) => ({ ...course, columns: [] })),
  };
}

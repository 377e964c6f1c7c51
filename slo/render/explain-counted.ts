import type { CounterEvidence, Course } from "../core/evidence.ts";
import { formatAmount, formatCount, formatDuration, formatShare } from "../core/format.ts";
import { nearlySame } from "../core/limit.ts";
import { edgesAround, edgesOf } from "../core/quantile.ts";
import type { ReportedObjective } from "../core/report.ts";
import type { Phase } from "../core/run.ts";
import { type Sums, sidesOf } from "../core/spans.ts";
import { boundSections } from "./explain-bound.ts";
import { type Counts, rejudged } from "./explain-counts.ts";
import { type Section, troublesOf, whereOf } from "./explain-troubles.ts";
import { padEnd } from "./text.ts";

const EDGES_EACH_SIDE = 2;

const FORMS = {
  native: "of a native histogram, at the edges that all its samples share",
  both: "of classic buckets and of a native histogram, at the edges of either",
} as const;

/** From the samples to the bound, of what is counted. */
export function countedSections(
  objective: ReportedObjective,
  evidence: CounterEvidence,
  counts: Counts,
  phases: readonly Phase[],
): readonly Section[] {
  const targets = evidence.targets.map((course) => ({ where: whereOf(course), troubles: course.troubles }));
  return [
    { label: "edges", lines: edgeLines(evidence, counts) },
    { label: "targets", lines: targetLines(evidence, counts, phases) },
    troublesOf({ ...evidence, targets }),
    ...buckets(objective, evidence, counts),
    ...boundSections(objective, counts, oddLines(objective, evidence, phases)),
  ];
}

function edgeLines({ targets }: CounterEvidence, { phase, sides }: Counts): readonly string[] {
  if (targets.length === 0) return ["no target was there"];
  if (sides.exact) return ["quiet: the counts stood still before and after the phase, so all of them are its own"];
  const moving = targets
    .filter(({ before, after }) => before !== "still" || after !== "still")
    .map((course) => `${whereOf(course)}: counts ${stillness(course)}`);
  const why = phase.quiet
    ? moving.length === 0
      ? ["not quiet: another phase of the run lies between the samples taken"]
      : ["not quiet, though the load paused:", ...moving]
    : ["not quiet: the load did not pause around the phase", ...moving];
  return [...why, "judged both ways: with the scrape intervals that cross the edges, and without them"];
}

function stillness({ before, after }: Course): string {
  const words = { still: "stood still", moved: "moved", unknown: "are not known" };
  return `${words[before]} before it, ${words[after]} after it`;
}

function targetLines(evidence: CounterEvidence, { phase, sides, bad }: Counts, phases: readonly Phase[]) {
  const open = { ...phase, quiet: sides.exact };
  const told = (sums: Sums) => {
    const [least, most] = [bad.least(sums), bad.most(sums)];
    return `${formatCount(least)}${least === most ? "" : ` to ${formatCount(most)}`} bad of ${formatCount(sums.total)}`;
  };
  return evidence.targets.map((course) => {
    const { outer, inner } = sidesOf({ ...evidence, targets: [course] }, open, phases);
    const edges = sides.exact ? "" : ` with the edge intervals, ${told(inner)} without`;
    const every = course.scrapeInterval === null ? "" : ` ${formatDuration(course.scrapeInterval)} apart`;
    const scrapes = `${formatAmount(course.times.length, "scrape")}${every}`;
    return `${whereOf(course)}: ${scrapes}, ${formatShare(course.coverage)} covered; ${told(outer)}${edges}`;
  });
}

function buckets({ limit }: ReportedObjective, evidence: CounterEvidence, { sides }: Counts): readonly Section[] {
  const edges = edgesOf(evidence);
  if (edges === null || evidence.targets.length === 0) return [];
  const { below, above } = edgesAround(edges.edges, limit.value);
  const from = Math.max(0, below - EDGES_EACH_SIDE);
  const near = edges.edges.slice(from, above + EDGES_EACH_SIDE + 1).map((edge, index) => {
    const [least, most] = [edges.least(sides.outer, from + index), edges.most(sides.outer, from + index)];
    const count = least === most ? formatCount(least) : `${formatCount(least)} to ${formatCount(most)}`;
    return { edge: formatDuration(edge), count, mark: nearlySame(edge, limit.value) ? "  the limit" : "" };
  });
  const rows = [...near, { edge: "any time", count: formatCount(sides.outer.total), mark: "" }];
  const form = edges.form === "classic" ? [] : [FORMS[edges.form]];
  const none = below === above ? [] : [`no edge at ${formatDuration(limit.value)}: what is between counts both ways`];
  return [
    {
      label: "buckets",
      lines: [
        ...form,
        ...rows.map(({ edge, count, mark }) => `took at most ${padEnd(edge, 8)} ${count}${mark}`),
        ...none,
      ],
    },
  ];
}

function oddLines(
  objective: ReportedObjective,
  evidence: CounterEvidence,
  phases: readonly Phase[],
): readonly string[] {
  const again = rejudged(objective, evidence, phases);
  const same = JSON.stringify(again?.counts) === JSON.stringify(objective.counts);
  return same ? [] : ["the report counts otherwise than this evidence: judge the run again"];
}

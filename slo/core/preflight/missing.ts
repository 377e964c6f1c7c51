import type { Matcher, ObjectivesFile } from "../objective.ts";
import { selectorText, targetMatchers } from "../selector-text.ts";
import type { SeenSeries } from "./facts.ts";
import { metricsOfSubject, subjectsOf } from "./subjects.ts";

/** The targets whose metrics' names must be known, to tell what was meant by those that are not there. */
export function namesWanted(
  { objectives }: ObjectivesFile,
  series: readonly SeenSeries[],
): readonly (readonly Matcher[])[] {
  const seen = new Set(series.map(({ metric }) => metric));
  const lost = objectives
    .flatMap(subjectsOf)
    .filter((subject) => !metricsOfSubject(subject).some((metric) => seen.has(metric)))
    .map(({ selector }) => targetMatchers(selector));
  return [...new Map(lost.map((matchers) => [selectorText({ metric: "up", matchers }), matchers])).values()];
}

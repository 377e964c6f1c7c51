import type { Objective, QueryObjective, Selector } from "../objective.ts";
import type { PlannedPhase } from "../plan-file.ts";
import { isRecorded, queryReads } from "../promql-reads.ts";
import { bucketsOf, nativeOfCount, targetMatchers } from "../selector-text.ts";

/** What a selector is for. `part`: bad ones, which may be absent for as long as nothing goes wrong. */
export type Role = "histogram" | "total" | "bad" | "good" | "query";

export interface Subject {
  readonly role: Role;
  /** As written: a histogram's by its base name. */
  readonly selector: Selector;
  /** The judge looks at every target that is not excluded: the result does not tell which were read. */
  readonly everywhere: boolean;
}

/** Stands for the phase where no plan tells its length. Seconds. */
const USUAL_PHASE = 60;

/** PromQL of a query as it is tried before the run. */
export function triedQuery({ promql }: QueryObjective, phase: PlannedPhase | null): string {
  const milliseconds = Math.max(1, Math.round((phase?.duration ?? USUAL_PHASE) * 1000));
  return promql.replace(/\$phase\b/g, () => `${milliseconds}ms`);
}

/** The selectors that an objective rests on; none of a resource's, which are the judge's own. */
export function subjectsOf(objective: Objective): readonly Subject[] {
  switch (objective.indicator) {
    case "latency":
      return [{ role: "histogram", selector: objective.histogram, everywhere: false }];
    case "ratio":
      return [
        { role: "total", selector: objective.total, everywhere: false },
        { role: objective.part.kind, selector: objective.part.selector, everywhere: false },
      ];
    case "query":
      return ofQuery(objective);
    case "resource":
      return [];
  }
}

function ofQuery(objective: QueryObjective): readonly Subject[] {
  const { selectors, keepsSeries } = queryReads(triedQuery(objective, null));
  return selectors.flatMap((read) => {
    const { metric, matchers } = read;
    if (metric === null || isRecorded(read)) return [];
    const selector = { metric, matchers };
    return [{ role: "query" as const, selector, everywhere: !keepsSeries || targetMatchers(selector).length > 0 }];
  });
}

/** Every metric that tells what a subject is. */
export function metricsOfSubject({ role, selector }: Subject): readonly string[] {
  const native = nativeOfCount(selector);
  if (role !== "histogram") return native === null ? [selector.metric] : [selector.metric, native.metric];
  return [bucketsOf(selector).metric, selector.metric, `${selector.metric}_count`];
}

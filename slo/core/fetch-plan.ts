import { containerRequests } from "./container-plan.ts";
import type { FetchPlan, InstantRequest, RangeRequest } from "./fetched.ts";
import { laggingRequest, type Want } from "./lagging-plan.ts";
import type { Matcher, ObjectivesFile, QueryObjective, Selector } from "./objective.ts";
import { judgedPhases, phaseOf } from "./phases.ts";
import { queryReads } from "./promql-reads.ts";
import { CLOCK_METRIC, PROCESS_START_METRIC, processMetrics } from "./resource-sources.ts";
import type { Phase } from "./run.ts";
import { bucketsOf, loosened, nativeOfCount, selectorText, targetMatchers, unitedMatchers } from "./selector-text.ts";
import { unreachable } from "./unreachable.ts";

/** Enough for two scrapes on either side at the usual intervals of up to 30 s. */
export const DEFAULT_MARGIN_SECONDS = 75;

/** How much of the margin a query may look back: 2.5 scrape intervals, so that what is lost to it is a gap (`reach.ts`). */
const LOOKBACK_SHARE = 2.5 / 4;

/** Margin for a scrape interval that is known: two scrapes on either side, one late. Seconds. */
export function marginFor(scrapeInterval: number): number {
  return Math.max(5, 4 * scrapeInterval);
}

export interface FetchOptions {
  /** Seconds before a phase's start and after its end. */
  readonly marginSeconds: number;
  /** The run's `serverCounter` and `frontCounter`, parsed. */
  readonly serverCounter?: Selector | null;
  readonly frontCounter?: Selector | null;
}

function job(service: string): Matcher {
  return { label: "job", op: "=", value: service };
}

function countedWants(file: ObjectivesFile, phases: readonly Phase[], ofRun: readonly Selector[]): readonly Want[] {
  const ofObjectives = file.objectives.flatMap((objective): readonly Want[] => {
    const found = phaseOf(objective, phases);
    if (found.kind !== "found") return [];
    const { phase } = found;
    switch (objective.indicator) {
      case "latency":
        return [bucketsOf(objective.histogram), objective.histogram].map((selector) => ({
          selector,
          phase,
          counter: true,
          histogram: true,
        }));
      case "ratio":
        return [objective.total, loosened(objective.part.selector, objective.total)].flatMap((selector) =>
          counterWants(selector, phase),
        );
      case "resource":
        return processMetrics(objective.resource).map((metric) => ({
          selector: { metric, matchers: [job(objective.service)] },
          phase,
        }));
      case "query":
        return [];
    }
    return unreachable(objective);
  });
  const judged = judgedPhases(file.objectives, phases);
  return [...ofObjectives, ...judged.flatMap((phase) => ofRun.flatMap((counter) => counterWants(counter, phase)))];
}

/** A counter `…_count` may be a native histogram's, which has no series of its own. */
function counterWants(selector: Selector, phase: Phase): readonly Want[] {
  const native = nativeOfCount(selector);
  const own: Want = { selector, phase, counter: true };
  return native === null ? [own] : [own, { selector: native, phase, counter: true, histogram: true }];
}

function containersOf(file: ObjectivesFile, phases: readonly Phase[], marginSeconds: number): readonly RangeRequest[] {
  const wants = file.objectives.flatMap((objective) => {
    if (objective.indicator !== "resource") return [];
    const found = phaseOf(objective, phases);
    return found.kind === "found" ? [{ objective, phase: found.phase }] : [];
  });
  return containerRequests(wants, marginSeconds);
}

/** What a query reads is not fetched, only its targets' clocks are; nor what only containers tell of a service. */
function clockOnly(file: ObjectivesFile, phases: readonly Phase[]): readonly Want[] {
  return file.objectives.flatMap((objective): readonly Want[] => {
    const found = phaseOf(objective, phases);
    if (found.kind !== "found") return [];
    const { phase } = found;
    if (objective.indicator === "resource")
      return [{ selector: { metric: "", matchers: [job(objective.service)] }, phase }];
    if (objective.indicator !== "query") return [];
    return queryReads(resolvedQuery(objective, phase)).selectors.map(({ metric, matchers }) => ({
      selector: { metric: metric ?? "", matchers },
      phase,
    }));
  });
}

function clockWants(wants: readonly Want[]): readonly Want[] {
  return [CLOCK_METRIC, PROCESS_START_METRIC].flatMap((metric) =>
    wants.map(({ selector, phase }) => ({ selector: { metric, matchers: targetMatchers(selector) }, phase })),
  );
}

function rangeRequests(wants: readonly Want[], marginSeconds: number): readonly RangeRequest[] {
  return [...Map.groupBy(wants, ({ selector }) => selector.metric)].map(([metric, group]) => ({
    metric,
    selector: selectorText({ metric, matchers: unitedMatchers(group.map(({ selector }) => selector.matchers)) }),
    from: Math.min(...group.map(({ phase }) => phase.from)) - marginSeconds,
    to: Math.max(...group.map(({ phase }) => phase.to)) + marginSeconds,
    ...(group.every(({ counter }) => counter === true) ? { counter: true } : {}),
  }));
}

/** PromQL of a `query` objective with `$phase` as the phase's length, such as `30s` or `30500ms`. */
export function resolvedQuery(objective: QueryObjective, phase: Phase): string {
  const milliseconds = Math.max(1, Math.round((phase.to - phase.from) * 1000));
  const length = milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
  return objective.promql.replace(/\$phase\b/g, () => length);
}

function instantRequests(
  file: ObjectivesFile,
  phases: readonly Phase[],
  marginSeconds: number,
): readonly InstantRequest[] {
  const all = file.objectives.flatMap((objective): readonly InstantRequest[] => {
    if (objective.indicator !== "query") return [];
    const found = phaseOf(objective, phases);
    if (found.kind !== "found") return [];
    const { phase } = found;
    const lookback = Math.max(1, Math.min(phase.to - phase.from, marginSeconds * LOOKBACK_SHARE));
    return [{ objective: objective.name, promql: resolvedQuery(objective, phase), at: phase.to, lookback }];
  });
  return all.filter(
    (request, index) => all.findIndex(({ promql, at }) => promql === request.promql && at === request.at) === index,
  );
}

/**
 * Everything to ask Prometheus: one range request for each metric name, spanning every phase that needs it (a histogram
 * as buckets and under its own name, where a native one is), and the distinct queries of `query` objectives, with a
 * clock for the targets that their selectors read. Servers are asked with matchers that admit what any selector of a
 * name does; the rest is told apart here. A ratio's part is asked without what its total lacks, so that a misspelt label can be told
 * from no errors.
 */
export function planFetch(file: ObjectivesFile, phases: readonly Phase[], options: FetchOptions): FetchPlan {
  const ofRun = [options.serverCounter, options.frontCounter].flatMap((counter) => counter ?? []);
  const counted = countedWants(file, phases, ofRun);
  const clocks = clockWants([...counted, ...clockOnly(file, phases)]);
  const { marginSeconds } = options;
  return {
    ranges: [...rangeRequests([...clocks, ...counted], marginSeconds), ...containersOf(file, phases, marginSeconds)],
    instants: instantRequests(file, phases, marginSeconds),
    edges: { at: judgedPhases(file.objectives, phases).flatMap(({ from, to }) => [from, to]), margin: marginSeconds },
    ...laggingRequest(counted),
  };
}

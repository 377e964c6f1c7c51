import { SERVICE_LABELS } from "../container-labels.ts";
import { containerSelectors } from "../container-plan.ts";
import type { Matcher, ObjectivesFile } from "../objective.ts";
import type { PlanFile } from "../plan-file.ts";
import { CADVISOR, processMetrics } from "../resource-sources.ts";
import { formatMatchers } from "../selector.ts";
import { selectorText, sharedMatchers, targetMatchers } from "../selector-text.ts";
import { plannedPhase } from "./phase.ts";
import { metricsOfSubject, subjectsOf, triedQuery } from "./subjects.ts";

/** What to ask Prometheus before a run: few requests, however many objectives there are. */
export interface PreflightAsk {
  /** Instant queries: every live series of the metrics, by the targets they are wanted of. */
  readonly series: readonly string[];
  /** Selectors of `up`. */
  readonly clocks: readonly string[];
  /** The objectives' own queries, each once. */
  readonly queries: readonly string[];
}

interface Want {
  readonly metrics: readonly string[];
  readonly matchers: readonly Matcher[];
}

function wantsOf({ objectives }: ObjectivesFile): readonly Want[] {
  return objectives.flatMap((objective): readonly Want[] => {
    if (objective.indicator !== "resource") {
      return subjectsOf(objective).map((subject) => ({
        metrics: metricsOfSubject(subject),
        matchers: targetMatchers(subject.selector),
      }));
    }
    const job: Matcher = { label: "job", op: "=", value: objective.service };
    return [
      { metrics: processMetrics(objective.resource), matchers: [job] },
      // Every target, to tell what a service was probably meant to be called.
      { metrics: [], matchers: [] },
    ];
  });
}

const escaped = (name: string) => name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

function named(metrics: Iterable<string>, matchers: readonly Matcher[]): string {
  const value = [...new Set(metrics)].map(escaped).join("|");
  return formatMatchers([{ label: "__name__", op: "=~", value }, ...matchers]);
}

/** The services' containers, and by name all others' services. */
function containersAsked({ objectives }: ObjectivesFile): readonly string[] {
  const resources = objectives.filter((objective) => objective.indicator === "resource");
  if (resources.length === 0) return [];
  const labels = ["__name__", SERVICE_LABELS.compose, SERVICE_LABELS.container];
  return [...containerSelectors(resources), `group by (${labels.join(", ")}) (${CADVISOR.start})`];
}

/** One request for all metrics that are wanted of the same targets. */
export function preflightAsk(file: ObjectivesFile, plan: PlanFile | null): PreflightAsk {
  const wants = wantsOf(file);
  const byMetric = [
    ...Map.groupBy(
      wants.flatMap(({ metrics, matchers }) => metrics.map((metric) => ({ metric, matchers }))),
      ({ metric }) => metric,
    ),
  ].map(([metric, group]) => ({ metric, matchers: sharedMatchers(group.map(({ matchers }) => matchers)) }));
  const byTargets = Map.groupBy(byMetric, ({ matchers }) => selectorText({ metric: "up", matchers }));
  const queries = file.objectives.flatMap((objective) =>
    objective.indicator === "query" ? [triedQuery(objective, plannedPhase(objective, plan))] : [],
  );
  return {
    series: [
      ...[...byTargets.values()].flatMap((group) => {
        const metrics = group.map(({ metric }) => metric);
        return group.slice(0, 1).map(({ matchers }) => named(metrics, matchers));
      }),
      ...containersAsked(file),
    ],
    clocks: [...new Set(wants.map(({ matchers }) => selectorText({ metric: "up", matchers })))],
    queries: [...new Set(queries)],
  };
}

/** An instant query of the names of all metrics at these targets. */
export function namesQuery(matchers: readonly Matcher[]): string {
  const all: Matcher = { label: "__name__", op: "!=", value: "" };
  return `group by (__name__) (${formatMatchers([all, ...matchers])})`;
}

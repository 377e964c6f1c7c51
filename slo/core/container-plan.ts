import { FAMILIES, type Family, familyMatchers } from "./container-labels.ts";
import type { FetchPlan, RangeRequest } from "./fetched.ts";
import { itemAt } from "./item-at.ts";
import type { Matcher, ResourceObjective } from "./objective.ts";
import { askedOfContainers, CONTAINER } from "./resource-sources.ts";
import type { Phase } from "./run.ts";
import { formatMatchers } from "./selector.ts";

/** Seconds beyond the usual margin: cAdvisor looks at an idle container once a minute at the least. */
const HOUSEKEEPING = 60;

const NAME = "containers by ";

/** Name of the request that finds containers by this label: it asks for several metrics at once. */
export function containerRequest(family: Family): string {
  return `${NAME}${family}`;
}

interface Want {
  readonly objective: ResourceObjective;
  readonly phase: Phase;
}

/** One selector for each label by which a container may say whose it is, for all services and metrics together. */
export function containerSelectors(objectives: readonly ResourceObjective[]): readonly string[] {
  const names = askedOfContainers(objectives.map(({ resource }) => resource));
  const named: Matcher = { label: "__name__", op: "=~", value: names.join("|") };
  return FAMILIES.map((family) => formatMatchers([named, ...familyMatchers(family, objectives)]));
}

/** A large Prometheus is never asked for every container there is. */
export function containerRequests(wants: readonly Want[], marginSeconds: number): readonly RangeRequest[] {
  if (wants.length === 0) return [];
  const selectors = containerSelectors(wants.map(({ objective }) => objective));
  const margin = marginSeconds + HOUSEKEEPING;
  return FAMILIES.map((family, index) => ({
    metric: containerRequest(family),
    selector: itemAt(selectors, index),
    from: Math.min(...wants.map(({ phase }) => phase.from)) - margin,
    to: Math.max(...wants.map(({ phase }) => phase.to)) + margin,
  }));
}

/** Selectors of what shows when cAdvisor last looked at each container in the plan; its samples carry times of their own. */
export function containerClocks({ ranges }: FetchPlan): readonly string[] {
  return ranges.flatMap(({ metric, selector }) =>
    metric.startsWith(NAME) ? [selector.replace(/^\{__name__=~"[^"]*",/, `${CONTAINER.cpu.metric}{`)] : [],
  );
}

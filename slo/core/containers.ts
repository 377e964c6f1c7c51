import type { Answers } from "./answers.ts";
import { byKey } from "./by-key.ts";
import { FAMILIES, type Family, familyTest, namespaceLabel, namespaceOf, SERVICE_LABELS } from "./container-labels.ts";
import { containerRequest } from "./container-plan.ts";
import type { RawSeries } from "./fetched.ts";
import { itemAt } from "./item-at.ts";
import type { ResourceSubject } from "./objective.ts";

/** One container of a service through all its lives: after a restart Kubernetes gives it another id, Docker the same. */
export interface Container {
  readonly name: string;
  readonly namespace: string;
  /** Its name within a pod; empty under Docker. */
  readonly container: string;
  /** Every life has an id of its own (Kubernetes), so that one id is one life. */
  readonly idIsLife: boolean;
  /** Series of every metric, each with its `__name__`. */
  readonly series: readonly RawSeries[];
}

export interface FoundContainers {
  readonly family: Family;
  readonly containers: readonly Container[];
}

function nameOf({ service }: ResourceSubject, labels: RawSeries["labels"]): string {
  const { pod = "", container = "", name = "", id = "" } = labels;
  if (pod !== "") return container === service ? pod : `${pod}/${container}`;
  return [name, container].find((text) => text !== "") ?? id;
}

/** What stays the same over a container's lives. */
function identity({ job, instance, namespace, pod, container, name, id }: RawSeries["labels"]): string {
  const own = (pod ?? "") !== "" ? [namespace, pod, container] : [name ?? id];
  return JSON.stringify([job, instance, ...own]);
}

function containersIn(series: readonly RawSeries[], family: Family, subject: ResourceSubject): readonly Container[] {
  const groups = Map.groupBy(series, ({ labels }) => identity(labels));
  return [...groups].toSorted(byKey).map(([, group]) => {
    const { labels } = itemAt(group, 0);
    return {
      name: nameOf(subject, labels),
      namespace: namespaceOf(family, labels),
      container: labels.container ?? "",
      idIsLife: (labels.pod ?? "") !== "" && (labels.id ?? "") !== "",
      series: group,
    };
  });
}

/** The service's containers, by the first label that knows any; null where none does. */
export function findContainers(answers: Answers, subject: ResourceSubject): FoundContainers | null {
  for (const family of FAMILIES) {
    const test = familyTest(family, subject);
    const series = FAMILIES.flatMap((one) => answers.seriesOf(containerRequest(one))).filter(({ labels }) =>
      test(labels),
    );
    if (series.length > 0) return { family, containers: containersIn(distinct(series), family, subject) };
  }
  return null;
}

/** A series that two requests found is one series. */
function distinct(series: readonly RawSeries[]): readonly RawSeries[] {
  const key = ({ labels }: RawSeries) => JSON.stringify(Object.entries(labels).toSorted(byKey));
  return [...new Map(series.map((one) => [key(one), one])).values()];
}

/** Why these cannot all be meant; null where they can. */
export function ambiguity({ service }: ResourceSubject, { family, containers }: FoundContainers): string | null {
  const kinds = (values: readonly string[]) => [...new Set(values)].toSorted();
  const namespaces = kinds(containers.map(({ namespace }) => namespace));
  const what = family === "compose" ? "Compose projects" : "namespaces";
  if (namespaces.length > 1) return `"${service}" is in the ${what} ${namespaces.join(", ")} (write "namespace: …")`;
  const inside = kinds(containers.map((one) => one.container));
  if (inside.length < 2) return null;
  return `the pods of "${service}" hold the containers ${inside.join(", ")} (write "container: …")`;
}

/** The selector that finds these, for people. */
export function shownSelector(metric: string, subject: ResourceSubject, family: Family): string {
  const { service, namespace, container } = subject;
  const by = SERVICE_LABELS[family];
  const exact = family === "compose" || family === "container";
  const more = [
    ...(namespace === null ? [] : [`${namespaceLabel(family)}="${namespace}"`]),
    ...(container === null ? [] : [`container="${container}"`]),
  ];
  return `${metric}{${[exact ? `${by}="${service}"` : `${by}=~"${service}.*"`, ...more].join(",")}}`;
}

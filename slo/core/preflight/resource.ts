import { targetKey } from "../clock.ts";
import { FAMILIES, familyTest, SERVICE_LABELS } from "../container-labels.ts";
import { isLimit } from "../container-limit.ts";
import { formatAmount } from "../format.ts";
import { misspelt, nearest } from "../near.ts";
import type { ResourceObjective, Selector, UsageObjective } from "../objective.ts";
import {
  askedOfContainers,
  CADVISOR,
  CONTAINER,
  containerMetrics,
  limitMetrics,
  processMetrics,
} from "../resource-sources.ts";
import { type Found, fine, hopeless, unknown, wrong } from "./check.ts";
import type { Facts, SeenSeries, SeenTarget } from "./facts.ts";
import type { Looker } from "./scrapes.ts";
import { hasScraped, targetsFinding, targetsInUse } from "./targets.ts";
import { listed } from "./words.ts";

/** The process's own account is told from others by its job. */
function jobSelector({ service }: ResourceObjective): Selector {
  return { metric: "up", matchers: [{ label: "job", op: "=", value: service }] };
}

function serviceOf({ labels }: SeenSeries): string | undefined {
  return [SERVICE_LABELS.compose, SERVICE_LABELS.container]
    .map((name) => labels[name] ?? "")
    .find((name) => name !== "");
}

/** Names of services alone, as asked for to tell what was meant, are no containers. */
function isContainer({ metric, labels }: SeenSeries): boolean {
  return metric !== CADVISOR.start || [labels.id, labels.name, labels.pod].some((name) => name !== undefined);
}

/** All that cAdvisor tells of the service, by the first label that knows any, as the judge finds it. */
function knownOf(objective: ResourceObjective, series: readonly SeenSeries[]): readonly SeenSeries[] {
  const metrics = askedOfContainers([objective.resource]);
  const told = series.filter((one) => metrics.includes(one.metric) && isContainer(one));
  const found = FAMILIES.map((family) => told.filter(({ labels }) => familyTest(family, objective)(labels)));
  return found.find((own) => own.length > 0) ?? [];
}

/** The service's containers, as far as cAdvisor keeps account of the resource. */
function containersOf(objective: ResourceObjective, series: readonly SeenSeries[]): readonly SeenSeries[] {
  const metrics = containerMetrics(objective.resource);
  return knownOf(objective, series).filter(({ metric }) => metrics.includes(metric));
}

/** What a process may tell of itself; nothing where a container is asked for. */
function ownMetrics({ namespace, container, resource }: ResourceObjective): readonly string[] {
  return namespace === null && container === null ? processMetrics(resource) : [];
}

function ofProcesses(objective: ResourceObjective, { series }: Facts): readonly SeenSeries[] {
  const metrics = ownMetrics(objective);
  return series.filter(({ metric, labels }) => metrics.includes(metric) && labels.job === objective.service);
}

function nameOf({ labels }: SeenSeries): string {
  return labels.name ?? labels.pod ?? labels.id ?? "a container";
}

/** A share of a limit needs one: cAdvisor tells 0 of memory, and nothing of CPU, where none is set. */
export function limitFinding(objective: UsageObjective, facts: Facts): Found {
  const [metric = ""] = limitMetrics(objective.resource);
  const expected = `a ${objective.resource} limit of ${objective.service}'s containers`;
  const own = containersOf(objective, facts.series);
  if (own.length === 0) {
    const actual = "no container of it is known, and a process has no limit";
    return hopeless("limit", expected, actual, "run cAdvisor, or write the budget in units of its own");
  }
  const ids = new Set(
    facts.series.filter((one) => one.metric === metric && isLimit(one.value ?? 0)).map(({ labels }) => labels.id),
  );
  const without = own.filter(({ labels }) => !ids.has(labels.id)).map(nameOf);
  if (without.length === 0) return fine("limit", expected, "each has one");
  return hopeless(
    "limit",
    expected,
    `none is set of ${listed(without)}`,
    "set it, or write the budget in units of its own",
  );
}

/** The judge asks no process where cAdvisor knows the containers. */
function untold({ resource }: ResourceObjective, expected: string): Found {
  const metrics = containerMetrics(resource).join(" and ");
  const actual = `cAdvisor knows its containers, but exports no ${metrics} of them`;
  const advice =
    resource === "throttling"
      ? "it does so for containers with a CPU quota only: set one, or leave the objective out"
      : "let cAdvisor export it";
  return hopeless("resource", expected, actual, advice);
}

/** Targets whose scrapes tell of the resource; a replica that is down has part in the account of processes. */
export function keepersOf(
  objective: ResourceObjective,
  facts: Facts,
): { readonly looker: Looker; readonly targets: readonly SeenTarget[]; readonly finding: readonly Found[] } {
  const own = containersOf(objective, facts.series);
  if (own.length > 0) {
    const keys = new Set(own.map(({ labels }) => targetKey(labels)));
    const targets = facts.targets.filter(({ labels, state }) => state !== "gone" && keys.has(targetKey(labels)));
    return { looker: "container", targets, finding: [] };
  }
  const selector = jobSelector(objective);
  return {
    looker: "resource",
    targets: targetsInUse(selector, [], facts),
    finding: [targetsFinding(selector, ofProcesses(objective, facts), facts)],
  };
}

/** Does anybody keep account of the service? cAdvisor first, as the judge does. */
export function resourceFinding(objective: ResourceObjective, facts: Facts): Found {
  const { service, resource } = objective;
  const expected = `an account of ${service}'s ${resource}`;
  const own = containersOf(objective, facts.series);
  if (own.length > 0) {
    const count = new Set(own.map(({ labels }) => labels.id ?? labels.name ?? labels.pod)).size;
    return fine("resource", expected, `cAdvisor's, of ${formatAmount(count, "container")}`);
  }
  if (knownOf(objective, facts.series).some(({ metric }) => metric === CONTAINER.cpu.metric))
    return untold(objective, expected);
  const processes = ofProcesses(objective, facts);
  if (processes.length > 0) {
    const count = new Set(processes.map(({ labels }) => labels.instance)).size;
    return fine("resource", expected, `the process's own, of ${formatAmount(count, "target")}`);
  }
  const services = [
    ...facts.series.filter(({ metric }) => metric === CADVISOR.start).map(serviceOf),
    ...facts.targets.map(({ labels }) => labels.job),
  ].filter((name): name is string => name !== undefined && name !== service);
  const [metric] = ownMetrics(objective);
  const actual =
    metric === undefined
      ? "no container of that name that cAdvisor tells it of"
      : `no container of that name, and no process with job="${service}" that exports ${metric}`;
  const meant = misspelt(service, services);
  if (meant !== null) return wrong("resource", expected, actual, `did you mean service: ${meant}?`);
  if (!hasScraped(facts)) return unknown("resource", expected, actual, "Prometheus has not scraped anything yet");
  const [near] = nearest(service, services);
  const hint = near === undefined ? `there is ${listed(services)}; else` : `did you mean service: ${near}? Else`;
  return hopeless("resource", expected, actual, `${hint} run cAdvisor, or let the service export it`);
}

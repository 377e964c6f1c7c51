import { formatAmount } from "../format.ts";
import type { ResourceObjective, Selector } from "../objective.ts";
import { CONTAINER, metricsOf, PROCESS, SERVICE_LABELS } from "../resource-sources.ts";
import { type Found, fine, hopeless, unknown, wrong } from "./check.ts";
import type { Facts, SeenSeries } from "./facts.ts";
import { misspelt, nearest } from "./near.ts";
import { hasScraped } from "./targets.ts";
import { listed } from "./words.ts";

/** The process's own account is told from others by its job. */
export function jobSelector({ service }: ResourceObjective): Selector {
  return { metric: "up", matchers: [{ label: "job", op: "=", value: service }] };
}

function serviceOf({ labels }: SeenSeries): string | undefined {
  const label = SERVICE_LABELS.find((name) => (labels[name] ?? "") !== "");
  return label === undefined ? undefined : labels[label];
}

/** Does anybody keep account of the service? cAdvisor first, as the judge does. */
export function resourceFinding(objective: ResourceObjective, facts: Facts): Found {
  const { service, resource } = objective;
  const expected = `an account of ${service}'s ${resource}`;
  const ofContainers = metricsOf(CONTAINER, resource);
  const containers = facts.series.filter(({ metric }) => ofContainers.includes(metric));
  const own = containers.filter((series) => serviceOf(series) === service);
  if (own.length > 0) {
    const count = new Set(own.map(({ labels }) => labels.id ?? labels.name ?? labels.pod)).size;
    return fine("resource", expected, `cAdvisor's, of ${formatAmount(count, "container")}`);
  }
  const [metric = "", ...marks] = metricsOf(PROCESS, resource);
  const ofProcess = facts.series.filter(
    (one) => (one.metric === metric || marks.includes(one.metric)) && one.labels.job === service,
  );
  if (ofProcess.length > 0) {
    const count = new Set(ofProcess.map(({ labels }) => labels.instance)).size;
    return fine("resource", expected, `the process's own, of ${formatAmount(count, "target")}`);
  }
  const services = [
    ...containers.flatMap((series) => serviceOf(series) ?? []),
    ...facts.targets.flatMap(({ labels }) => labels.job ?? []),
  ];
  const actual = `no container of that name, and no process with job="${service}" that exports ${metric}`;
  const meant = misspelt(service, services);
  if (meant !== null) return wrong("resource", expected, actual, `did you mean service: ${meant}?`);
  if (!hasScraped(facts)) return unknown("resource", expected, actual, "Prometheus has not scraped anything yet");
  const [near] = nearest(service, services);
  const hint = near === undefined ? `there is ${listed(services)}; else` : `did you mean service: ${near}? Else`;
  return hopeless("resource", expected, actual, `${hint} run cAdvisor, or let the service export it`);
}

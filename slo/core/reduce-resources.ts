import type { Answers } from "./answers.ts";
import { ownClock, targetKey } from "./clock.ts";
import { FAMILIES } from "./container-labels.ts";
import { containerRequest } from "./container-plan.ts";
import { shownSelector } from "./containers.ts";
import type { Replica, ResourceEvidence } from "./evidence.ts";
import type { RawSeries } from "./fetched.ts";
import type { ResourceKind, ResourceSubject } from "./objective.ts";
import { reachOf } from "./reach.ts";
import { reduceContainers } from "./reduce-containers.ts";
import { cpuReplica, memoryReplica, restartReplica, type Subject } from "./replica.ts";
import { containerMetrics, PROCESS, PROCESS_START_METRIC, processMetrics } from "./resource-sources.ts";
import type { Phase } from "./run.ts";
import { onClock } from "./targets.ts";
import { unreachable } from "./unreachable.ts";

function named(answers: Answers, metrics: readonly string[]): readonly RawSeries[] {
  return metrics.flatMap((metric) =>
    answers.seriesOf(metric).map((series) => ({ ...series, labels: { ...series.labels, __name__: metric } })),
  );
}

function processSubjects(
  answers: Answers,
  service: string,
  metrics: readonly string[],
  phase: Phase,
): readonly Subject[] {
  const series = named(answers, metrics).filter(({ labels }) => labels.job === service);
  const groups = Map.groupBy(series, ({ labels }) => targetKey(labels));
  const keys = new Set([
    ...groups.keys(),
    ...[...answers.clocks].flatMap(([key, { job }]) => (job === service ? [key] : [])),
  ]);
  return [...keys].toSorted().flatMap((key) => {
    const group = groups.get(key) ?? [];
    const known = answers.clocks.get(key);
    const clock = known !== undefined && onClock(group, known) ? known : ownClock(group);
    const reach = reachOf(clock, phase, answers.watched);
    return reach === null ? [] : [{ name: clock.instance, clock, reach, troubles: reach.troubles, series: group }];
  });
}

function processReplica(subject: Subject, resource: ResourceKind, phase: Phase): readonly Replica[] {
  switch (resource) {
    case "memory":
      return [memoryReplica(subject, PROCESS.memory, phase)];
    case "cpu":
      return [cpuReplica(subject, PROCESS.cpu.metric)];
    case "restarts":
      return [restartReplica(subject, PROCESS_START_METRIC)];
    case "throttling":
    case "oomKills":
      return [];
  }
  return unreachable(resource);
}

/** cAdvisor's account where it has one of the service, else the process's own. */
export function reduceResource(
  answers: Answers,
  subject: ResourceSubject,
  resource: ResourceKind,
  phase: Phase,
): ResourceEvidence {
  const { service, namespace, container } = subject;
  const base = { service, namespace, container, resource, phase: phase.name };
  const ofProcesses = processMetrics(resource);
  const failure = answers.failureOf([...FAMILIES.map(containerRequest), ...ofProcesses]);
  if (failure !== null) return { ...base, origin: "none", queries: [], failure, replicas: [] };
  const contained = reduceContainers(answers, subject, resource, phase);
  if (contained !== null) return { ...base, origin: "container", failure: null, ...contained };
  // A namespace and a container are told of containers only.
  const exact = namespace === null && container === null;
  const subjects = exact ? processSubjects(answers, service, ofProcesses, phase) : [];
  return {
    ...base,
    origin: subjects.some(({ series }) => series.length > 0) ? "process" : "none",
    queries:
      ofProcesses.length > 0
        ? ofProcesses.map((metric) => `${metric}{job="${service}"}`)
        : containerMetrics(resource).map((metric) => shownSelector(metric, subject, "compose")),
    failure: null,
    replicas: subjects.flatMap((one) => processReplica(one, resource, phase)),
  };
}

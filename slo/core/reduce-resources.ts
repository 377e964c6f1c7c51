import type { Answers } from "./answers.ts";
import { type Clock, ownClock, targetKey } from "./clock.ts";
import type { RawSeries, Replica, ResourceEvidence, Trouble } from "./evidence.ts";
import { cpuCourse, faultsOf, highWater, markResetsOf, resetsOf, sampledGauge, samplesOf } from "./gauge.ts";
import type { ResourceKind } from "./objective.ts";
import { type Reach, reachOf, watchedAtStart } from "./reach.ts";
import { CONTAINER, metricsOf, PROCESS, type ResourceSource, SERVICE_LABELS } from "./resource-sources.ts";
import type { Phase } from "./run.ts";

interface Subject {
  readonly name: string;
  readonly clock: Clock;
  readonly reach: Reach;
  /** Troubles of its clock that count. */
  readonly troubles: readonly Trouble[];
  readonly series: readonly RawSeries[];
}

function ofMetric(series: readonly RawSeries[], metric: string): readonly RawSeries[] {
  return series.filter(({ labels }) => labels.__name__ === metric);
}

function memoryReplica(subject: Subject, source: ResourceSource, phase: Phase): Replica {
  const { gauge, highWater: mark } = source.memory;
  const sampled = samplesOf(ofMetric(subject.series, gauge.metric));
  const marks = samplesOf(ofMetric(subject.series, mark.metric));
  const { clock, reach } = subject;
  return {
    name: subject.name,
    gauge: sampledGauge(sampled, gauge, phase),
    highWater: highWater(marks, mark, phase),
    cpu: null,
    coverage: reach.coverage,
    troubles: [...subject.troubles, ...markResetsOf(marks, clock, reach, mark.metric)],
    faults: [...faultsOf(sampled, gauge.metric), ...faultsOf(marks, mark.metric)],
  };
}

function cpuReplica(subject: Subject, source: ResourceSource): Replica {
  const { metric } = source.cpu;
  const samples = samplesOf(ofMetric(subject.series, metric));
  const { clock, reach } = subject;
  return {
    name: subject.name,
    gauge: null,
    highWater: null,
    cpu: cpuCourse(samples, clock, reach, metric),
    coverage: reach.coverage,
    troubles: [...subject.troubles, ...resetsOf(samples, clock, reach, metric)],
    faults: faultsOf(samples, metric),
  };
}

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
    const clock = answers.clocks.get(key) ?? ownClock(group);
    const reach = reachOf(clock, phase, watchedAtStart(answers.clocks.values(), phase));
    return reach === null ? [] : [{ name: clock.instance, clock, reach, troubles: reach.troubles, series: group }];
  });
}

const IDENTITY = ["instance", "id", "namespace", "pod", "container", "name"];

function isOf(service: string, { labels }: RawSeries): boolean {
  const label = SERVICE_LABELS.find((name) => (labels[name] ?? "") !== "");
  return label !== undefined && labels[label] === service;
}

/** cAdvisor gives samples times of their own, and a container's id names one life of it. */
function containerClock(series: readonly RawSeries[]): Clock {
  const clock = ownClock(series);
  return (clock.labels.id ?? "") === "" ? clock : { ...clock, startAt: () => 0 };
}

function containerTroubles(reach: Reach): readonly Trouble[] {
  return reach.troubles.filter(({ kind }) => kind !== "own-clock");
}

function containerSubjects(
  answers: Answers,
  service: string,
  metrics: readonly string[],
  phase: Phase,
): readonly Subject[] {
  const series = named(answers, metrics).filter((one) => isOf(service, one));
  const groups = Map.groupBy(series, ({ labels }) => JSON.stringify(IDENTITY.map((name) => labels[name] ?? "")));
  return [...groups.keys()].toSorted().flatMap((key) => {
    const group = groups.get(key) ?? [];
    const clock = containerClock(group);
    const reach = reachOf(clock, phase, watchedAtStart(answers.clocks.values(), phase));
    if (reach === null) return [];
    const labels = group[0]?.labels ?? {};
    const name = labels.name ?? labels.pod ?? labels.container ?? labels.id ?? clock.instance;
    return [{ name, clock, reach, troubles: containerTroubles(reach), series: group }];
  });
}

/** cAdvisor's account where it has one of the service, else the process's own. */
export function reduceResource(
  answers: Answers,
  service: string,
  resource: ResourceKind,
  phase: Phase,
): ResourceEvidence {
  const base = { service, resource, phase: phase.name };
  const [ofContainers, ofProcesses] = [metricsOf(CONTAINER, resource), metricsOf(PROCESS, resource)];
  const failure = answers.failureOf([...ofContainers, ...ofProcesses]);
  if (failure !== null) return { ...base, origin: "none", queries: [], failure, replicas: [] };
  const containers = containerSubjects(answers, service, ofContainers, phase);
  const source = containers.length > 0 ? CONTAINER : PROCESS;
  const subjects = containers.length > 0 ? containers : processSubjects(answers, service, ofProcesses, phase);
  const origin = containers.length > 0 ? "container" : "process";
  return {
    ...base,
    origin: subjects.some(({ series }) => series.length > 0) ? origin : "none",
    queries: metricsOf(source, resource).map(
      (metric) => `${metric}{${origin === "process" ? "job" : SERVICE_LABELS[0]}="${service}"}`,
    ),
    failure: null,
    replicas: subjects.map((subject) =>
      resource === "memory" ? memoryReplica(subject, source, phase) : cpuReplica(subject, source),
    ),
  };
}

import type { Answers } from "./answers.ts";
import type { Clock } from "./clock.ts";
import { containerClock } from "./container-life.ts";
import { containerLimit } from "./container-limit.ts";
import { ambiguity, type Container, type FoundContainers, findContainers, shownSelector } from "./containers.ts";
import type { Fault, Replica } from "./evidence.ts";
import { itemAt } from "./item-at.ts";
import type { ResourceKind, ResourceSubject } from "./objective.ts";
import { reachOf } from "./reach.ts";
import { cpuReplica, memoryReplica, oomReplica, restartReplica, type Subject, throttlingReplica } from "./replica.ts";
import { CADVISOR, CONTAINER, containerMetrics, limitMetrics } from "./resource-sources.ts";
import type { Phase } from "./run.ts";
import { unreachable } from "./unreachable.ts";
import { type Watched, watchedOf } from "./watched.ts";

export interface ReducedContainers {
  readonly queries: readonly string[];
  readonly replicas: readonly Replica[];
}

interface Live {
  readonly container: Container;
  readonly subject: Subject;
}

/** What a container's samples are timed by, for each kind; start times and limits stand on the scrape's clock. */
function timedBy(resource: ResourceKind): readonly string[] {
  return containerMetrics(resource).filter((metric) => metric !== CADVISOR.start);
}

/** Throttling has no series without a quota: that the container was there is told by its CPU. */
function clockOf(container: Container, resource: ResourceKind): Clock {
  const own = containerClock(container, timedBy(resource));
  return own.times.length > 0 ? own : containerClock(container, [CONTAINER.cpu.metric]);
}

function live(container: Container, clock: Clock, phase: Phase, watched: Watched): readonly Live[] {
  const reach = reachOf(clock, phase, watched);
  if (reach === null) return [];
  const troubles = reach.troubles.filter(({ kind }) => kind !== "own-clock");
  return [{ container, subject: { name: container.name, clock, reach, troubles, series: container.series } }];
}

function replicaOf({ container, subject }: Live, resource: ResourceKind, phase: Phase): Replica {
  switch (resource) {
    case "memory": {
      const limit = containerLimit(container, resource, phase);
      return { ...memoryReplica(subject, CONTAINER.memory, phase), limit };
    }
    case "cpu": {
      const limit = containerLimit(container, resource, phase);
      return { ...cpuReplica(subject, CONTAINER.cpu.metric), limit };
    }
    case "throttling":
      return throttlingReplica(subject);
    case "oomKills":
      return oomReplica(subject);
    case "restarts":
      return restartReplica(subject, CADVISOR.start);
  }
  return unreachable(resource);
}

function queriesOf(found: FoundContainers, subject: ResourceSubject, resource: ResourceKind): readonly string[] {
  const limits = resource === "memory" || resource === "cpu" ? limitMetrics(resource) : [];
  return [...containerMetrics(resource), ...limits].map((metric) => shownSelector(metric, subject, found.family));
}

/** cAdvisor's account of a service; null where it has none of it in this phase. */
export function reduceContainers(
  answers: Answers,
  of: ResourceSubject,
  resource: ResourceKind,
  phase: Phase,
): ReducedContainers | null {
  const found = findContainers(answers, of);
  if (found === null) return null;
  const clocks = found.containers.map((container) => clockOf(container, resource));
  // cAdvisor's own clock is not asked for: that it was there, its other containers tell.
  const watched = watchedOf([...answers.clocks.values(), ...clocks]);
  const alive = found.containers.flatMap((container, index) => live(container, itemAt(clocks, index), phase, watched));
  if (alive.length === 0) return null;
  const text = ambiguity(of, { ...found, containers: alive.map(({ container }) => container) });
  const faults: readonly Fault[] = text === null ? [] : [{ code: "ambiguous-service", text }];
  return {
    queries: queriesOf(found, of, resource),
    replicas: alive.map((one) => {
      const replica = replicaOf(one, resource, phase);
      return { ...replica, faults: [...faults, ...replica.faults] };
    }),
  };
}

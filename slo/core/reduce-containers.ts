import type { Answers } from "./answers.ts";
import { containerClock } from "./container-life.ts";
import { containerLimit } from "./container-limit.ts";
import { ambiguity, type Container, type FoundContainers, findContainers, shownSelector } from "./containers.ts";
import type { Fault, Replica } from "./evidence.ts";
import type { ResourceKind, ResourceSubject } from "./objective.ts";
import { reachOf, watchedAtStart } from "./reach.ts";
import { cpuReplica, memoryReplica, oomReplica, restartReplica, type Subject, throttlingReplica } from "./replica.ts";
import { CADVISOR, CONTAINER, containerMetrics, limitMetrics } from "./resource-sources.ts";
import type { Phase } from "./run.ts";
import { unreachable } from "./unreachable.ts";

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

function live(container: Container, resource: ResourceKind, phase: Phase, watched: boolean): readonly Live[] {
  const own = containerClock(container, timedBy(resource));
  // Throttling has no series without a quota: that the container was there is told by its CPU.
  const clock = own.times.length > 0 ? own : containerClock(container, [CONTAINER.cpu.metric]);
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
  const watched = watchedAtStart(answers.clocks.values(), phase);
  const alive = found.containers.flatMap((container) => live(container, resource, phase, watched));
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

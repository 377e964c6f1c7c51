import type { Clock } from "./clock.ts";
import type { EventCourse, Replica, Throttling, Trouble } from "./evidence.ts";
import type { RawSeries } from "./fetched.ts";
import {
  cpuCourse,
  faultsOf,
  highWater,
  markResetsOf,
  resetsOf,
  type Samples,
  sampledGauge,
  samplesOf,
} from "./gauge.ts";
import { itemAt } from "./item-at.ts";
import { processBetween, type Reach } from "./reach.ts";
import { CADVISOR, type MemorySource } from "./resource-sources.ts";
import type { Phase } from "./run.ts";

/** A process or a container that has a part in the phase. */
export interface Subject {
  readonly name: string;
  readonly clock: Clock;
  readonly reach: Reach;
  /** Troubles of its clock that count. */
  readonly troubles: readonly Trouble[];
  readonly series: readonly RawSeries[];
}

function samplesNamed({ series }: Subject, metric: string): Samples {
  return samplesOf(series.filter(({ labels }) => labels.__name__ === metric));
}

function bare({ name, reach, troubles }: Subject): Replica {
  return {
    name,
    gauge: null,
    highWater: null,
    cpu: null,
    limit: null,
    throttling: null,
    events: null,
    coverage: reach.coverage,
    troubles,
    faults: [],
  };
}

/** How far below a sample a mark may stand for the kernel's rounding; below that it is no mark. */
const MARK_ROUNDING = 0.99;

/** A kernel that keeps no mark (cgroup v2 before Linux 5.19) has cAdvisor export 0. */
function isMark(marks: Samples, gauge: Samples): boolean {
  const highest = Math.max(0, ...marks.values());
  return highest > 0 && highest >= MARK_ROUNDING * Math.max(0, ...gauge.values());
}

const NONE: Samples = new Map();

export function memoryReplica(subject: Subject, { gauge, highWater: mark }: MemorySource, phase: Phase): Replica {
  const sampled = samplesNamed(subject, gauge.metric);
  const exported = samplesNamed(subject, mark.metric);
  const marks = mark.comparable || isMark(exported, sampled) ? exported : NONE;
  const { clock, reach } = subject;
  return {
    ...bare(subject),
    gauge: sampledGauge(sampled, gauge, phase),
    highWater: highWater(marks, mark, phase),
    troubles: [...subject.troubles, ...markResetsOf(marks, clock, reach, mark.metric)],
    faults: [...faultsOf(sampled, gauge.metric), ...faultsOf(marks, mark.metric)],
  };
}

export function cpuReplica(subject: Subject, metric: string): Replica {
  const samples = samplesNamed(subject, metric);
  const { clock, reach } = subject;
  return {
    ...bare(subject),
    cpu: cpuCourse(samples, clock, reach, metric),
    troubles: [...subject.troubles, ...resetsOf(samples, clock, reach, metric)],
    faults: faultsOf(samples, metric),
  };
}

export function throttlingReplica(subject: Subject): Replica {
  const { clock, reach } = subject;
  const counted = (metric: string) => {
    const samples = samplesNamed(subject, metric);
    return {
      course: cpuCourse(samples, clock, reach, metric),
      resets: resetsOf(samples, clock, reach, metric),
      faults: faultsOf(samples, metric),
    };
  };
  const [part, all] = [counted(CADVISOR.throttled), counted(CADVISOR.periods)];
  const throttling: Throttling | null =
    part.course === null || all.course === null
      ? null
      : { metric: part.course.metric, times: all.course.times, periods: all.course.used, throttled: part.course.used };
  return {
    ...bare(subject),
    throttling,
    troubles: [...subject.troubles, ...all.resets, ...part.resets.filter(({ kind }) => kind === "reset")],
    faults: [...part.faults, ...all.faults],
  };
}

/** Intervals in which nothing tells whether the process stayed the same. */
function unsure({ clock, reach }: Subject): number {
  return reach.bounds
    .slice(1)
    .filter((to, index) => processBetween(clock, itemAt(reach.bounds, index), to) === "unknown").length;
}

export function oomReplica(subject: Subject): Replica {
  const metric = CADVISOR.oomKills;
  const samples = samplesNamed(subject, metric);
  const { clock, reach } = subject;
  const course = cpuCourse(samples, clock, reach, metric);
  const events: EventCourse | null =
    course === null ? null : { metric, times: course.times, counts: course.used, unsure: unsure(subject) };
  return {
    ...bare(subject),
    events,
    troubles: [...subject.troubles, ...resetsOf(samples, clock, reach, metric)],
    faults: faultsOf(samples, metric),
  };
}

/** What is a trouble elsewhere is what is counted here. */
export function restartReplica(subject: Subject, metric: string): Replica {
  const { clock, reach } = subject;
  const counts = reach.bounds
    .slice(1)
    .map((to, index) => (processBetween(clock, itemAt(reach.bounds, index), to) === "changed" ? 1 : 0));
  const times = reach.bounds.map((bound) => bound / 1000);
  const events = times.length < 2 ? null : { metric, times, counts, unsure: unsure(subject) };
  return { ...bare(subject), events };
}

import type { Replica, ResourceEvidence } from "../../core/evidence.ts";
import type { ReportedObjective } from "../../core/report.ts";
import type { Course } from "./course-chart.ts";
import { sharedCourse } from "./courses.ts";
import { joined, overlaps, peakReadings, type Reading, type Step } from "./steps.ts";
import type { Told } from "./told.ts";

type Readings = readonly (Reading | null)[];

/** How one kind of resource is drawn. */
interface Way {
  readonly title: string;
  readonly what: string;
  readonly times: (replica: Replica) => readonly number[] | undefined;
  readonly read: (replica: Replica, steps: readonly Step[]) => Readings;
}

/** A resource of every replica over the run, the hungriest first; as a share of its limit where that was judged. */
export function resourceCourse(objective: ReportedObjective, evidence: ResourceEvidence, told: Told): Course {
  const way = wayOf(evidence);
  const ofLimit = objective.limit.unit === "ratio" && evidence.resource !== "throttling";
  const longest = evidence.replicas.reduce<readonly number[]>((best, replica) => {
    const times = way.times(replica) ?? [];
    return times.length > best.length ? times : best;
  }, []);
  const steps = joined(longest);
  const lines = evidence.replicas
    .map((replica) => {
      const readings = way.read(replica, steps);
      return { name: replica.name, readings: ofLimit ? sharesOf(readings, replica.limit?.lowest ?? 0) : readings };
    })
    .toSorted((a, b) => highest(b.readings) - highest(a.readings));
  const what = ofLimit ? `${way.what}, of the container's limit` : way.what;
  const { unit } = objective.limit;
  return { ...sharedCourse(objective, told), title: way.title, what, unit, spread: false, lines: { steps, lines } };
}

function wayOf({ resource, replicas }: ResourceEvidence): Way {
  switch (resource) {
    case "memory": {
      const measure = replicas.find(({ gauge }) => gauge !== null)?.gauge?.measure ?? "memory";
      return {
        title: "Memory over the run",
        what: `highest ${measure} of each step`,
        times: ({ gauge }) => gauge?.times,
        read: ({ gauge }, steps) => peakReadings(steps, gauge?.times ?? [], gauge?.values ?? []),
      };
    }
    case "cpu":
      return {
        title: "CPU over the run",
        what: "cores used in each step",
        times: ({ cpu }) => cpu?.times,
        read: ({ cpu }, steps) => {
          const used = spread(steps, cpu?.times, cpu?.used);
          return steps.map(({ from, to }, index) => divided(used[index] ?? null, to - from));
        },
      };
    case "throttling":
      return {
        title: "Throttling over the run",
        what: "share of CPU periods held back in each step",
        times: ({ throttling }) => throttling?.times,
        read: ({ throttling }, steps) => {
          const periods = spread(steps, throttling?.times, throttling?.periods);
          const held = spread(steps, throttling?.times, throttling?.throttled);
          return steps.map((_, index) => divided(held[index] ?? null, periods[index] ?? 0));
        },
      };
    case "oomKills":
    case "restarts":
      return {
        title: resource === "restarts" ? "Restarts over the run" : "OOM kills over the run",
        what: "at least so many up to each step's end",
        times: ({ events }) => events?.times,
        read: ({ events }, steps) => soFar(spread(steps, events?.times, events?.counts)),
      };
    default: {
      const never: never = resource;
      return never;
    }
  }
}

/** What was counted from sample to sample, by step; null where no sample tells. */
function spread(
  steps: readonly Step[],
  times: readonly number[] = [],
  counts: readonly number[] = [],
): readonly (number | null)[] {
  const sums: (number | null)[] = steps.map(() => null);
  for (const { interval, step, share } of overlaps(times, steps))
    sums[step] = (sums[step] ?? 0) + share * (counts[interval] ?? 0);
  return sums;
}

function divided(part: number | null, whole: number): Reading | null {
  return part === null || whole <= 0 ? null : { value: part / whole };
}

function soFar(counts: readonly (number | null)[]): Readings {
  let sum = 0;
  return counts.map((count) => {
    sum += count ?? 0;
    return count === null ? null : { value: sum };
  });
}

function sharesOf(readings: Readings, limit: number): Readings {
  return readings.map((one) => (one === null ? null : divided(one.value, limit)));
}

function highest(readings: Readings): number {
  return readings.reduce((most, one) => Math.max(most, one?.value ?? 0), 0);
}

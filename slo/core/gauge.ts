import { type Clock, toMs } from "./clock.ts";
import type { CpuCourse, Fault, HighWater, SampledGauge, Trouble } from "./evidence.ts";
import type { RawSeries } from "./fetched.ts";
import { itemAt } from "./item-at.ts";
import { processBetween, type Reach } from "./reach.ts";
import type { MemorySource } from "./resource-sources.ts";
import type { Phase } from "./run.ts";

/** Samples of one thing by time, milliseconds; several series of it (one a CPU) are added up. */
export type Samples = ReadonlyMap<number, number>;

export function samplesOf(series: readonly RawSeries[]): Samples {
  const sums = new Map<number, number>();
  for (const { times, values } of series) {
    times.forEach((time, index) => {
      const at = toMs(time);
      sums.set(at, (sums.get(at) ?? 0) + itemAt(values, index));
    });
  }
  return new Map([...sums].toSorted(([a], [b]) => a - b));
}

/** Beyond 2^53 a float64 no longer tells one from the next: what was used would read as none. */
export function faultsOf(samples: Samples, metric: string): readonly Fault[] {
  const odd = [...samples.values()].find((value) => !(value >= 0 && value <= Number.MAX_SAFE_INTEGER));
  return odd === undefined ? [] : [{ code: "bad-value", text: `${metric} has the value ${odd}, which cannot be` }];
}

export function sampledGauge(samples: Samples, source: MemorySource["gauge"], phase: Phase): SampledGauge | null {
  // What is no number stands as a fault, and a JSON file has no place for it.
  const inside = [...samples].filter(
    ([time, value]) => time >= toMs(phase.from) && time <= toMs(phase.to) && Number.isFinite(value),
  );
  if (inside.length === 0) return null;
  return {
    metric: source.metric,
    measure: source.measure,
    times: inside.map(([time]) => time / 1000),
    values: inside.map(([, value]) => value),
  };
}

export function highWater(samples: Samples, source: MemorySource["highWater"], phase: Phase): HighWater | null {
  if (samples.size === 0) return null;
  const [from, to] = [toMs(phase.from), toMs(phase.to)];
  const all = [...samples];
  const inside = all.filter(([time]) => time >= from && time <= to).map(([, value]) => value);
  const beyond = all.find(([time]) => time >= to)?.[1];
  // The highest seen, not the last: the kernel's own mark steps back by some pages now and then.
  return {
    metric: source.metric,
    measure: source.measure,
    comparable: source.comparable,
    atStart: inside[0] ?? null,
    beforeEnd: inside.length === 0 ? null : Math.max(...inside),
    atEnd: beyond === undefined ? null : Math.max(...inside, beyond),
  };
}

type Reset = Extract<Trouble, { kind: "reset" }>;
type Restart = Extract<Trouble, { kind: "restart" }>;

function fell(samples: Samples, reach: Reach, metric: string): readonly Reset[] {
  return reach.bounds.slice(1).flatMap((bound, index): readonly Reset[] => {
    const before = samples.get(itemAt(reach.bounds, index));
    const after = samples.get(bound);
    return before !== undefined && (after === undefined || after < before)
      ? [{ kind: "reset", at: bound / 1000, metric }]
      : [];
  });
}

/**
 * A high-water mark that falls tells of another process only where nothing better does: Linux counts resident pages by
 * CPU and sums them roughly (proc(5), VmHWM), so a mark may step back a little in one and the same process.
 */
export function markResetsOf(samples: Samples, clock: Clock, reach: Reach, metric: string): readonly Trouble[] {
  const same = reach.bounds.slice(1).filter((bound, index) => {
    const process = processBetween(clock, itemAt(reach.bounds, index), bound);
    return samples.has(bound) && process === "unchanged";
  });
  const times = new Set(same.map((bound) => bound / 1000));
  return resetsOf(samples, clock, reach, metric).filter(({ at }) => !times.has(at));
}

/** A counter never falls while its process lives. */
export function resetsOf(samples: Samples, clock: Clock, reach: Reach, metric: string): readonly (Reset | Restart)[] {
  const restarts = reach.bounds.slice(1).flatMap((bound, index): readonly Restart[] => {
    const changed = processBetween(clock, itemAt(reach.bounds, index), bound) === "changed";
    return changed ? [{ kind: "restart", at: bound / 1000 }] : [];
  });
  const times = new Set(restarts.map(({ at }) => at));
  return [...restarts, ...fell(samples, reach, metric).filter(({ at }) => !times.has(at))];
}

export function cpuCourse(samples: Samples, clock: Clock, reach: Reach, metric: string): CpuCourse | null {
  // Samples that are none of the scrapes', be it of an hour ago, tell nothing of what was used in between.
  if (!reach.bounds.some((bound) => samples.has(bound))) return null;
  const used = reach.bounds.slice(1).map((bound, index) => {
    const from = itemAt(reach.bounds, index);
    const before = reach.born && index === 0 ? 0 : (samples.get(from) ?? 0);
    const after = samples.get(bound) ?? 0;
    const fresh = after < before || processBetween(clock, from, bound) === "changed";
    return fresh ? after : after - before;
  });
  if (!used.every(Number.isFinite)) return null;
  return { metric, times: reach.bounds.map((bound) => bound / 1000), used };
}

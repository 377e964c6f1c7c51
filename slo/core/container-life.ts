import { type Clock, ownClock, START_ROUNDING_MS, toMs } from "./clock.ts";
import type { Container } from "./containers.ts";
import type { RawSeries } from "./fetched.ts";
import { samplesOf } from "./gauge.ts";
import { itemAt } from "./item-at.ts";
import { CADVISOR, CONTAINER, LIFE_COUNTERS } from "./resource-sources.ts";

type Between = Clock["between"];

/** Room for the moment in which cAdvisor reads a counter and a quota's bursts, in the proof that nothing began anew. */
const SLACK = 1.25;

export function seriesNamed(series: readonly RawSeries[], metric: string): readonly RawSeries[] {
  return series.filter(({ labels }) => labels.__name__ === metric);
}

type Lookup = (time: number) => number | null;

/** The last value at or before a time, else the first: start times stand on the scrape's clock. */
function lookup(series: readonly RawSeries[]): Lookup {
  const all = [...samplesOf(series)].filter(([, value]) => Number.isFinite(value));
  return (time) => (all.findLast(([at]) => at <= time) ?? all[0])?.[1] ?? null;
}

type Lives = (time: number) => string | null;

/** Which life of the container, by its id, a time belongs to. */
function lives({ series }: Container): Lives {
  const byId = Map.groupBy(seriesNamed(series, CONTAINER.cpu.metric), ({ labels }) => labels.id ?? "");
  const spans = [...byId].map(([id, group]) => {
    const times = group.flatMap((one) => one.times.map(toMs));
    return { id, from: Math.min(...times), to: Math.max(...times) };
  });
  return (time) => spans.find(({ from, to }) => from <= time && time <= to)?.id ?? null;
}

/** Did a counter that lives as long as its container fall between the two? */
function fellBetween({ series }: Container): (from: number, to: number) => boolean {
  const counters = LIFE_COUNTERS.flatMap((metric) => {
    const byId = Map.groupBy(seriesNamed(series, metric), ({ labels }) => labels.id ?? "");
    return [...byId.values()].map((group) => [...samplesOf(group)]);
  });
  return (from, to) =>
    counters.some((samples) => {
      const values = samples.filter(([time]) => time >= from && time <= to).map(([, value]) => value);
      return values.slice(1).some((value, index) => value < itemAt(values, index));
    });
}

/** The most cores it may have had between the two, by the scrapes around them as well; null: a quota did not hold all along. */
function coresBetween(series: readonly RawSeries[]): (from: number, to: number) => number | null {
  const quotas = samplesOf(seriesNamed(series, CADVISOR.quota));
  // Every container has a period; cAdvisor leaves the quota out where there is none.
  const periods = [...samplesOf(seriesNamed(series, CADVISOR.period))];
  const cores = periods.map(([time, period]): readonly [number, number] => [time, (quotas.get(time) ?? 0) / period]);
  return (from, to) => {
    const since = cores.findLast(([time]) => time <= from)?.[0] ?? from;
    const until = cores.find(([time]) => time >= to)?.[0] ?? to;
    const held = cores.flatMap(([time, value]) => (time >= since && time <= until ? [value] : []));
    return held.length > 0 && held.every((value) => value > 0) ? Math.max(...held) : null;
  };
}

/**
 * Whether a container is the same at both times. Its start time does not tell under Docker: cAdvisor gives the creation,
 * which a restart leaves as it is. There its counters tell: one that fell began anew; and one that stands higher than
 * its quota allows since the time before cannot have. Where neither is so it is not known.
 */
function lifeBetween(container: Container, life: Lives, startAt: Clock["startAt"]): Between {
  const [fell, cores] = [fellBetween(container), coresBetween(container.series)];
  const used = samplesOf(seriesNamed(container.series, CONTAINER.cpu.metric));
  return (from, to) => {
    const [before, after] = [startAt(from), startAt(to)];
    if (before !== null && after !== null && Math.abs(after - before) > START_ROUNDING_MS) return "changed";
    const [first, second] = [life(from), life(to)];
    if (first !== null && second !== null && first !== second) return "changed";
    if (fell(from, to)) return "changed";
    if (container.idIsLife && first !== null && second !== null) return "unchanged";
    const most = cores(from, to);
    const excluded = most !== null && (used.get(to) ?? 0) > ((most * (to - from)) / 1000) * SLACK;
    return excluded ? "unchanged" : "unknown";
  };
}

/** cAdvisor gives samples times of their own: those of the metrics judged are the container's clock, not `up`. */
export function containerClock(container: Container, metrics: readonly string[]): Clock {
  const measured = metrics.flatMap((metric) => seriesNamed(container.series, metric));
  const life = lives(container);
  const starts = Map.groupBy(seriesNamed(container.series, CADVISOR.start), ({ labels }) => labels.id ?? "");
  const startOf = new Map([...starts].map(([id, group]) => [id, lookup(group)]));
  const startAt = (time: number) => {
    const seconds = startOf.get(life(time) ?? "")?.(time) ?? null;
    return seconds === null ? null : toMs(seconds);
  };
  return { ...ownClock(measured), startAt, between: lifeBetween(container, life, startAt) };
}

import { toMs } from "./clock.ts";
import { seriesNamed } from "./container-life.ts";
import type { Container } from "./containers.ts";
import type { ContainerLimit } from "./evidence.ts";
import type { RawSeries } from "./fetched.ts";
import { samplesOf } from "./gauge.ts";
import type { UsageKind } from "./objective.ts";
import { CADVISOR } from "./resource-sources.ts";
import type { Phase } from "./run.ts";

/** What cgroups write for "no limit", and cAdvisor passes on here and there: 2^63 less a page. */
const UNLIMITED = 2 ** 62;

type Sample = readonly [time: number, value: number];

/** At each scrape of a container's period, which every one has: cAdvisor leaves the quota out where there is none. */
function cores(series: readonly RawSeries[]): readonly Sample[] {
  const quotas = samplesOf(seriesNamed(series, CADVISOR.quota));
  const periods = [...samplesOf(seriesNamed(series, CADVISOR.period))];
  return periods.map(([time, period]): Sample => [time, bounded(quotas.get(time) ?? UNLIMITED) / period]);
}

function bytes(series: readonly RawSeries[]): readonly Sample[] {
  return [...samplesOf(seriesNamed(series, CADVISOR.memoryLimit))].map(([time, value]) => [time, bounded(value)]);
}

/** Does cAdvisor's limit or quota bound anything? 0 is written for none as well. */
export function isLimit(value: number): boolean {
  return value > 0 && value < UNLIMITED;
}

function bounded(value: number): number {
  return value < UNLIMITED ? value : Number.POSITIVE_INFINITY;
}

/** Those inside the phase, and the last before it, which still held as it began. */
function within(all: readonly Sample[], phase: Phase): readonly Sample[] {
  const [from, to] = [toMs(phase.from), toMs(phase.to)];
  const since = Math.max(...all.map(([time]) => time).filter((time) => time <= from));
  return all.filter(([time]) => time >= since && time <= to);
}

/** What the container may use: in bytes, or in cores; null where it has no limit throughout. */
export function containerLimit({ series }: Container, resource: UsageKind, phase: Phase): ContainerLimit | null {
  const [metric, read] = resource === "memory" ? [CADVISOR.memoryLimit, bytes] : [CADVISOR.quota, cores];
  const byId = Map.groupBy(series, ({ labels }) => labels.id ?? "");
  const limits = within([...byId.values()].flatMap(read), phase).map(([, value]) => value);
  const [lowest, highest] = [Math.min(...limits), Math.max(...limits)];
  return lowest > 0 && Number.isFinite(highest) ? { metric, lowest, highest } : null;
}

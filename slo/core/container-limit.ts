import { toMs } from "./clock.ts";
import { lookup, seriesNamed } from "./container-life.ts";
import type { Container } from "./containers.ts";
import type { ContainerLimit } from "./evidence.ts";
import type { RawSeries } from "./fetched.ts";
import { samplesOf } from "./gauge.ts";
import type { UsageKind } from "./objective.ts";
import { CADVISOR } from "./resource-sources.ts";
import type { Phase } from "./run.ts";

/** What cgroups write for "no limit", and cAdvisor passes on here and there: 2^63 less a page. */
const UNLIMITED = 2 ** 62;

/** Samples of the phase: those inside it, and the last before it, which still held as it began. */
function within(series: readonly RawSeries[], phase: Phase): readonly (readonly [number, number])[] {
  const [from, to] = [toMs(phase.from), toMs(phase.to)];
  const all = series.flatMap((one) => [...samplesOf([one])]);
  const since = Math.max(...all.map(([time]) => time).filter((time) => time <= from));
  return all.filter(([time]) => time >= since && time <= to);
}

/** What the container may use: in bytes, or in cores; null where it has no limit throughout. */
export function containerLimit({ series }: Container, resource: UsageKind, phase: Phase): ContainerLimit | null {
  const metric = resource === "memory" ? CADVISOR.memoryLimit : CADVISOR.quota;
  const period = resource === "memory" ? () => 1 : lookup(seriesNamed(series, CADVISOR.period));
  const limits = within(seriesNamed(series, metric), phase).map(([time, value]) =>
    value < UNLIMITED ? value / (period(time) ?? 0) : Number.POSITIVE_INFINITY,
  );
  const [lowest, highest] = [Math.min(...limits), Math.max(...limits)];
  return lowest > 0 && Number.isFinite(highest) ? { metric, lowest, highest } : null;
}

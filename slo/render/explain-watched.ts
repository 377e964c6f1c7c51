import type { QueryEvidence, Replica, ResourceEvidence } from "../core/evidence.ts";
import { formatAmount, formatCount, formatDuration, formatShare, formatValue } from "../core/format.ts";
import type { ReportedObjective } from "../core/report.ts";
import { type Section, troublesOf, whereOf } from "./explain-troubles.ts";

const MOST_SERIES = 8;

/** The samples of a resource, replica by replica. */
export function resourceSections({ resource, replicas, origin, failure }: ResourceEvidence): readonly Section[] {
  const whose = { container: "the container's, by cAdvisor", process: "the process's own", none: "nowhere" }[origin];
  return [
    { label: "measured", lines: [whose] },
    {
      label: "replicas",
      lines: replicas.length === 0 ? ["none"] : replicas.flatMap((one) => replicaLines(one, resource)),
    },
    troublesOf({
      failure,
      faults: replicas.flatMap(({ faults }) => faults),
      targets: replicas.map(({ name, troubles }) => ({ where: name, troubles })),
    }),
  ];
}

function replicaLines(replica: Replica, resource: ResourceEvidence["resource"]): readonly string[] {
  const { name, gauge, highWater, cpu, coverage } = replica;
  const bytes = (value: number | null | undefined) => (value == null ? "unknown" : formatValue(value, "bytes"));
  const sampled =
    gauge === null || gauge.values.length === 0
      ? []
      : [
          `${gauge.metric}: ${formatAmount(gauge.values.length, "sample")}, peak ${bytes(Math.max(...gauge.values))}, mean ${bytes(sum(gauge.values) / gauge.values.length)}`,
        ];
  const marked =
    highWater === null
      ? []
      : [
          `${highWater.metric}, the kernel's mark: ${bytes(highWater.atStart)} at the start, ${bytes(highWater.beforeEnd)} before the end, ${bytes(highWater.atEnd)} at the end`,
        ];
  return [
    `${name}: ${formatShare(coverage)} covered`,
    ...[...sampled, ...marked, ...cpuLines(cpu), ...limitLines(replica, resource), ...happened(replica)].map(
      (line) => `  ${line}`,
    ),
  ];
}

function limitLines({ limit }: Replica, resource: ResourceEvidence["resource"]): readonly string[] {
  if (limit === null) return [];
  const unit = resource === "memory" ? "bytes" : "cores";
  const [lowest, highest] = [formatValue(limit.lowest, unit), formatValue(limit.highest, unit)];
  return [`${limit.metric}, its own limit: ${lowest === highest ? lowest : `${lowest} to ${highest}`}`];
}

/** What was counted of throttling, OOM kills and restarts. */
function happened({ throttling, events }: Replica): readonly string[] {
  const throttled =
    throttling === null
      ? []
      : [
          `${throttling.metric}: ${formatAmount(throttling.times.length, "sample")}, throttled in ${formatCount(sum(throttling.throttled))} of ${formatAmount(sum(throttling.periods), "period")}`,
        ];
  if (events === null) return throttled;
  const open = events.unsure === 0 ? "" : `; in ${formatAmount(events.unsure, "interval")} more may be hidden`;
  const counted = `at least ${formatCount(sum(events.counts))}`;
  return [...throttled, `${events.metric}: ${formatAmount(events.times.length, "sample")}, ${counted}${open}`];
}

function cpuLines(cpu: Replica["cpu"]): readonly string[] {
  const [from, to] = [cpu?.times[0], cpu?.times.at(-1)];
  if (cpu === null || from === undefined || to === undefined || to <= from) return [];
  const used = sum(cpu.used);
  return [
    `${cpu.metric}: ${formatAmount(cpu.times.length, "sample")}, ${formatDuration(used)} of CPU in ${formatDuration(to - from)}: ${formatValue(used / (to - from), "cores")}`,
  ];
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

/** A query's results, and how the targets that it reads were watched. */
export function querySections({ failure, series, watch }: QueryEvidence): readonly Section[] {
  const results = series.map(({ labels, value }) => {
    const pairs = Object.entries(labels).map(([name, text]) => `${name}=${JSON.stringify(text)}`);
    return `${pairs.length === 0 ? "the result" : `{${pairs.join(",")}}`} = ${value}`;
  });
  const more = results.length > MOST_SERIES ? [`and ${results.length - MOST_SERIES} more`] : [];
  const watched = watch.targets.map((target) => `${whereOf(target)}: ${formatShare(target.coverage)} covered`);
  const unwatched = watch.unwatched.map(({ selector, why }) =>
    why === "recorded"
      ? `${selector}: a rule writes it, nothing tells how it was watched`
      : `${selector}: no "up" of it`,
  );
  return [
    { label: "results", lines: results.length === 0 ? ["none"] : [...results.slice(0, MOST_SERIES), ...more] },
    { label: "reads", lines: watch.selectors.length === 0 ? ["no series"] : watch.selectors },
    { label: "targets", lines: watched.length + unwatched.length === 0 ? ["none"] : [...watched, ...unwatched] },
    troublesOf({
      failure: failure ?? watch.failure,
      faults: watch.faults,
      targets: watch.targets.map((target) => ({ where: whereOf(target), troubles: target.troubles })),
    }),
  ];
}

/** Nobody writes a limit to the last digit: whole MiB, or three significant digits. */
function stepOf(value: number, unit: ReportedObjective["limit"]["unit"]): number {
  if (unit === "bytes") return 1024 ** 2;
  return value === 0 ? 1 : 10 ** (Math.floor(Math.log10(Math.abs(value))) - 2);
}

const SETTLED = new Set(["proven", "observed", "sampled", "met", "broken", "high-water-before"]);

/** Which limit would have passed, where one figure decides and all of it was seen; else nothing. */
export function measuredChange(
  objective: ReportedObjective,
  evidence: ResourceEvidence | QueryEvidence,
): readonly string[] {
  const { measured, limit, confidence, reason } = objective;
  if (measured === null || measured.value === null || !SETTLED.has(reason.code)) return [];
  const parts = "replicas" in evidence ? evidence.replicas : evidence.watch.targets;
  if (parts.some(({ troubles }) => troubles.length > 0)) return [];
  if ("replicas" in evidence ? parts.length !== 1 : !evidence.series.every(({ value }) => typeof value === "number"))
    return [];
  const observed = Math.max(measured.value, measured.lower ?? measured.value);
  const needed = "replicas" in evidence && confidence !== null ? measured.upper : observed;
  if (needed === null) return [];
  const [sign, side] = limit.op === "atMost" ? ["≤", "lowest"] : ["≥", "highest"];
  const step = stepOf(needed, limit.unit);
  const exact = (limit.op === "atMost" ? Math.ceil(needed / step) : Math.floor(needed / step)) * step;
  const text = formatValue(exact, limit.unit, 6);
  return [`${sign} ${text} is the ${side} limit that would pass`];
}

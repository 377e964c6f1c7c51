import type { CounterEvidence, Evidence, Replica, ResourceEvidence } from "../../core/evidence.ts";
import type { ReportedObjective } from "../../core/report.ts";
import type { Sums } from "../../core/spans.ts";
import { limitText } from "../phrases.ts";
import type { Course } from "./course-chart.ts";
import {
  countedSteps,
  joined,
  type Line,
  type Lines,
  overlaps,
  peakReadings,
  quantileReadings,
  type Reading,
  rateReadings,
  type Step,
  shareReadings,
} from "./steps.ts";
import type { Told } from "./told.ts";

type Shared = Pick<Course, "limit" | "phases" | "judged" | "from" | "to">;

function shared(objective: ReportedObjective, told: Told): Shared {
  return {
    limit: { value: objective.limit.value, text: limitText(objective) },
    phases: told.phases,
    judged: objective.phase,
    from: told.from,
    to: told.to,
  };
}

/** How a latency or a ratio went over the run: in every phase that the same selectors were asked for. */
export function countedCourse(objective: ReportedObjective, evidence: CounterEvidence, told: Told): Course {
  const { percentile } = objective.limit;
  const all = sameCounted(evidence, told.evidence);
  const base = shared(objective, told);
  if (percentile !== undefined) {
    const lines = inPhases(all, `p${percentile}`, (part) => quantileReadings(part.evidence, part.sums, percentile));
    return { ...base, title: "Over the run", what: `p${percentile} of each step`, unit: "s", spread: true, lines };
  }
  const lines = inPhases(all, "share", (part) => shareReadings(part.sums, (sum) => sum.columns[0] ?? 0));
  return { ...base, title: "Over the run", what: "share of each step", unit: "ratio", spread: false, lines };
}

/** The same selectors, in every phase they were asked for. */
function sameCounted({ counted, queries }: CounterEvidence, all: Evidence): readonly CounterEvidence[] {
  const key = JSON.stringify(queries);
  return all.counters.filter(
    (one) =>
      one.counted.kind === counted.kind && one.queries.length === queries.length && JSON.stringify(one.queries) === key,
  );
}

interface Part {
  readonly evidence: CounterEvidence;
  readonly steps: readonly Step[];
  readonly sums: readonly Sums[];
}

function inPhases(all: readonly CounterEvidence[], name: string, read: (part: Part) => Line["readings"]): Lines {
  const parts = all
    .map((evidence) => ({ evidence, ...countedSteps(evidence) }))
    .toSorted((a, b) => (a.steps[0]?.from ?? 0) - (b.steps[0]?.from ?? 0));
  return { steps: parts.flatMap(({ steps }) => steps), lines: [{ name, readings: parts.flatMap(read) }] };
}

/** Requests a second by the server's own count, with what was offered where the client told; null without a count. */
export function throughputCourse(told: Told): Course | null {
  const [first] = told.evidence.counters.filter(({ counted }) => counted.kind === "counter");
  if (first === undefined) return null;
  const { steps, lines } = inPhases(sameCounted(first, told.evidence), "achieved, by the server's count", (part) =>
    rateReadings(
      part.steps,
      part.sums.map(({ total }) => total),
    ),
  );
  const offered = offeredReadings(steps, told);
  const known = offered.some((one) => one !== null);
  return {
    title: "Requests a second",
    what: "requests",
    unit: "rate",
    spread: false,
    limit: null,
    lines: { steps, lines: known ? [...lines, { name: "offered", readings: offered }] : lines },
    phases: told.phases,
    judged: null,
    from: told.from,
    to: told.to,
  };
}

/** Iterations offered, by the requests that an iteration made. */
function offeredReadings(steps: readonly Step[], { run, phases }: Told): readonly (Reading | null)[] {
  return steps.map(({ from, to }) => {
    const phase = phases.find((one) => one.from < to && one.to > from);
    const load = run?.load.find((one) => one.phase === phase?.name);
    const client = run?.client.find((one) => one.phase === phase?.name);
    if (load === undefined || client === undefined || client.iterations === 0) return null;
    return { value: (load.offeredRate * (client.answered + client.unanswered)) / client.iterations };
  });
}

/** Memory or CPU of every replica, the hungriest first. */
export function resourceCourse(objective: ReportedObjective, evidence: ResourceEvidence, told: Told): Course {
  const memory = evidence.resource === "memory";
  const longest = evidence.replicas
    .map((replica) => timesOf(replica, memory))
    .reduce((best, times) => (times.length > best.length ? times : best), []);
  const steps = joined(longest);
  const lines = evidence.replicas
    .map((replica) => ({ name: replica.name, readings: resourceReadings(replica, memory, steps) }))
    .toSorted((a, b) => highest(b.readings) - highest(a.readings));
  const measure = evidence.replicas.find(({ gauge }) => gauge !== null)?.gauge?.measure ?? "memory";
  return {
    ...shared(objective, told),
    title: memory ? "Memory over the run" : "CPU over the run",
    what: memory ? `highest ${measure} of each step` : "cores used in each step",
    unit: memory ? "bytes" : "cores",
    spread: false,
    lines: { steps, lines },
  };
}

function timesOf({ gauge, cpu }: Replica, memory: boolean): readonly number[] {
  return (memory ? gauge?.times : cpu?.times) ?? [];
}

function resourceReadings(
  { gauge, cpu }: Replica,
  memory: boolean,
  steps: readonly Step[],
): readonly (Reading | null)[] {
  if (memory) return gauge === null ? steps.map(() => null) : peakReadings(steps, gauge.times, gauge.values);
  if (cpu === null) return steps.map(() => null);
  const used: (number | null)[] = steps.map(() => null);
  for (const { interval, step, share } of overlaps(cpu.times, steps))
    used[step] = (used[step] ?? 0) + share * (cpu.used[interval] ?? 0);
  return steps.map(({ from, to }, index) => {
    const seconds = used[index] ?? null;
    return seconds === null || to <= from ? null : { value: seconds / (to - from) };
  });
}

function highest(readings: readonly (Reading | null)[]): number {
  return readings.reduce((most, one) => Math.max(most, one?.value ?? 0), 0);
}

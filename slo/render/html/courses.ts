import type { CounterEvidence, Evidence } from "../../core/evidence.ts";
import type { ReportedObjective } from "../../core/report.ts";
import type { Sums } from "../../core/spans.ts";
import { limitText } from "../phrases.ts";
import type { Course } from "./course-chart.ts";
import {
  countedSteps,
  type Line,
  type Lines,
  quantileReadings,
  type Reading,
  rateReadings,
  type Step,
  shareReadings,
} from "./steps.ts";
import type { Told } from "./told.ts";

type Shared = Pick<Course, "limit" | "phases" | "judged" | "from" | "to">;

/** What every course of an objective has. */
export function sharedCourse(objective: ReportedObjective, told: Told): Shared {
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
  const base = sharedCourse(objective, told);
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

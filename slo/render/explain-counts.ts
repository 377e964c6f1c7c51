import { type Widen, wideningOf } from "../core/bursts.ts";
import type { CounterEvidence } from "../core/evidence.ts";
import type { Finding } from "../core/finding.ts";
import { judgeLatency } from "../core/judge-latency.ts";
import { judgeRatio } from "../core/judge-ratio.ts";
import { type BadCount, type Mixtures, mixturesOf } from "../core/proof.ts";
import { edgesAround, edgesOf } from "../core/quantile.ts";
import type { ReportedObjective } from "../core/report.ts";
import type { Phase } from "../core/run.ts";
import { type Sides, type Sums, sidesOf } from "../core/spans.ts";
import { timelineOf } from "../core/timeline.ts";

/** What an objective's evidence comes to in its phase. */
export interface Counts {
  readonly phase: Phase;
  readonly sides: Sides;
  readonly bad: BadCount;
  readonly mix: Mixtures;
  /** The upper bound, allowing for bursts. */
  readonly widen: Widen;
  /** Seconds of the shortest time over which bursts are looked for. */
  readonly width: number;
  /** Share of bad ones that the objective allows. */
  readonly allowed: number;
}

function badOf({ limit }: ReportedObjective, evidence: CounterEvidence): BadCount | null {
  const edges = edgesOf(evidence);
  if (edges === null) {
    const part = (sums: Sums) => sums.columns[0] ?? 0;
    const bad = limit.op === "atMost" ? part : (sums: Sums) => sums.total - part(sums);
    return evidence.counted.kind === "ratio" ? { least: bad, most: bad } : null;
  }
  const { below, above } = edgesAround(edges.edges, limit.value);
  return {
    least: (sums) => sums.total - edges.most(sums, above),
    most: (sums) => sums.total - edges.least(sums, below),
  };
}

function allowedBy({ limit }: ReportedObjective): number {
  if (limit.percentile !== undefined) return (100 - limit.percentile) / 100;
  return limit.op === "atMost" ? limit.value : 1 - limit.value;
}

/** What the objective declared of bursts: 1 where the report says nothing. */
export function declaredBurst({ bound }: ReportedObjective): number {
  return bound?.burst?.declared ?? 1;
}

/** null where the evidence counts something else. */
export function countsOf(
  objective: ReportedObjective,
  evidence: CounterEvidence,
  phase: Phase,
  phases: readonly Phase[],
): Counts | null {
  const bad = badOf(objective, evidence);
  if (bad === null) return null;
  const sides = sidesOf(evidence, phase, phases);
  const widen = wideningOf(evidence, bad, declaredBurst(objective));
  const { width } = timelineOf(evidence.targets);
  return { phase, sides, bad, widen, width, mix: mixturesOf(sides, bad), allowed: allowedBy(objective) };
}

/** The verdict on the same evidence by another limit, or again by the same one. */
export function rejudged(
  objective: ReportedObjective,
  evidence: CounterEvidence,
  phases: readonly Phase[],
  limit: ReportedObjective["limit"] = objective.limit,
): Finding | null {
  const phase = phases.find(({ name }) => name === objective.phase);
  if (phase === undefined) return null;
  const { name, gating, place, confidence: level } = objective;
  const confidence = level === null ? ({ kind: "observed" } as const) : ({ kind: "bounded", level } as const);
  const common = { name, gating, place, phase: phase.name, confidence, burst: declaredBurst(objective) };
  // Of an objective's selectors judging reads nothing: the evidence is what they selected.
  const nothing = { metric: "", matchers: [] };
  const scene = { phase, phases, coverage: 0, saturated: false };
  if (evidence.counted.kind === "latency") {
    const { value: atMost, percentile = 0 } = limit;
    return judgeLatency({ ...common, indicator: "latency", histogram: nothing, percentile, atMost }, evidence, scene);
  }
  const part = { kind: "bad", selector: nothing } as const;
  const ratio = { ...common, indicator: "ratio", part, total: nothing, op: limit.op, limit: limit.value } as const;
  return judgeRatio(ratio, evidence, scene);
}

/** Does judging the evidence again give what the report says? Else nothing may be told of other limits. */
export function agrees(objective: ReportedObjective, evidence: CounterEvidence, phases: readonly Phase[]): boolean {
  const again = rejudged(objective, evidence, phases);
  if (again === null || again.verdict !== objective.verdict) return false;
  const figures = ({ counts, bound }: Pick<Finding, "counts" | "bound">) => JSON.stringify([counts, bound]);
  return figures(again) === figures(objective);
}

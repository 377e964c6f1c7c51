import { edgeAdvice, type Neighbours } from "./edge-advice.ts";
import type { CounterEvidence, HistogramForm } from "./evidence.ts";
import { type Finding, noData } from "./finding.ts";
import { formatBeside, formatLimit } from "./format.ts";
import { judgeCounted, type Scene } from "./judge-counted.ts";
import type { LatencyObjective } from "./objective.ts";
import { edgesAround, edgesOf, quantileOf } from "./quantile.ts";
import type { Sums } from "./spans.ts";

function openEdge(form: HistogramForm, { lower, upper }: Neighbours, limit: number): string {
  const beside = (edge: number) => formatBeside(edge, limit, "s");
  const near =
    lower === undefined
      ? upper === undefined
        ? "none at all"
        : `none below, ${beside(upper)} above`
      : upper === undefined
        ? `${beside(lower)} below, none above`
        : `${beside(lower)} below, ${beside(upper)} above`;
  return `The histogram has no edge at ${formatLimit(limit, "s", lower ?? null, upper ?? null)} (${near}); ${edgeAdvice(form, { lower, upper }, limit)}.`;
}

/** "p99 ≤ 300 ms" is judged as "at least 99 % took ≤ 0.3 s", which an edge at 0.3 answers exactly (rule 3). */
export function judgeLatency(objective: LatencyObjective, evidence: CounterEvidence, scene: Scene): Finding {
  const edges = edgesOf(evidence);
  if (edges === null) {
    return noData(
      { code: "evidence-absent", text: "The evidence holds no buckets for this objective." },
      evidence.queries,
    );
  }
  const { below, above } = edgesAround(edges.edges, objective.atMost);
  return judgeCounted(
    evidence,
    {
      bad: {
        least: (sums: Sums) => sums.total - edges.most(sums, above),
        most: (sums: Sums) => sums.total - edges.least(sums, below),
      },
      allowed: (100 - objective.percentile) / 100,
      confidence: objective.confidence,
      burst: objective.burst,
      words: `took longer than ${formatLimit(objective.atMost, "s")}`,
      measured: (sides) => quantileOf(sides, edges, objective.percentile),
      openEdge: openEdge(edges.form, { lower: edges.edges[below], upper: edges.edges[above] }, objective.atMost),
      latency: true,
    },
    scene,
  );
}

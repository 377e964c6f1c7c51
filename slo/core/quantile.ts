import type { CounterEvidence, HistogramForm } from "./evidence.ts";
import { itemAt } from "./item-at.ts";
import { nearlySame } from "./limit.ts";
import type { ReportedObjective } from "./report.ts";
import type { Sides, Sums } from "./spans.ts";

export interface Edges {
  readonly form: HistogramForm;
  readonly edges: readonly number[];
  /** Requests that took at most the edge of this index: at least and at most so many; index −1 is none, past the last all. */
  readonly least: (sums: Sums, index: number) => number;
  readonly most: (sums: Sums, index: number) => number;
}

export function edgesOf(evidence: CounterEvidence): Edges | null {
  const { counted } = evidence;
  if (counted.kind !== "latency") return null;
  const { form, edges, uniform } = counted;
  const column = (offset: number) => (sums: Sums, index: number) => {
    if (index < 0) return 0;
    return index >= edges.length ? sums.total : itemAt(sums.columns, offset + index);
  };
  return { form, edges, least: column(0), most: column(uniform ? 0 : edges.length) };
}

/** The edges around a limit: one index twice where an edge is at the limit itself. */
export function edgesAround(
  edges: readonly number[],
  limit: number,
): { readonly below: number; readonly above: number } {
  const at = edges.findIndex((edge) => nearlySame(edge, limit));
  if (at !== -1) return { below: at, above: at };
  const above = edges.findIndex((edge) => edge > limit);
  return above === -1 ? { below: edges.length - 1, above: edges.length } : { below: above - 1, above };
}

/** Nearest rank; the small step keeps a product like 0.99 × 100 from rising over its whole number. */
function rank(total: number, percentile: number): number {
  return Math.max(1, Math.ceil(((total * percentile) / 100) * (1 - 1e-12)));
}

function upperIndex({ outer, inner }: Sides, { edges, least }: Edges, percentile: number): number {
  const index = edges.findIndex((_, at) => {
    const within = least(inner, at);
    const total = outer.total - (least(outer, at) - within);
    return total > 0 && within >= rank(total, percentile);
  });
  return index === -1 ? edges.length : index;
}

function lowerIndex({ outer, inner }: Sides, { edges, most }: Edges, percentile: number): number {
  return edges.findLastIndex((_, at) => {
    const within = most(outer, at);
    const total = inner.total + (within - most(inner, at));
    return within < rank(total, percentile);
  });
}

function interpolated(sums: Sums, edges: Edges, percentile: number): number | null {
  const wanted = rank(sums.total, percentile);
  const index = edges.edges.findIndex((_, at) => edges.least(sums, at) >= wanted);
  const upper = edges.edges[index];
  if (upper === undefined) return null;
  const lower = index === 0 ? Math.min(0, upper) : itemAt(edges.edges, index - 1);
  const before = edges.least(sums, index - 1);
  const within = edges.least(sums, index) - before;
  return within <= 0 ? upper : lower + ((upper - lower) * (wanted - before)) / within;
}

/**
 * The quantile (nearest rank) of the counted requests, seconds: `lower` < true value ≤ `upper` whichever part of the
 * edge intervals belongs to the phase; `upper` is null above the last edge. `value` is interpolated, for reading only.
 */
export function quantileOf(sides: Sides, edges: Edges, percentile: number): NonNullable<ReportedObjective["measured"]> {
  const lower = lowerIndex(sides, edges, percentile);
  const upper = upperIndex(sides, edges, percentile);
  return {
    value: interpolated(sides.outer, edges, percentile),
    lower: lower === -1 ? Math.min(0, edges.edges[0] ?? 0) : itemAt(edges.edges, lower),
    upper: edges.edges[upper] ?? null,
    unit: "s",
  };
}

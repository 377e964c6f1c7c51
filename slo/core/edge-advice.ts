import type { HistogramForm } from "./evidence.ts";
import { formatDuration } from "./format.ts";

/** Schemas of exponential buckets: edges grow by 2^(2^-schema). Source: Prometheus, "Native histograms". */
const COARSEST = -4;
const FINEST = 8;
const NEARLY = 1e-6;

/** The coarsest schema that has this edge; null where none has. */
function schemaWith(edge: number): number | null {
  for (let schema = COARSEST; edge > 0 && schema <= FINEST; schema += 1) {
    const index = Math.log2(edge) * 2 ** schema;
    if (Math.abs(index - Math.round(index)) < NEARLY) return schema;
  }
  return null;
}

/** Edges next to a limit, seconds; absent where there is none on that side. */
export interface Neighbours {
  readonly lower: number | undefined;
  readonly upper: number | undefined;
}

/** Custom buckets have edges anywhere, exponential ones only at powers of their factor. */
function exponential(form: HistogramForm, { lower, upper }: Neighbours): boolean {
  const near = [lower, upper].filter((edge) => edge !== undefined);
  return form !== "classic" && near.length > 0 && near.every((edge) => schemaWith(edge) !== null);
}

function factorText(schema: number): string {
  return String(Number((2 ** (2 ** -schema)).toPrecision(4)));
}

/** What lets the histogram tell how many were at most `limit`: half a sentence. */
export function edgeAdvice(form: HistogramForm, near: Neighbours, limit: number): string {
  if (!exponential(form, near)) return `add the edge ${limit} to it`;
  const own = schemaWith(limit);
  if (own !== null) return `give it schema ${own} or finer (a bucket factor of at most ${factorText(own)})`;
  const limits = [near.lower, near.upper].flatMap((edge) => (edge === undefined ? [] : [formatDuration(edge, 4)]));
  return `keep classic buckets with the edge ${limit} beside it, or set the limit to an edge (${limits.join(", ")}): no schema of exponential buckets has one there, a finer one leaves less open`;
}

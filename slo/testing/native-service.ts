import type { RequestListener } from "node:http";
import { encodeFamilies, type Family, type HistogramMessage, PROTOBUF } from "./protobuf.ts";

/** What a service of the tests has observed; the truth, to the unit. */
export interface NativeState {
  /** How often each duration was observed, seconds, by status code. */
  observed: Readonly<Record<string, ReadonlyMap<number, number>>>;
  /** Edges grow by 2^(2^-schema). */
  schema: number;
  zeroThreshold: number;
  /** Edges of classic buckets beside the native ones; none: native only. */
  readonly classic: readonly number[];
  /** Unix seconds. */
  startedAt: number;
  answering: boolean;
}

export function newNative(change: Partial<NativeState> = {}): NativeState {
  const startedAt = Date.now() / 1000;
  return { observed: {}, schema: 3, zeroThreshold: 2 ** -128, classic: [], startedAt, answering: true, ...change };
}

export function observe(state: NativeState, seconds: number, count = 1, status = "200"): void {
  const known = state.observed[status] ?? new Map<number, number>();
  const now = new Map(known).set(seconds, (known.get(seconds) ?? 0) + count);
  state.observed = { ...state.observed, [status]: now };
}

export const NATIVE = "http_request_duration_seconds";

/** Serves each service's metrics at `/<its name>`, as protobuf. */
export function nativesOf(services: Readonly<Record<string, NativeState>>): RequestListener {
  return (request, response) => {
    const state = services[(request.url ?? "").slice(1)];
    if (state?.answering !== true) {
      response.writeHead(503).end();
      return;
    }
    response.setHeader("content-type", PROTOBUF);
    response.end(encodeFamilies(familiesOf(state)));
  };
}

function familiesOf(state: NativeState): Family[] {
  const { observed, startedAt } = state;
  return [
    {
      name: NATIVE,
      type: "HISTOGRAM",
      metric: Object.entries(observed).map(([status, values]) => ({
        label: [
          { name: "method", value: "GET" },
          { name: "status_code", value: status },
        ],
        histogram: histogramOf(state, [...values]),
      })),
    },
    { name: "process_start_time_seconds", type: "GAUGE", metric: [{ label: [], gauge: { value: startedAt } }] },
  ];
}

type Observations = readonly (readonly [seconds: number, count: number])[];

function histogramOf({ schema, zeroThreshold, classic }: NativeState, all: Observations): HistogramMessage {
  const total = (some: Observations) => some.reduce((sum, [, count]) => sum + count, 0);
  const side = (sign: 1 | -1) => {
    const outside = all.filter(([seconds]) => seconds * sign > zeroThreshold);
    const indexed = outside.map(([seconds, count]) => [indexOf(seconds * sign, schema), count] as const);
    return spansOf(indexed);
  };
  const [positive, negative] = [side(1), side(-1)];
  return {
    sampleCount: total(all),
    sampleSum: all.reduce((sum, [seconds, count]) => sum + seconds * count, 0),
    bucket: classic.map((upperBound) => ({
      upperBound,
      cumulativeCount: total(all.filter(([seconds]) => seconds <= upperBound)),
    })),
    schema,
    zeroThreshold,
    zeroCount: total(all.filter(([seconds]) => Math.abs(seconds) <= zeroThreshold)),
    positiveSpan: positive.spans,
    positiveDelta: positive.deltas,
    negativeSpan: negative.spans,
    negativeDelta: negative.deltas,
  };
}

/** Index of the bucket (2^((i-1)/2^schema), 2^(i/2^schema)] that holds the value. */
function indexOf(value: number, schema: number): number {
  return Math.ceil(Math.log2(value) * 2 ** schema - 1e-9);
}

/** A span for each bucket; counts as differences from the one before. */
function spansOf(indexed: Observations) {
  const counts = new Map<number, number>();
  for (const [index, count] of indexed) counts.set(index, (counts.get(index) ?? 0) + count);
  const rows = [...counts].toSorted(([a], [b]) => a - b);
  return {
    spans: rows.map(([index], at) => ({ offset: index - (at === 0 ? 0 : (rows[at - 1]?.[0] ?? 0) + 1), length: 1 })),
    deltas: rows.map(([, count], at) => count - (rows[at - 1]?.[1] ?? 0)),
  };
}

/** What a running load looks like from Prometheus, for reading only; null where it cannot be told yet. */
export interface LiveFigures {
  readonly rate: number | null;
  /** Seconds. */
  readonly p99: number | null;
  readonly errors: number | null;
}

const NOTHING: LiveFigures = { rate: null, p99: null, errors: null };
const HISTOGRAM = "http_request_duration_seconds";

async function scalar(prometheus: string, promql: string): Promise<number | null> {
  const url = `${prometheus}/api/v1/query?query=${encodeURIComponent(promql)}`;
  const response = await fetch(url, { signal: AbortSignal.timeout(900) });
  const body = (await response.json()) as { data?: { result?: readonly { value: readonly [number, string] }[] } };
  const value = Number(body.data?.result?.[0]?.value[1] ?? Number.NaN);
  return Number.isFinite(value) ? value : null;
}

/** The last `seconds` of the phase. Never rejects: progress is a courtesy, the judge asks for itself. */
export async function liveFigures(prometheus: string, seconds: number): Promise<LiveFigures> {
  const window = `${Math.max(2, Math.floor(seconds))}s`;
  const count = `${HISTOGRAM}_count{job="api"}`;
  const failed = `${HISTOGRAM}_count{job="api",status_code=~"5.."}`;
  const buckets = `${HISTOGRAM}_bucket{job="api"}`;
  try {
    const [rate, p99, errors] = await Promise.all([
      scalar(prometheus, `sum(rate(${count}[3s]))`),
      scalar(prometheus, `histogram_quantile(0.99, sum by (le) (rate(${buckets}[${window}])))`),
      scalar(prometheus, `sum(increase(${failed}[${window}]))`),
    ]);
    return { rate, p99, errors: errors === null ? null : Math.round(errors) };
  } catch {
    return NOTHING;
  }
}

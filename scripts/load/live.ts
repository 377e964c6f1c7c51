import { scalar } from "./prometheus.ts";

/** What a running load looks like from Prometheus, for reading only; null where it cannot be told yet. */
export interface LiveFigures {
  readonly rate: number | null;
  /** Seconds. */
  readonly p99: number | null;
  readonly errors: number | null;
}

const NOTHING: LiveFigures = { rate: null, p99: null, errors: null };
const HISTOGRAM = "http_request_duration_seconds";

/** Milliseconds: a figure that comes later is of the past. */
const WITHIN = 900;

/** The last `seconds` of the phase. Never rejects: progress is a courtesy, the judge asks for itself. */
export async function liveFigures(prometheus: string, seconds: number): Promise<LiveFigures> {
  const window = `${Math.max(2, Math.floor(seconds))}s`;
  const count = `${HISTOGRAM}_count{job="api"}`;
  const failed = `${HISTOGRAM}_count{job="api",status_code=~"5.."}`;
  const buckets = `${HISTOGRAM}_bucket{job="api"}`;
  try {
    const [rate, p99, errors] = await Promise.all([
      scalar(prometheus, `sum(rate(${count}[3s]))`, WITHIN),
      scalar(prometheus, `histogram_quantile(0.99, sum by (le) (rate(${buckets}[${window}])))`, WITHIN),
      scalar(prometheus, `sum(increase(${failed}[${window}]))`, WITHIN),
    ]);
    return { rate, p99, errors: errors === null ? null : Math.round(errors) };
  } catch {
    return NOTHING;
  }
}

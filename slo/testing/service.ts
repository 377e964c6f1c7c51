import type { RequestListener } from "node:http";

/** What a service of the tests has counted; the truth, to the unit. */
export interface ServiceState {
  fast: number;
  slow: number;
  failed: number;
  /** Unix seconds. */
  startedAt: number;
  answering: boolean;
  /** Unix seconds of a sample with a time of its own: no stale mark ends it, only the lookback. */
  sizedAt: number | null;
}

export function newState(): ServiceState {
  return { fast: 0, slow: 0, failed: 0, startedAt: Date.now() / 1000, answering: true, sizedAt: null };
}

/** Edges in seconds; a fast request takes less than the first, a slow one more than the last. */
const EDGES = ["0.1", "0.3"];

/** Serves the metrics of each service at `/<its name>`. */
export function metricsOf(services: Readonly<Record<string, ServiceState>>): RequestListener {
  return (request, response) => {
    const state = services[(request.url ?? "").slice(1)];
    if (state?.answering !== true) {
      response.writeHead(503).end();
      return;
    }
    response.setHeader("content-type", "text/plain; version=0.0.4");
    response.end(exposition(state));
  };
}

function exposition({ fast, slow, failed, startedAt, sizedAt }: ServiceState): string {
  return [
    "# TYPE http_request_duration_seconds histogram",
    ...histogram("200", fast, slow),
    // As most services do: what never failed has no series of failures.
    ...(failed === 0 ? [] : histogram("500", failed, 0)),
    "# TYPE process_start_time_seconds gauge",
    `process_start_time_seconds ${startedAt}`,
    "# TYPE process_resident_memory_bytes gauge",
    "process_resident_memory_bytes 1e+08",
    "# TYPE queue_length gauge",
    "queue_length 3",
    ...(sizedAt === null ? [] : ["# TYPE disk_size gauge", `disk_size 3 ${Math.round(sizedAt * 1000)}`]),
    "",
  ].join("\n");
}

function histogram(status: string, fast: number, slow: number): string[] {
  const labels = `method="GET",status_code="${status}"`;
  return [
    ...EDGES.map((edge) => `http_request_duration_seconds_bucket{${labels},le="${edge}"} ${fast}`),
    `http_request_duration_seconds_bucket{${labels},le="+Inf"} ${fast + slow}`,
    `http_request_duration_seconds_sum{${labels}} ${fast * 0.05 + slow * 0.5}`,
    `http_request_duration_seconds_count{${labels}} ${fast + slow}`,
  ];
}

import type { PlanFile } from "../plan-file.ts";
import type { Facts, SeenSeries, SeenTarget } from "./facts.ts";

export const API: SeenTarget = {
  labels: { job: "api", instance: "api-1" },
  state: "up",
  why: null,
  interval: 1,
};

export function seen(metric: string, labels: Readonly<Record<string, string>> = {}): SeenSeries {
  return { metric, labels: { ...API.labels, ...labels }, value: null, native: null };
}

function buckets(edges: readonly string[], labels: Readonly<Record<string, string>>): readonly SeenSeries[] {
  return edges.map((le) => seen("http_request_duration_seconds_bucket", { ...labels, le }));
}

export const BUCKETS: readonly SeenSeries[] = [
  ...buckets(["0.1", "0.3", "1", "+Inf"], { method: "GET", status_code: "200" }),
  ...buckets(["0.1", "0.3", "1", "+Inf"], { method: "POST", status_code: "201" }),
];

/** A healthy API, scraped each second; what `fixtures/scene.ts` asks of it is there. */
export const FACTS: Facts = {
  server: {
    address: "http://prometheus:9090",
    version: "3.5.3",
    failure: null,
    clock: { skew: 0.1, uncertainty: 0.01 },
  },
  series: [
    ...BUCKETS,
    seen("http_request_duration_seconds_count", { method: "GET", status_code: "200" }),
    seen("http_request_duration_seconds_count", { method: "POST", status_code: "201" }),
    seen("db_pool_waiting"),
    seen("process_resident_memory_bytes"),
  ],
  failure: null,
  targets: [API],
  queries: new Map([["max_over_time(db_pool_waiting[30000ms])", { kind: "values", values: [1], remarks: [] }]]),
  names: [],
  declared: new Set(),
  complete: false,
};

export const PLAN: PlanFile = {
  schema: 1,
  profile: "average",
  duration: 60,
  phases: [
    {
      name: "warmup",
      offset: 0,
      duration: 10,
      drain: 1,
      quiet: true,
      rate: 50,
      iterations: 500,
      maxVUs: 10,
      requests: [{ name: "list", labels: { method: "GET" }, count: 500 }],
    },
    {
      name: "steady",
      offset: 14,
      duration: 30,
      drain: 1,
      quiet: true,
      rate: 100,
      iterations: 3000,
      maxVUs: 20,
      requests: [{ name: "list", labels: { method: "GET" }, count: 3000 }],
    },
  ],
};

import { optional } from "../object.ts";
import { latency } from "./latency.ts";
import { query } from "./query.ts";
import { ratio } from "./ratio.ts";
import { resource } from "./resource.ts";

/** What an objective measures: exactly one of these. */
export const indicatorFields = {
  latency: optional(
    latency,
    "{ histogram: 'http_request_duration_seconds{job=\"api\"}', percentile: 99, atMost: 300ms }",
    "At least `percentile` per cent of requests take at most `atMost`.",
  ),
  ratio: optional(
    ratio,
    "{ bad: 'http_requests_total{code=~\"5..\"}', total: 'http_requests_total', atMost: 0.1% }",
    "A share of requests: of bad ones, or of good ones.",
  ),
  resource: optional(
    resource,
    "{ service: api, memory: { atMost: 256MiB } }",
    "A budget of memory or CPU; or how often it may be throttled, killed or restarted.",
  ),
  query: optional(
    query,
    "{ promql: 'max_over_time(db_pool_waiting[$phase])', atMost: 2 }",
    "Any PromQL against a limit.",
  ),
} as const;

export const INDICATORS = ["latency", "ratio", "resource", "query"] as const;

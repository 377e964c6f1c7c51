import type { HttpObserver } from "../http/observe.ts";
import { type Operation, problemsOf } from "../http/operation.ts";
import { problemKinds } from "../http/problem.ts";
import { createCounter, createGauge, createHistogram, type Registry } from "./registry.ts";

// Rare enough that their series may be born late; each label set costs every scrape some 30 lines.
const rare = new Set([413, 415]);
const clientClosedRequest = 499;

/** Status codes an operation is expected to answer with, abandoned requests included. */
export function expectedStatuses(operation: Operation): number[] {
  const problems = problemsOf(operation).map((kind) => problemKinds[kind]);
  const all = [operation.success.status, ...problems, clientClosedRequest];
  return [...new Set<number>(all)].filter((status) => !rare.has(status)).sort((a, b) => a - b);
}

export interface HttpMetrics extends HttpObserver {
  rateLimited: (route: string) => void;
  invalid: (route: string) => void;
}

/** Requests of the public port. Every series of a known operation exists from the start, at zero. */
export function createHttpMetrics(registry: Registry, edges: number[], operations: Operation[]): HttpMetrics {
  const duration = createHistogram(registry, {
    name: "http_request_duration_seconds",
    help: "Time from a request's arrival to its answer's end; status 499 if the client went away before.",
    labelNames: ["method", "route", "status_code"],
    buckets: edges,
  });
  let inFlight = 0;
  createGauge(registry, { name: "http_requests_in_flight", help: "Requests being served now." }, (gauge) =>
    gauge.set(inFlight),
  );
  const rateLimited = createCounter(registry, {
    name: "rate_limited_requests_total",
    help: "Requests refused by the rate limit.",
    labelNames: ["route"],
  });
  const invalid = createCounter(registry, {
    name: "validation_failures_total",
    help: "Requests refused because they do not meet the schema of their route.",
    labelNames: ["route"],
  });

  for (const operation of operations) {
    const { method, path: route } = operation;
    for (const status of expectedStatuses(operation)) duration.zero({ method, route, status_code: String(status) });
    rateLimited.inc({ route }, 0);
    if (problemsOf(operation).includes("validation-failed")) invalid.inc({ route }, 0);
  }
  duration.zero({ method: "GET", route: "unmatched", status_code: "404" });

  return {
    began: () => {
      inFlight += 1;
    },
    ended: (method, route, status, seconds) => {
      inFlight -= 1;
      duration.observe({ method, route, status_code: String(status) }, seconds);
    },
    rateLimited: (route) => rateLimited.inc({ route }),
    invalid: (route) => invalid.inc({ route }),
  };
}

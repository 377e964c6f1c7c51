import { describe, expect, it } from "vitest";
import { operations } from "../http/operations.ts";
import { parseMetrics, requestCount } from "../testing/metrics.ts";
import { createHttpMetrics, expectedStatuses } from "./http.ts";
import { createRegistry } from "./registry.ts";

describe("expectedStatuses", () => {
  it.each([
    ["createTask", [201, 400, 401, 429, 499, 500, 503]],
    ["listTasks", [200, 400, 401, 429, 499, 500, 503]],
    ["summarizeTasks", [200, 401, 429, 499, 500, 503]],
    ["deleteTask", [204, 400, 401, 404, 429, 499, 500, 503]],
    ["getOpenApi", [200, 429, 499, 500, 503]],
  ] as const)("of %s", (id, statuses) => {
    expect(expectedStatuses(operations[id])).toEqual(statuses);
  });
});

describe("createHttpMetrics", () => {
  it("counts what began and ended", async () => {
    const registry = createRegistry();
    const metrics = createHttpMetrics(registry, [0.1, 0.3], [operations.getTask]);
    metrics.began();
    metrics.began();
    metrics.ended("GET", "/tasks/:id", 200, 0.3);
    const samples = parseMetrics(await registry.metrics());
    expect(samples.get("http_requests_in_flight")).toBe(1);
    expect(requestCount(samples, "GET", "/tasks/:id", 200)).toBe(1);
    expect(requestCount(samples, "GET", "/tasks/:id", 500)).toBe(0);
    // An edge belongs to its bucket: "at most 300 ms" is exact.
    const bucket = 'http_request_duration_seconds_bucket{le="0.3",method="GET",route="/tasks/:id",status_code="200"}';
    expect(samples.get(bucket)).toBe(1);
  });
});

import { describe, expect, it } from "vitest";
import { misspelt, nearest } from "./near.ts";

describe("what was meant", () => {
  it.each<[string, readonly string[], string | null]>([
    ["metod", ["method", "route"], "method"],
    ["methdo", ["method"], "method"],
    ["http_request_duration_secnds", ["http_request_duration_seconds"], "http_request_duration_seconds"],
    ["HTTP-Requests", ["http_requests"], "http_requests"],
    ["shp", ["shop"], "shop"],
    ["aip", ["api"], "api"],
    ["pai", ["bank"], null],
    ["tasks_created_total", ["tasks_deleted_total"], null],
    ["api_v1_total", ["api_v2_total"], null],
    ["a".repeat(300), ["a".repeat(299)], null],
    ["anything", [], null],
  ])("%s among %j: %s", (word, known, meant) => {
    expect(misspelt(word, known)).toBe(meant);
  });

  it("names up to three that are near, the nearest first", () => {
    expect(nearest("requests", ["response", "request", "requested", "requestz", "route"])).toEqual([
      "request",
      "requestz",
      "requested",
    ]);
  });

  it("takes a part of a name for the name", () => {
    expect(nearest("latency", ["read-latency", "write-latency", "errors"])).toEqual(["read-latency", "write-latency"]);
    expect(nearest("p", ["pool-wait"])).toEqual([]);
  });
});

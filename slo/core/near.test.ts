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
    ["api_total", ["api2_total"], null],
    ["v1", ["v1"], null],
    ["apihttprequeststotal", ["api_http_requests_total"], "api_http_requests_total"],
    ["a".repeat(200), [`b${"a".repeat(199)}`], `b${"a".repeat(199)}`],
    ["a".repeat(201), ["a".repeat(200)], null],
    ["a".repeat(200), ["a".repeat(201)], null],
    ["routx", ["route"], "route"],
    ["rouxx", ["route"], null],
    ["methxx", ["method"], "method"],
    ["metxxx", ["method"], null],
    ["b", ["a"], null],
    ["eu", ["us"], null],
    ["EU", ["eu"], "eu"],
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

  it("names those that are as near in the order of the alphabet, and no more than three", () => {
    expect(nearest("requests", ["requestz", "requesty", "requestx", "requestw"])).toEqual([
      "requestw",
      "requestx",
      "requesty",
    ]);
    expect(nearest("a".repeat(201), ["a".repeat(201)])).toEqual([]);
  });

  it("takes a part of a name for the name", () => {
    expect(nearest("api", ["my-api-server"])).toEqual(["my-api-server"]);
    expect(nearest("ap", ["my-api-server"])).toEqual([]);
    expect(nearest("latency", ["read-latency", "write-latency", "errors"])).toEqual(["read-latency", "write-latency"]);
    expect(nearest("p", ["pool-wait"])).toEqual([]);
  });
});

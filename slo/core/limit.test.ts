import { describe, expect, it } from "vitest";
import { errors, events, latency, query, resource } from "./fixtures/scene.ts";
import { atMost, meetsLimit, nearlySame, resolvedLimit } from "./limit.ts";

describe("a limit", () => {
  it.each([1e-9, 0.001, 1, 4e9])("of %d is met on itself, and beyond it by a billionth of itself at most", (limit) => {
    expect([0.5, 1, 1 + 5e-10, 1 + 2e-9, 1.5].map((times) => atMost(limit * times, limit))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect([1 - 2e-9, 1 - 5e-10, 1].map((times) => meetsLimit(limit * times, "atLeast", limit))).toEqual([
      false,
      true,
      true,
    ]);
  });

  it("of 0 is met by 0 alone", () => {
    expect([nearlySame(0, 0), nearlySame(0, 1e-300), atMost(0, 0), atMost(1e-300, 0)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it("is met by nothing that is no number, and infinity is like infinity alone", () => {
    const { NaN: none, POSITIVE_INFINITY: infinity } = Number;
    expect([atMost(none, 1), atMost(1, none), meetsLimit(none, "atLeast", 1), nearlySame(none, none)]).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect([nearlySame(infinity, infinity), nearlySame(infinity, 1), nearlySame(-infinity, infinity)]).toEqual([
      true,
      false,
      false,
    ]);
    expect([atMost(infinity, 1), meetsLimit(infinity, "atMost", 1)]).toEqual([false, false]);
  });
});

describe("a limit in the report", () => {
  it.each([
    [latency({ atMost: 0.3, percentile: 99 }), { op: "atMost", value: 0.3, unit: "s", percentile: 99 }],
    [errors({ op: "atLeast", limit: 0.9 }), { op: "atLeast", value: 0.9, unit: "ratio" }],
    [query({ op: "atLeast", limit: 7 }), { op: "atLeast", value: 7, unit: "number" }],
    [resource({ resource: "memory", atMost: 5, ofLimit: false }), { op: "atMost", value: 5, unit: "bytes" }],
    [resource({ resource: "memory", atMost: 0.5, ofLimit: true }), { op: "atMost", value: 0.5, unit: "ratio" }],
    [resource({ resource: "cpu", atMost: 2, ofLimit: false }), { op: "atMost", value: 2, unit: "cores" }],
    [resource({ resource: "cpu", atMost: 0.5, ofLimit: true }), { op: "atMost", value: 0.5, unit: "ratio" }],
    [events({ resource: "throttling", atMost: 0.1 }), { op: "atMost", value: 0.1, unit: "ratio" }],
    [events({ resource: "oomKills", atMost: 0 }), { op: "atMost", value: 0, unit: "number" }],
    [events({ resource: "restarts", atMost: 1 }), { op: "atMost", value: 1, unit: "number" }],
  ])("says what it is about: %#", (objective, limit) => expect(resolvedLimit(objective)).toEqual(limit));
});

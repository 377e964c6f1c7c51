import { describe, expect, it } from "vitest";
import { latency, selector } from "../fixtures/scene.ts";
import type { SeenSeries } from "./facts.ts";
import { amiss, fine, type Scene, series } from "./fixtures/amiss.ts";
import { seen } from "./fixtures/system.ts";

const BASE = "http_request_duration_seconds";
const of = (route: string, ...edges: string[]): readonly SeenSeries[] =>
  edges.map((le) => seen(`${BASE}_bucket`, { method: "GET", route, le }));
const native = (route: string, ...layout: readonly [number, number][]): SeenSeries => ({
  ...seen(BASE, { method: "GET", route }),
  native: layout.map(([lower, upper]) => ({ lower, upper, closed: false })),
});
const edge = (facts: readonly SeenSeries[], objective = latency()): string[] => {
  const scene: Scene = { objective, facts: series(...facts) };
  return [...fine(scene), ...amiss(scene)].filter((line) => /^(edge|[a-z]+ \d edge): /.test(line));
};
const BETWEEN = "unknown 0 edge: an edge at 300 ms; there is none";
const ONLY = (lower: string, upper: string) =>
  `add the edge 0.3 to it: without it a pass is proven only by ${lower}, a breach only by ${upper}, and between them it is inconclusive`;
const SLOW = "add the edge 0.3 to it: without it each request there may count as too slow";
const NOTHING =
  "problem 3 edge: an edge at 300 ms; there is none: the nearest are none below and 500 ms; add the edge 0.3 to it: without it nothing can pass";
const FINE = "edge: an edge at 300 ms; there is one";

describe("edges of a histogram", () => {
  it.each<[string, readonly SeenSeries[], string]>([
    [
      "in the order of Prometheus' texts, not of numbers",
      of("a", "+Inf", "0.1", "0.2", "1", "10", "2.5", "0.5"),
      `${BETWEEN}: the nearest are 200 ms and 500 ms; ${ONLY("200 ms", "500 ms")}`,
    ],
    [
      "of a label set whose labels come in another order",
      [
        ...of("a", "0.1", "+Inf"),
        { ...seen(`${BASE}_bucket`), labels: { le: "0.3", route: "a", method: "GET", instance: "api-1", job: "api" } },
      ],
      FINE,
    ],
    [
      "of a label set without one below, before others",
      [...of("a", "0.5", "+Inf"), ...of("b", "0.2", "1", "+Inf"), ...of("c", "0.1", "1", "+Inf")],
      `${BETWEEN}: the nearest are none below and 500 ms; ${SLOW}`,
    ],
    [
      "of a label set without one below, after others",
      [...of("b", "0.2", "1", "+Inf"), ...of("c", "0.1", "1", "+Inf"), ...of("a", "0.5", "+Inf")],
      `${BETWEEN}: the nearest are none below and 500 ms; ${SLOW}`,
    ],
    [
      "of one label set without any below, beside one that is exact",
      [...of("a", "0.5", "+Inf"), ...of("b", "0.3", "+Inf")],
      `${BETWEEN} in 1 of 2 label sets: the nearest are none below and 500 ms; ${SLOW}`,
    ],
    ["of label sets that all begin above the limit", [...of("a", "0.5", "+Inf"), ...of("b", "1", "+Inf")], NOTHING],
    [
      "without any but infinity",
      of("a", "+Inf"),
      "problem 3 edge: an edge at 300 ms; there is none: the nearest are none below and none above; add the edge 0.3 to it: without it nothing can pass",
    ],
    [
      "of label sets that are judged, not of others",
      [...of("a", "0.3", "+Inf"), seen(`${BASE}_bucket`, { method: "POST", le: "0.5" })],
      FINE,
    ],
    [
      "of others where none of those that are judged is there yet",
      ["0.5", "+Inf"].map((le) => seen(`${BASE}_bucket`, { method: "POST", le })),
      NOTHING,
    ],
    [
      "of a native histogram beside a number of the same name",
      [native("a", [0.1, 0.3]), seen(BASE, { method: "GET", route: "b" })],
      FINE,
    ],
    [
      "of a native one that holds something above the limit only",
      [native("a", [0.5, 1])],
      "unknown 0 edge: an edge at 300 ms; no bucket next to it holds anything yet; what the load brings will tell",
    ],
    [
      "of a native one that holds something below the limit only",
      [native("a", [0.1, 0.2])],
      "unknown 0 edge: an edge at 300 ms; no bucket next to it holds anything yet; what the load brings will tell",
    ],
    [
      "of buckets that begin above it, with a native histogram that has it",
      [...of("a", "0.5", "+Inf"), native("a", [0.1, 0.3])],
      FINE,
    ],
    [
      "of a native histogram that has others, with buckets that have it",
      [...of("a", "0.3", "+Inf"), native("a", [0.25, 0.5])],
      FINE,
    ],
    [
      "of buckets that have it, at a label set beside that of a native histogram that has not",
      [...of("a", "0.3", "+Inf"), native("b", [0.25, 0.5])],
      "unknown 0 edge: an edge at 300 ms; a bucket spans it: the nearest are 250 ms and 500 ms; keep classic buckets with the edge 0.3 beside it, or set the limit to an edge (250 ms, 500 ms): no schema of exponential buckets has one there, a finer one leaves less open",
    ],
    [
      "of buckets that have it not, at a label set beside that of a native histogram that has",
      [...of("a", "0.1", "0.5", "+Inf"), native("b", [0.1, 0.3])],
      `${BETWEEN}: the nearest are 100 ms and 500 ms; ${ONLY("100 ms", "500 ms")}`,
    ],
  ])("%s", (_what, facts, line) => {
    expect(edge(facts)).toEqual([line]);
  });

  it("name the forms that are there", () => {
    const histogram = (facts: readonly SeenSeries[]) =>
      fine({ facts: series(...facts) }).find((line) => line.startsWith("histogram"));
    const is = `histogram: ${BASE} is a histogram; `;
    expect(histogram([native("a", [0.1, 0.3])])).toBe(`${is}native, 1 series`);
    expect(histogram([...of("a", "0.3", "+Inf"), native("a", [0.1, 0.3])])).toBe(`${is}classic and native, 3 series`);
  });

  it("are not looked at in what is no histogram: the nearest name is one", () => {
    const named = (...names: string[]) =>
      amiss({ objective: latency({ histogram: selector("http_seconds_buckt") }), facts: { names } });
    expect(named("http_seconds_bucket", "http_seconds_buckts")[0]).toMatch(/did you mean http_seconds\?/);
    expect(named("queue_length")[0]).toMatch(/; see its spelling; else it may come with the first request$/);
  });
});

import { describe, expect, it } from "vitest";
import { planFetch } from "./fetch-plan.ts";
import { errors, evidenceOf, fileOf, judged, latency, runFile, STEADY, selector, target } from "./fixtures/scene.ts";
import { calls, histogram } from "./fixtures/service.ts";
import { fetchFrom, type Scraped, type Source, scrapes } from "./fixtures/world.ts";
import type { Objective, Selector } from "./objective.ts";
import { reduceEvidence } from "./reduce.ts";

const GOOD = calls(1000, 1030, 6000);
const RUN = runFile({ serverCounter: null });
const METRIC = "http_request_duration_seconds";
const COUNT = `${METRIC}_count`;

function reduced(objective: Objective, targets: readonly Scraped[]) {
  const [only] = evidenceOf(fileOf(objective), RUN, { targets }).counters;
  if (only === undefined) throw new Error("nothing was reduced");
  return only;
}

describe("a replica that is down throughout, with no series to show", () => {
  const down = target([], {
    instance: "b:1",
    sources: [],
    scrapes: scrapes(970.25, 1050.25, 1).map(({ time }) => ({ time, up: 0 as const })),
  });

  it.each([
    ["latency", latency()],
    ["ratio", errors()],
  ])("withholds the pass of a %s", (_, objective) => {
    expect(judged(objective, [target(GOOD)], RUN).verdict).toBe("pass");
    expect(judged(objective, [target(GOOD), down], RUN)).toMatchObject({ verdict: "inconclusive" });
  });

  it("of a part's own job withholds it too", () => {
    const part = { kind: "bad" as const, selector: selector('proxy_errors_total{job="proxy",code="502"}') };
    const errorsTotal: Source = { labels: { __name__: "proxy_errors_total", code: "502" }, at: () => 0 };
    const proxy = target([], { job: "proxy", instance: "p:1", sources: [errorsTotal] });
    expect(judged(errors({ part }), [target(GOOD), proxy], RUN).verdict).toBe("pass");
    expect(judged(errors({ part }), [target(GOOD), proxy, { ...down, job: "proxy" }], RUN).verdict).toBe(
      "inconclusive",
    );
  });

  it("of another job is nobody's business", () => {
    expect(judged(latency(), [target(GOOD), { ...down, job: "worker" }], RUN).verdict).toBe("pass");
  });
});

describe("series that lag behind what was fetched", () => {
  const faultsOf = (objective: Objective, ...all: readonly Readonly<Record<string, string>>[]) => {
    const file = fileOf(objective);
    const plan = planFetch(file, [STEADY], { marginSeconds: 30 });
    const lagging = { kind: "answer" as const, series: all.map((labels) => ({ labels, newest: 900 })) };
    const fetched = { ...fetchFrom({ targets: [target(GOOD)] }, plan), lagging };
    return reduceEvidence(file, [STEADY], fetched).counters[0]?.faults;
  };

  it.each([
    ["a latency's buckets", latency(), { __name__: `${METRIC}_bucket`, method: "GET", le: "+Inf" }],
    ["a latency's native histogram", latency(), { __name__: METRIC, method: "GET" }],
    ["a ratio's part", errors(), { __name__: COUNT, status_code: "500" }],
    ["a ratio's total", errors(), { __name__: COUNT, status_code: "200" }],
  ])("are a fault of %s", (_, objective, labels) => {
    expect(faultsOf(objective, { job: "api", ...labels })).toMatchObject([{ code: "own-clock" }]);
  });

  it("are named, with how many more there are", () => {
    const bad = { __name__: COUNT, job: "api", status_code: "500" };
    const text = (more: string) =>
      `${COUNT}{job="api",status_code="500"}${more} carries timestamps of its own that lag behind its scrapes, so what it counted in the phase is not seen; scrape it with honor_timestamps: false`;
    expect(faultsOf(errors(), bad)).toEqual([{ code: "own-clock", text: text("") }]);
    const others = [
      { ...bad, instance: "b:1" },
      { __name__: "others_total", job: "api" },
    ];
    expect(faultsOf(errors(), bad, ...others)).toEqual([{ code: "own-clock", text: text(" (and 1 more)") }]);
  });

  it("are none of a selector that leaves them out", () => {
    expect(faultsOf(latency(), { __name__: `${METRIC}_bucket`, job: "api", method: "POST", le: "+Inf" })).toEqual([]);
  });
});

describe("a part that counts what its total does not", () => {
  const gets = errors({ total: selector(`${COUNT}{job="api",method="GET"}`) });
  const other = (status: string, from = 1000) =>
    calls(from, from + 30, 5).map((call) => ({ ...call, labels: { method: "POST", status_code: status } }));
  const beyond = (objective: Objective, targets: readonly Scraped[]) =>
    reduced(objective, targets).faults.map(({ code }) => code);

  it("is a fault where that moved at one of the targets", () => {
    const quiet = target(GOOD, { instance: "b:1" });
    expect(beyond(gets, [target([...GOOD, ...other("500")]), quiet])).toEqual(["part-exceeds-total"]);
  });

  it("is none where it stood still", () => {
    expect(beyond(gets, [target([...GOOD, ...other("500", 930)])])).toEqual([]);
  });

  it("is none where the part does not count it either", () => {
    expect(beyond(gets, [target([...GOOD, ...other("200")])])).toEqual([]);
  });

  const bucket = (le: string) => selector(`${METRIC}_bucket{job="api",le="${le}"}`);
  const within = (part: string, total: string) =>
    errors({ part: { kind: "good", selector: bucket(part) }, total: bucket(total), op: "atLeast", limit: 0.5 });

  it("is none where a bucket is a part of a higher one", () => {
    expect(beyond(within("0.3", "+Inf"), [target(GOOD)])).toEqual([]);
    expect(beyond(within("0.3", "1"), [target(GOOD)])).toEqual([]);
    expect(beyond(within("0.3", "0.3"), [target(GOOD)])).toEqual([]);
    expect(beyond(within("0.3", "0.1"), [target(GOOD)])).toEqual(["part-exceeds-total"]);
    expect(beyond(within("+Inf", "1"), [target(GOOD)])).toEqual(["part-exceeds-total"]);
  });

  it("is none of another metric, whose labels are its own", () => {
    const errorsTotal: Source = {
      labels: { __name__: "errors_total", kind: "db" },
      at: (time) => Math.max(0, Math.min(5, Math.floor((time - 1000) / 5))),
    };
    const own = { kind: "bad" as const, selector: selector('errors_total{job="api"}') };
    const total = selector(`${COUNT}{job="api",method="GET"}`);
    expect(
      beyond(errors({ part: own, total }), [target(GOOD, { sources: [...histogram(GOOD), errorsTotal] })]),
    ).toEqual([]);
  });
});

describe("one counter under two spellings of its edge", () => {
  const bucket = (le: string, from: number, to: number): Source => ({
    labels: { __name__: "sizes_bucket", le },
    at: (time) => (time < from || time > to ? null : Math.floor(Math.max(0, Math.min(30, time - 1000)) * 10)),
  });
  const ratio = (part: Selector) => errors({ part: { kind: "good", selector: part }, op: "atLeast", limit: 0.5 });

  it("is not another edge's, whose counts come on top", () => {
    const half: Source = {
      ...bucket("0.5", 0, 2000),
      at: (time) => Math.max(0, Math.min(30, Math.floor(time - 1000))),
    };
    const sources = [half, bucket("1", 0, 2000), bucket("+Inf", 0, 2000)];
    const total = selector('sizes_bucket{job="api",le="+Inf"}');
    const part = { kind: "bad" as const, selector: selector('sizes_bucket{job="api",le=~"0.5|1"}') };
    const counted = reduced(errors({ part, total }), [target([], { sources })]);
    const sum = (counts: readonly number[] = []) => counts.reduce((all, count) => all + count, 0);
    expect([sum(counted.targets[0]?.columns[0]), counted.faults]).toEqual([330, []]);
  });

  it("goes on where Prometheus was updated meanwhile", () => {
    const sources = [bucket("1", 0, 1015), bucket("1.0", 1015, 2000), bucket("+Inf", 0, 2000)];
    const total = selector('sizes_bucket{job="api",le="+Inf"}');
    const objective = { ...ratio(selector('sizes_bucket{job="api",le="1"}')), total };
    expect(judged(objective, [target([], { sources })], RUN)).toMatchObject({
      verdict: "pass",
      counts: { total: 300, bad: 0 },
    });
  });
});

it("edges of replicas that have different ones are united, rising", () => {
  const found = reduced(latency(), [
    target([], { sources: histogram(GOOD, { edges: [0.1, 1, 2] }) }),
    target([], { instance: "b:1", sources: histogram(GOOD, { edges: [0.05, 0.3, 1.5] }) }),
  ]);
  expect(found.counted).toMatchObject({ edges: [0.05, 0.1, 0.3, 1, 1.5, 2], uniform: false });
});

import { describe, expect, it } from "vitest";
import type { Evidence } from "./evidence.ts";
import { planFetch } from "./fetch-plan.ts";
import {
  errors,
  events,
  evidenceOf,
  fileOf,
  latency,
  query,
  resource,
  runFile,
  STEADY,
  selector,
  target,
  verdictOf,
} from "./fixtures/scene.ts";
import { calls } from "./fixtures/service.ts";
import { fetchFrom, type Source } from "./fixtures/world.ts";
import { reduceEvidence } from "./reduce.ts";

const BEFORE = { name: "before", from: 980, to: 990, quiet: true };
const RUN = runFile({ phases: [BEFORE, STEADY], serverCounter: null });
const GETS = calls(1000, 1030, 600);
const POSTS = calls(1000, 1030, 30).map((call) => ({ ...call, labels: { method: "POST", status_code: "200" } }));
const WARM = calls(980, 990, 40);
const ALL = [...GETS, ...POSTS, ...WARM];
const METRIC = "http_request_duration_seconds";

function countersOf(...objectives: Parameters<typeof fileOf>): readonly (readonly [string, number])[] {
  const { counters } = evidenceOf(fileOf(...objectives), RUN, { targets: [target(ALL)] });
  return counters.map(({ phase, targets }) => [
    phase,
    targets.flatMap(({ total }) => total).reduce((sum, count) => sum + count, 0),
  ]);
}

describe("what differs is reduced by itself", () => {
  it("histograms, and phases of one", () => {
    const posts = { histogram: selector(`${METRIC}{job="api",method="POST"}`) };
    expect(countersOf(latency(), latency(posts), latency({ phase: "before" }), latency(posts))).toEqual([
      ["steady", 600],
      ["steady", 30],
      ["before", 40],
    ]);
  });

  it("ratios by their part, their total and their phase", () => {
    const total = selector(`${METRIC}_count{job="api",method="POST"}`);
    const bad = { kind: "bad" as const, selector: selector(`${METRIC}_count{job="api",method="GET"}`) };
    expect(countersOf(errors(), errors({ total }), errors({ phase: "before" }), errors({ part: bad }))).toEqual([
      ["steady", 630],
      ["steady", 30],
      ["before", 40],
      ["steady", 630],
    ]);
  });

  it("resources by service, namespace, container, kind and phase", () => {
    const all = [
      resource(),
      resource({ service: "other" }),
      resource({ namespace: "live" }),
      resource({ container: "api" }),
      resource({ resource: "cpu" }),
      resource({ phase: "before" }),
      events(),
      resource({ stat: "mean" }),
    ];
    const { resources } = evidenceOf(fileOf(...all), RUN, { targets: [target(ALL)] });
    expect(
      resources.map((one) => [one.service, one.namespace, one.container, one.resource, one.phase].join(" ")),
    ).toEqual([
      "api   memory steady",
      "other   memory steady",
      "api live  memory steady",
      "api  api memory steady",
      "api   cpu steady",
      "api   memory before",
      "api   restarts steady",
    ]);
  });

  it("queries by their text and their phase, each with its own answer", () => {
    const of = (value: number) => [{ labels: {}, times: [1030], values: [value] }];
    const objectives = [
      query({ promql: "a[$phase]" }),
      query({ promql: "b[$phase]" }),
      query({ promql: "b[$phase]", phase: "before" }),
    ];
    const instants = { "a[30s]": of(1), "b[30s]": of(2), "b[10s]": of(3) };
    const { queries } = evidenceOf(fileOf(...objectives), RUN, { targets: [target(ALL)], instants });
    expect(queries.map(({ promql, phase, series }) => [promql, phase, series[0]?.value])).toEqual([
      ["a[30s]", "steady", 1],
      ["b[30s]", "steady", 2],
      ["b[10s]", "before", 3],
    ]);
  });

  it("one text asked at two times", () => {
    const file = fileOf(query({ promql: "a" }), query({ promql: "a", phase: "before" }));
    const plan = planFetch(file, [BEFORE, STEADY], { marginSeconds: 1 });
    const fetched = fetchFrom({ targets: [] }, plan);
    const instants = fetched.instants.map((one) => {
      const { at } = one.request;
      return { kind: "answer" as const, request: one.request, result: [{ labels: {}, times: [at], values: [at] }] };
    });
    const { queries } = reduceEvidence(file, [BEFORE, STEADY], { ...fetched, instants });
    expect(queries.map(({ phase, series }) => [phase, series[0]?.value])).toEqual([
      ["steady", 1030],
      ["before", 990],
    ]);
  });
});

it("evidence holds the correction of the clock where there was one", () => {
  const fetched = fetchFrom({ targets: [] }, planFetch(fileOf(), [STEADY], { marginSeconds: 1 }));
  const clock = { shift: 0.5, uncertainty: 0.01 };
  expect(reduceEvidence(fileOf(), [STEADY], fetched, { clock }).clock).toEqual(clock);
  for (const none of [null, undefined])
    expect(reduceEvidence(fileOf(), [STEADY], fetched, none === undefined ? {} : { clock: none })).not.toHaveProperty(
      "clock",
    );
});

it("a value that JSON cannot hold stays what it was", () => {
  const instants = {
    "max_over_time(db_pool_waiting[30s])": [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 0].map(
      (value, index) => ({ labels: { pool: String(index) }, times: [1030], values: [value] }),
    ),
  };
  const evidence = evidenceOf(fileOf(query()), RUN, { targets: [target(ALL)], instants });
  const kept = JSON.parse(JSON.stringify(evidence)) as Evidence;
  expect(kept.queries[0]?.series.map(({ value }) => value)).toEqual(["+Inf", "-Inf", "NaN", 0]);
});

describe("processes of another job", () => {
  const MIB = 1024 ** 2;
  const memory = (mib: number): readonly Source[] => [
    { labels: { __name__: "process_resident_memory_bytes" }, at: () => mib * MIB },
    { labels: { __name__: "process_resident_memory_peak_bytes" }, at: () => mib * MIB },
  ];

  it("are no part of the service's budget", () => {
    const file = fileOf(resource(), resource({ name: "other", service: "other" }));
    const targets = [
      target([], { sources: memory(100) }),
      target([], { job: "other", instance: "o:1", sources: memory(300) }),
    ];
    const { objectives } = verdictOf(file, RUN, { targets });
    expect(objectives.map(({ name, verdict, measured }) => [name, verdict, measured?.value])).toEqual([
      ["memory", "pass", 100 * MIB],
      ["other", "fail", 300 * MIB],
    ]);
  });

  it("nor may they stand for one that is not there", () => {
    const file = fileOf(resource(), resource({ name: "other", service: "other" }));
    const { objectives } = verdictOf(file, RUN, {
      targets: [target([], { job: "other", instance: "o:1", sources: memory(100) })],
    });
    expect(objectives.map(({ verdict }) => verdict)).toEqual(["no-data", "pass"]);
  });
});

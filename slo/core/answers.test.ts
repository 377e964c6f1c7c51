import { describe, expect, it } from "vitest";
import { readAnswers } from "./answers.ts";
import { planFetch } from "./fetch-plan.ts";
import type { Fetched, RawSeries } from "./fetched.ts";
import { errors, fileOf, latency, STEADY, target } from "./fixtures/scene.ts";
import { calls } from "./fixtures/service.ts";
import { fetchFrom } from "./fixtures/world.ts";
import { reduceEvidence } from "./reduce.ts";

const FILE = fileOf(errors());
const COUNT = "http_request_duration_seconds_count";
const PLAN = planFetch(FILE, [STEADY], { marginSeconds: 30 });
const GOOD = fetchFrom({ targets: [target(calls(1000, 1030, 60))] }, PLAN);

function changed(change: (series: RawSeries) => RawSeries): Fetched {
  return {
    ...GOOD,
    ranges: GOOD.ranges.map((one) =>
      one.kind === "answer" && one.request.metric === COUNT ? { ...one, result: one.result.map(change) } : one,
    ),
  };
}

const relabelled = (labels: Readonly<Record<string, string>>) =>
  changed((series) => ({ ...series, labels: { ...series.labels, ...labels } }));

describe("an answer to what was not asked", () => {
  it.each([
    ["of another metric", { __name__: "others_total" }],
    ["of another job", { job: "web" }],
  ])("%s is none", (_, labels) => {
    const failure = readAnswers(relabelled(labels)).failureOf([COUNT]);
    expect(failure).toMatchObject({ request: COUNT, code: "bad-answer" });
    expect(failure?.text).toMatch(
      /^Prometheus was asked for http_request_duration_seconds_count\{job="api"\} and answered with \{.*\}: does a cache or a proxy mix answers up\?$/,
    );
  });

  it("is shown in part where it is long", () => {
    const { text = "" } = readAnswers(relabelled({ job: "x".repeat(1000) })).failureOf([COUNT]) ?? {};
    expect(text.length).toBeLessThan(400);
  });

  it("may leave the metric's name out, as functions do", () => {
    const bare = changed(({ labels: { __name__: _, ...labels }, ...series }) => ({ ...series, labels }));
    expect(readAnswers(bare).failureOf([COUNT])).toBeNull();
  });
});

describe("what every clock needs", () => {
  it.each(["up", "process_start_time_seconds"])("fails all where %s could not be had", (metric) => {
    const failure = { request: metric, code: "timeout", text: "did not answer" };
    const fetched = fetchFrom({ targets: [], failures: { [metric]: failure } }, PLAN);
    expect(readAnswers(fetched).failureOf([])).toEqual(failure);
    expect(readAnswers(GOOD).failureOf([])).toBeNull();
  });
});

it.each([
  ["a ratio", errors()],
  ["a latency", latency()],
])("%s has no data where it could not be asked what lags", (_, objective) => {
  const file = fileOf(objective);
  const failure = { request: "{…}", code: "timeout", text: "did not answer" };
  const plan = planFetch(file, [STEADY], { marginSeconds: 30 });
  const fetched = {
    ...fetchFrom({ targets: [target(calls(1000, 1030, 60))] }, plan),
    lagging: { kind: "failure", failure } as const,
  };
  expect(reduceEvidence(file, [STEADY], fetched).counters[0]?.failure).toEqual(failure);
});

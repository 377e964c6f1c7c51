import { describe, expect, it } from "vitest";
import { planFetch } from "./fetch-plan.ts";
import type { RawSeries } from "./fetched.ts";
import { errors, fileOf, judged, latency, query, resource, runFile, target } from "./fixtures/scene.ts";
import { calls, histogram } from "./fixtures/service.ts";
import { fetchFrom, type Scraped, type Source, scrapes } from "./fixtures/world.ts";
import { judge } from "./judge.ts";
import { phasesOf } from "./phases.ts";
import { reduceEvidence } from "./reduce.ts";

const steady = calls(1000.5, 1029.5, 6000);
const slow = calls(1000.5, 1029.5, 6000, { bad: 600, seconds: 0.5, status: "500" });
const cpu = (at: Source["at"], times?: readonly number[]): Source => ({
  labels: { __name__: "process_cpu_seconds_total" },
  at,
  ...(times === undefined ? {} : { times }),
});
const cores = (sources: readonly Source[], change: Partial<Scraped> = {}) =>
  judged(resource({ resource: "cpu", stat: "mean", atMost: 1 }), [target([], { sources, ...change })]);

describe("found by mutated answers: no pass", () => {
  it("where CPU has times of its own, which once read as none used", () => {
    const times = Array.from({ length: 81 }, (_, index) => 970.6 + index);
    expect(cores([cpu((time) => time * 1.5)])).toMatchObject({ verdict: "fail" });
    expect(cores([cpu((time) => time * 1.5, times)])).toMatchObject({ verdict: "fail" });
    expect(cores([cpu((time) => time * 0.5, times)])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "no-clock" },
    });
  });

  it("where CPU ended long before the phase", () => {
    expect(cores([cpu((time) => time * 1.5, [970.6, 971.6])])).toMatchObject({ verdict: "no-data" });
  });

  it.each<[string, (time: number) => number]>([
    ["negative", () => -5],
    ["absurd", () => 1e300],
  ])("where a process start is %s", (_what, start) => {
    expect(judged(latency(), [target(steady, { start: () => 900 })]).verdict).toBe("pass");
    expect(judged(latency(), [target(steady, { start })])).toMatchObject({
      verdict: "inconclusive",
      reason: {
        code: "start-unread",
        text: "process_start_time_seconds of api 127.0.0.1:9464 is no time, or not told at its scrapes: whether it restarted is not known.",
      },
    });
  });

  it("where process starts are told beside the scrapes", () => {
    const start: Source = {
      labels: { __name__: "process_start_time_seconds" },
      at: () => 900,
      times: [1000.6, 1001.6, 1002.6],
    };
    const beside = target(steady, { start: null, sources: [...histogram(steady), start] });
    expect(judged(latency(), [beside])).toMatchObject({ verdict: "inconclusive", reason: { code: "start-unread" } });
  });

  it.each([latency(), errors()])("where series lag to before the first scrape of their target: $name", (objective) => {
    const times = [972.7, 973.7];
    const late = histogram(slow).map((one): Source => ({ ...one, labels: { ...one.labels, route: "/late" }, times }));
    const both = target([], { scrapes: scrapes(975.25, 1050.25, 1), sources: [...histogram(steady), ...late] });
    expect(judged(objective, [both])).toMatchObject({ verdict: "inconclusive", reason: { code: "no-clock" } });
  });

  it("where the answer is another's", () => {
    const file = fileOf(latency(), errors());
    const plan = planFetch(file, phasesOf(runFile()), { marginSeconds: 30 });
    const [bad, good] = [slow, steady].map((all) => fetchFrom({ targets: [target(all)] }, plan));
    const crossed = (metric: string, other: (series: RawSeries) => RawSeries) => ({
      ranges: (bad?.ranges ?? []).map((answer) =>
        answer.kind === "answer" && answer.request.metric === metric
          ? { ...answer, result: answer.result.map(other) }
          : answer,
      ),
      instants: good?.instants ?? [],
    });
    const mixed = crossed("http_request_duration_seconds_bucket", (series) => ({
      ...series,
      labels: { ...series.labels, job: "other" },
    }));
    const [first] = judge(file, runFile(), reduceEvidence(file, phasesOf(runFile()), mixed)).objectives;
    expect(first).toMatchObject({ verdict: "no-data", reason: { code: "bad-answer" } });
    expect(first?.reason.text).toMatch(
      /^Prometheus was asked for http_request_duration_seconds_bucket\{.*\} and answered with \{.*"job":"other".*\}: does a cache or a proxy mix answers up\?$/,
    );
  });

  it("where a query is answered with samples over time", () => {
    const promql = "max_over_time(db_pool_waiting[30s])";
    const instants = { [promql]: [{ labels: { job: "api" }, times: [1029, 1030], values: [9, 1] }] };
    expect(judged(query(), [target([])], runFile(), { instants })).toMatchObject({
      verdict: "no-data",
      reason: { code: "bad-answer" },
    });
  });
});

import { describe, expect, it } from "vitest";
import { DEFAULT_MARGIN_SECONDS, marginFor, planFetch, resolvedQuery } from "./fetch-plan.ts";
import { errors, events, fileOf, latency, query, resource, STEADY, selector } from "./fixtures/scene.ts";
import { windowPhase } from "./phases.ts";

const SOAK = { name: "soak", from: 2000, to: 2060, quiet: true };
const plan = (...objectives: Parameters<typeof fileOf>) =>
  planFetch(fileOf(...objectives), [STEADY, SOAK], { marginSeconds: 10 });
const selectors = (...objectives: Parameters<typeof fileOf>) =>
  plan(...objectives).ranges.map((request) => request.selector);

describe("the plan of what to fetch", () => {
  it("asks once for each metric name, with a clock and process starts", () => {
    expect(selectors(latency(), errors())).toEqual([
      'up{job="api"}',
      'process_start_time_seconds{job="api"}',
      'http_request_duration_seconds_bucket{job="api",method="GET"}',
      // A native histogram has neither buckets nor a count of its own. One name, one request.
      'http_request_duration_seconds{job="api"}',
      'http_request_duration_seconds_count{job="api"}',
    ]);
  });

  it("asks with matchers that admit what any selector of a name does", () => {
    const post = latency({ histogram: selector('http_request_duration_seconds{job="api",method="POST"}') });
    expect(selectors(latency(), post)).toContain('http_request_duration_seconds_bucket{job="api",method=~"GET|POST"}');
    const other = latency({ histogram: selector('http_request_duration_seconds{job="web",method="GET"}') });
    expect(selectors(latency(), other)).toEqual([
      'up{job=~"api|web"}',
      'process_start_time_seconds{job=~"api|web"}',
      'http_request_duration_seconds_bucket{job=~"api|web",method="GET"}',
      'http_request_duration_seconds{job=~"api|web",method="GET"}',
    ]);
    const odd = latency({ histogram: selector('http_request_duration_seconds{job="a.i|b",method=~"P.*"}') });
    expect(selectors(latency(), odd)).toContain('http_request_duration_seconds_bucket{job=~"a\\\\.i\\\\|b|api"}');
  });

  it("asks for no edge by its text, which may be stored otherwise", () => {
    const bucket = (more: string) => selector(`sizes_bucket{job="api",le="1"${more}}`);
    const slow = errors({ total: bucket(""), part: { kind: "bad", selector: bucket(',code="500"') } });
    expect(selectors(slow)).toContain('sizes_bucket{job="api"}');
    const other = errors({ total: bucket(""), part: { kind: "bad", selector: selector('errors_total{job="api"}') } });
    expect(selectors(other)).toContain('sizes_bucket{job="api"}');
    const ranges = errors({ total: selector('sizes_bucket{job="api",le=~"1|2"}') });
    expect(selectors(ranges)).toContain('sizes_bucket{job="api",le=~"1|2"}');
  });

  it("asks for a part without what its total lacks, to tell a misspelt label from no errors", () => {
    const part = { kind: "bad" as const, selector: selector('http_errors_total{job="api",cod=~"5.."}') };
    expect(selectors(errors({ part }))).toContain('http_errors_total{job="api"}');
  });

  it("asks for the native histogram whose count a counter may be", () => {
    const counter = (metric: string) =>
      errors({ total: selector(metric), part: { kind: "bad", selector: selector(metric) } });
    expect(selectors(counter("calls_count")).slice(2)).toEqual(["calls_count", "calls"]);
    expect(selectors(counter("calls_total")).slice(2)).toEqual(["calls_total"]);
    expect(selectors(counter("_count")).slice(2)).toEqual(["_count"]);
  });

  it("tells which series are only counted, and near which edges every sample is wanted", () => {
    const seconds = "process_cpu_seconds_total";
    const busy = errors({
      part: { kind: "bad", selector: selector(`${seconds}{job="api",mode="user"}`) },
      total: selector(`${seconds}{job="api"}`),
    });
    const counted = (...objectives: Parameters<typeof fileOf>) =>
      plan(...objectives).ranges.flatMap(({ metric, counter }) => (counter === true ? [metric] : []));
    expect(counted(latency(), resource())).toEqual([
      "http_request_duration_seconds_bucket",
      "http_request_duration_seconds",
    ]);
    expect(counted(busy)).toEqual([seconds]);
    // Read as a resource's too, where every sample may be the peak.
    expect(counted(busy, resource({ resource: "cpu" }))).toEqual([]);
    expect(plan(latency(), { ...latency(), phase: "soak" }).edges).toEqual({
      at: [1000, 1030, 2000, 2060],
      margin: 10,
    });
  });

  it("asks for the clocks of a service of which only containers tell", () => {
    expect(selectors(events({ resource: "throttling" })).slice(0, 2)).toEqual([
      'up{job="api"}',
      'process_start_time_seconds{job="api"}',
    ]);
  });

  it("spans all phases that need a metric, with a margin", () => {
    const ranges = plan(latency(), { ...latency(), phase: "soak" }, errors()).ranges;
    expect(ranges.map(({ metric, from, to }) => [metric, from, to])).toEqual([
      ["up", 990, 2070],
      ["process_start_time_seconds", 990, 2070],
      ["http_request_duration_seconds_bucket", 990, 2070],
      ["http_request_duration_seconds", 990, 2070],
      ["http_request_duration_seconds_count", 990, 1040],
    ]);
  });

  it("asks for processes and containers where a resource is judged", () => {
    expect(selectors(resource())).toEqual([
      'up{job="api"}',
      'process_start_time_seconds{job="api"}',
      'process_resident_memory_bytes{job="api"}',
      'process_resident_memory_peak_bytes{job="api"}',
      ...["container_label_com_docker_compose_service", "container", "pod", "name"].map((label) =>
        expect.stringMatching(new RegExp(`^\\{__name__=~"container_memory_[^"]*",${label}=~"api`)),
      ),
    ]);
    expect(selectors(resource({ resource: "cpu" }))).toContain('process_cpu_seconds_total{job="api"}');
  });

  it("counts the server's own requests in every judged phase", () => {
    const serverCounter = selector('hits_total{job="api"}');
    const one = query({ promql: 'max_over_time(db_pool_waiting{job="api"}[$phase])' });
    const { ranges } = planFetch(fileOf(one), [STEADY], { marginSeconds: 10, serverCounter });
    expect(ranges.map((request) => request.selector)).toEqual([
      'up{job="api"}',
      'process_start_time_seconds{job="api"}',
      'hits_total{job="api"}',
    ]);
  });

  it("asks for the clocks of what a query reads, within the same requests, and never for its series", () => {
    const reads = (...promql: readonly string[]) => selectors(...promql.map((one) => query({ promql: one })));
    expect(reads("max(max_over_time(queue{job='api',pool=\"a\"}[$phase]))")).toEqual([
      'up{job="api"}',
      'process_start_time_seconds{job="api"}',
    ]);
    expect(reads('queue{job="api"} / on() size{instance="a:1",job="api"}')[0]).toBe('up{job="api"}');
    expect(reads('queue{job="api"}', "size")[0]).toBe("up");
    expect(reads("vector(1)", "1 + 2")).toEqual([]);
    expect(selectors(latency(), query({ promql: 'queue{job="web"}' }))).toEqual([
      'up{job=~"api|web"}',
      'process_start_time_seconds{job=~"api|web"}',
      'http_request_duration_seconds_bucket{job="api",method="GET"}',
      'http_request_duration_seconds{job="api",method="GET"}',
    ]);
  });

  it("lets a query look back no further than to a gap, nor before its phase", () => {
    const lookback = (marginSeconds: number) =>
      planFetch(fileOf(query()), [STEADY], { marginSeconds }).instants.map((one) => one.lookback);
    expect(lookback(marginFor(2))).toEqual([5]);
    expect(lookback(marginFor(4))).toEqual([10]);
    expect(lookback(DEFAULT_MARGIN_SECONDS)).toEqual([30]);
  });

  it.each([
    [30, "30s"],
    [30.5, "30500ms"],
    [90.0004, "90s"],
    [0, "1ms"],
  ])("tells a query the length of a phase of %d s as Prometheus reads it", (length, text) => {
    const phase = { ...STEADY, to: STEADY.from + length };
    expect(resolvedQuery(query({ promql: "a[$phase] + b[$phase:1s]" }), phase)).toBe(`a[${text}] + b[${text}:1s]`);
  });

  it("asks each query once, at its phase's end", () => {
    const { instants } = plan(
      query(),
      query({ name: "again" }),
      query({ name: "soak", phase: "soak" }),
      query({ promql: "a$phases + $phase" }),
    );
    expect(instants).toEqual([
      { objective: "query", promql: "max_over_time(db_pool_waiting[30s])", at: 1030, lookback: 6.25 },
      { objective: "soak", promql: "max_over_time(db_pool_waiting[60s])", at: 2060, lookback: 6.25 },
      { objective: "query", promql: "a$phases + 30s", at: 1030, lookback: 6.25 },
    ]);
  });

  it("asks nothing for phases that are not there, and everything on a window", () => {
    expect(plan(latency({ phase: "spike" }), query({ phase: "spike" }), resource({ phase: "spike" }))).toMatchObject({
      ranges: [],
      instants: [],
    });
    const window = planFetch(fileOf(latency()), [windowPhase(5, 65)], { marginSeconds: 1 });
    expect(window.ranges.map(({ from, to }) => [from, to])).toEqual([
      [4, 66],
      [4, 66],
      [4, 66],
      [4, 66],
    ]);
  });

  it("leaves room for two scrapes and a late one", () => {
    expect([marginFor(1), marginFor(15)]).toEqual([5, 60]);
  });
});

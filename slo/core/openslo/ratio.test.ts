import { expect, test } from "vitest";
import { objectivesOf, problemsOf, sloText, source } from "./fixtures/one-slo.ts";

interface Ratio {
  readonly part?: "good" | "bad";
  readonly of: string;
  readonly total: string;
  readonly counter?: boolean;
  readonly promise?: string;
}

function ratio({ part = "good", of, total, counter, promise = "target: 0.99" }: Ratio): string {
  const said = counter === undefined ? "" : `counter: ${counter}, `;
  return sloText({ metric: `ratioMetric: { ${said}${part}: ${source(of)}, total: ${source(total)} }`, promise });
}

test.each([
  ['x_bucket{le="10"}', "x_count", "x", 10],
  ['x_bucket{le="0.25"}', "x_count", "x", 0.25],
  ['x_bucket{le="1e3"}', "x_count", "x", 1000],
  ['x_bucket{le="1E+03"}', "x_count", "x", 1000],
  ['x_bucket{le=~"1e\\\\+06|1e6|1000000"}', "x_count", "x", 1_000_000],
  ['x_count_seconds_bucket{le="0.3"}', "x_count_seconds_count", "x_count_seconds", 0.3],
])("%s of %s is a latency of %s at %d s", (of, total, metric, atMost) => {
  expect(objectivesOf(ratio({ of, total }))).toMatchObject([
    { indicator: "latency", histogram: { metric, matchers: [] }, percentile: 99, atMost },
  ]);
});

test.each([
  ["two matchers of le", 'x_bucket{le="0.3",le!="1"}', "x_count"],
  ["an edge of 0", 'x_bucket{le="0"}', "x_count"],
  ["an edge in hexadecimal", 'x_bucket{le="0x10"}', "x_count"],
  ["an edge beyond numbers", 'x_bucket{le="1e999"}', "x_count"],
  ["an edge below 0", 'x_bucket{le="-1"}', "x_count"],
  ["an alternative that is no regular expression", 'x_bucket{le="1|1\\\\.0"}', "x_count"],
  ["a name that only begins like a bucket's", 'x_bucket_total{le="0.3"}', "x_count"],
  ["no histogram's name", 'x_count_bucket{le="0.3"}', "x_count_count"],
])("%s is no latency", (_what, of, total) => {
  expect(objectivesOf(ratio({ of, total }))).toMatchObject([{ indicator: "ratio", op: "atLeast", limit: 0.99 }]);
});

test("le in the total as well is no latency", () => {
  const [warning] = problemsOf(ratio({ of: 'x_bucket{le="0.3"}', total: 'x_count{le="0.3"}' }));
  expect(warning).toBeUndefined();
  expect(objectivesOf(ratio({ of: 'x_bucket{le="0.3"}', total: 'x_count{le="0.3"}' }))).toMatchObject([
    { indicator: "ratio" },
  ]);
});

test("the requests of a bucket as bad ones are a ratio: slow ones are good then", () => {
  expect(objectivesOf(ratio({ part: "bad", of: 'x_bucket{le="0.3"}', total: "x_count" }))).toMatchObject([
    { indicator: "ratio", part: { kind: "bad", selector: { metric: "x_bucket" } }, op: "atMost", limit: 0.01 },
  ]);
});

test.each([
  ["target: 0.01", 0.01],
  ["targetPercent: 0.5", 0.005],
])("a bucket with the %s is a ratio: there are no such percentiles", (promise, limit) => {
  expect(objectivesOf(ratio({ of: 'x_bucket{le="0.3"}', total: "x_count", promise }))).toMatchObject([
    { indicator: "ratio", op: "atLeast", limit },
  ]);
});

test("a target of half the requests is no slip of a per cent sign", () => {
  expect(
    objectivesOf(ratio({ part: "bad", of: 'x_total{a="b"}', total: "x_total", promise: "target: 0.5" })),
  ).toMatchObject([{ op: "atMost", limit: 0.5 }]);
});

test.each([
  ["its rate says that it is a counter", "sum(rate(requests[5m]))", "increase(requests[5m])"],
  ["its name does", "requests_total", "requests_count"],
])("a metric is counted where %s", (_what, of, total) => {
  expect(objectivesOf(ratio({ of: of.replace(/(?=\[)|$/, '{a="b"}'), total }))).toMatchObject([{ indicator: "ratio" }]);
});

const NO_COUNTER =
  "openslo-counter: only counters can be counted; write `counter: true` if it only ever rises; else give its ratio as a thresholdMetric";

test.each([
  ["the part", 'queue_count_now{a="b"}', "requests_total", 'queue_count_now{a="b"}'],
  ["the total", 'requests_total{a="b"}', "sum(connections)", "sum(connections)"],
  ["the total, by a bare range", 'requests_total{a="b"}', "connections[5m]", "connections[5m]"],
])("a gauge is not counted as %s", (_what, of, total, at) => {
  expect(problemsOf(ratio({ of, total }))).toEqual([`error at '${at}': ${NO_COUNTER}`]);
});

test("what says itself to be no counter is believed", () => {
  expect(problemsOf(ratio({ of: 'x_total{a="b"}', total: "x_total", counter: false }))).toEqual([
    `error at false: ${NO_COUNTER}`,
  ]);
});

test.each([
  ["op: lte", "lte", "op"],
  ["value: 1", "1", "value"],
])("a ratio with %s", (more, at, key) => {
  expect(problemsOf(ratio({ of: 'x_total{a="b"}', total: "x_total", promise: `${more}, target: 0.9` }))).toEqual([
    `error at ${at}: openslo-threshold: \`${key}\` has no place where the indicator is a ratio: its target says all; remove \`${key}\``,
  ]);
});

const more = (text: string) =>
  `openslo-query: one counter's sum is judged here, and \`${text}\` is more than that; write sum(rate(metric{…}[{{.window}}])), increase for rate, or the bare selector`;

test.each([
  ["x_total or vector(0)"],
  ["sum(rate(x_total[5m])) or vector( 0.00 )"],
  ["sum(rate(x_total[5m])) or on() vector (0)"],
  ["(sum(rate(x_total[5m])) or vector(0))"],
])("%s counts the one counter", (total) => {
  expect(objectivesOf(ratio({ of: 'x_total{a="b"}', total }))).toMatchObject([{ total: { metric: "x_total" } }]);
});

test.each([
  ["x_total or y_total"],
  ["x_total or vector(1)"],
  ["x_total or vector(0.5)"],
  ["x_total or vector(0) + 1"],
  ["x_total or 1 + vector(0)"],
  ["x_total or time()"],
  ["x_total * vector(0)"],
  ["x_total unless vector(0)"],
  ["x_total and vector(0)"],
  ["max(x_total)"],
  ["delta(x_total[5m])"],
  ["-x_total"],
  ["5"],
])("%s is more than one counter, or less", (total) => {
  expect(problemsOf(ratio({ of: 'x_total{a="b"}', total }))).toEqual([`error at ${total}: ${more(total)}`]);
});

test.each([
  ["x_total offset 5m", "offset 5m"],
  ["x_total @ 5", "@ 5"],
])("%s looks elsewhere", (total, extra) => {
  expect(problemsOf(ratio({ of: 'x_total{a="b"}', total }))).toEqual([`error at ${extra}: ${more(extra)}`]);
});

test("what PromQL does not allow is told in the file's own words", () => {
  expect(problemsOf(ratio({ of: 'x_total{a="b"}', total: "x_total {{ .window }}" }))).toEqual([
    'error at {{ .window }}: promql-syntax: PromQL does not allow `{{ .window }}` here; a ratio\'s query looks like sum(rate(metric{label="value"}[{{.window}}]))',
  ]);
});

import { expect, test } from "vitest";
import { objectivesOf, problemsOf, sloText, threshold } from "./fixtures/one-slo.ts";

const slo = (query: string, promise = "op: lte, value: 1, target: 0.9") =>
  sloText({ metric: threshold(query), promise });

test.each([
  ["max_over_time(x[{{.window}}])", "max_over_time(x[$phase])"],
  ["max_over_time(x[{{window}}])", "max_over_time(x[$phase])"],
  ["max_over_time(x[ {{ .Window }} ])", "max_over_time(x[ $phase ])"],
  ["max_over_time(x[$__range])", "max_over_time(x[$phase])"],
  ["max_over_time(x[\u0024{WINDOW}])", "max_over_time(x[$phase])"],
  ["max_over_time(x[{{.range}}])", "max_over_time(x[$phase])"],
  ["max_over_time(x[{{ range }}])", "max_over_time(x[$phase])"],
  ["max_over_time(x[ $w ])", "max_over_time(x[ $phase ])"],
  ["x - x offset {{ window }}", "x - x offset $phase"],
  ["max_over_time(x[$w:1s])", "max_over_time(x[$phase:1s])"],
  ["x - x offset {{.window}}", "x - x offset $phase"],
  ["increase(x[{{.window}}]) / {{.window}}", "increase(x[$phase]) / $phase"],
])("%s is one value over the phase", (query, promql) => {
  expect(objectivesOf(slo(query))).toMatchObject([{ indicator: "query", promql, op: "atMost", limit: 1 }]);
});

test.each([
  ["op: lte, value: 1.5", "<= bool 1.5"],
  ["op: lt, value: -1", "< bool -1"],
  ["op: gte, value: 1e-3", ">= bool 0.001"],
  ["op: gt, value: 0", "> bool 0"],
])("%s at points in time is the share of those that meet it", (promise, comparison) => {
  expect(objectivesOf(slo(" x ", `${promise}, targetPercent: 99.9`))).toMatchObject([
    { promql: `avg_over_time(((x) ${comparison})[$phase:1s])`, op: "atLeast", limit: 0.999 },
  ]);
});

test("a comment in the last line hides nothing of what stands behind the query", () => {
  expect(objectivesOf(slo("max_over_time(x[$w]) # why", "op: lt, value: 5, target: 0.9"))).toMatchObject([
    { promql: "(max_over_time(x[$phase]) # why\n) < bool 5", op: "atLeast", limit: 1 },
  ]);
  expect(objectivesOf(slo("x # why"))).toMatchObject([
    { promql: "avg_over_time(((x # why\n) <= bool 1)[$phase:1s])", op: "atLeast", limit: 0.9 },
  ]);
});

const RANGE = "the phase's first ones beyond its start; write [{{.window}}] for the phase itself";
const QUANTILE =
  'openslo-quantile: a quantile at points in time proves nothing of a phase\'s requests; say it as a ratioMetric: good is metric_bucket{le="0.3"}, total is metric_count, and target 0.99 is the percentile';

test.each([
  ["rate(x[15m])", `openslo-range: each point looks back over \`[15m]\`, ${RANGE}`],
  ["rate(x[ 5m ])", `openslo-range: each point looks back over \`[ 5m ]\`, ${RANGE}`],
  ["histogram_quantile (0.9, rate(x_bucket[5m]))", QUANTILE],
])("%s is doubted", (query, doubt) => {
  expect(problemsOf(slo(query))).toEqual([`warning at '${query}': ${doubt}`]);
});

test("a query that reads no series is doubted", () => {
  expect(problemsOf(slo("1 + 2"))).toEqual([
    "warning at 1 + 2: query-reads-nothing: this query reads no series, so nothing is proven by it: it is `inconclusive` at best; name a metric",
  ]);
});

test.each(["x", "max_over_time(x[5m:1s])", 'x{a="[5m"}'])("%s is not doubted", (query) => {
  expect(problemsOf(slo(query))).toEqual([]);
});

test("a variable that stands for something else is not taken for the window", () => {
  expect(problemsOf(slo("x > $most"))).toEqual([
    "error at $most: promql-syntax: PromQL does not allow `$most` here; `$most` is not known: the only variable is `$phase`, in `query`",
  ]);
});

test.each([
  ["op: lte, target: 0.9", ["value: 0.3"]],
  ["value: 5, target: 0.9", ["op: lte"]],
  ["target: 0.9", ["op: lte", "value: 0.3"]],
])("a threshold of %s alone", (promise, needed) => {
  expect(problemsOf(slo("x", promise))).toEqual(
    needed.map(
      (one) =>
        `error at { ${promise} }: missing-key: the objective of a \`thresholdMetric\` needs \`${one.split(":")[0]}\`; add to it, for example, ${one}`,
    ),
  );
});

const wrong = (written: string, hint: string) =>
  `error at ${written}: out-of-range: the target \`${written}\` is not from 0 to below ${hint}`;
const SHARE = "1; write a share, such as 0.999, or `targetPercent: 99.9`";

test.each([
  ["target: -0.5", wrong("-0.5", SHARE)],
  ["target: 1", wrong("1", SHARE)],
  ["target: 100", wrong("100", SHARE)],
  ["target: 99.9", wrong("99.9", "1; did you mean `targetPercent: 99.9`?")],
  ["targetPercent: -1", wrong("-1", "100 per cent; OpenSLO's targets stay below 100: write 99.9, or less")],
])("the %s", (target, problem) => {
  expect(problemsOf(slo("x", `op: lte, value: 5, ${target}`))).toEqual([problem]);
});

test.each([
  ["target: 0", 0],
  ["targetPercent: 0", 0],
])("the %s is read", (target, limit) => {
  expect(objectivesOf(slo("x", `op: lte, value: 5, ${target}`))).toMatchObject([{ limit }]);
});

const ALONE = (number: string) => `write ${number} alone: no quotes, no per cent sign, no unit`;

test.each([
  [".inf", ".inf", "write it in the query's own unit, as a plain number"],
  ["' 5 '", " 5 ", ALONE("5")],
  ["5%", "5%", ALONE("5")],
  ["0.5 %", "0.5 %", ALONE("0.5")],
  ["x5", "x5", "write it in the query's own unit, as a plain number"],
  ["5ms", "5ms", "write it in the query's own unit, as a plain number"],
])("the value %s", (value, text, hint) => {
  expect(problemsOf(slo("x", `op: lte, value: ${value}, target: 0.9`))).toEqual([
    `error at ${value}: bad-number: \`${text}\` is not a finite number; ${hint}`,
  ]);
});

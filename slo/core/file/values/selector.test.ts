import { expect, test } from "vitest";
import { parseObjectives } from "../parse-objectives.ts";

const latency = (histogram: string) =>
  parseObjectives(
    `service: s\nobjectives: [{ name: n, latency: { histogram: ${histogram}, percentile: 99, atMost: 1s } }]\n`,
    "o.yaml",
  );

test.each(["http_sum_seconds", "bucket", "x_count_total", "sum_bucket_x"])(
  "the histogram %s is one's base name",
  (metric) => {
    expect(latency(metric)).toMatchObject({ kind: "ok", value: { objectives: [{ histogram: { metric } }] } });
  },
);

test.each([
  ["x_sum", "drop `_sum`: write x"],
  ["x_count_count", "drop `_count`: write x_count"],
])("the histogram %s is one of its series", (metric, hint) => {
  expect(latency(metric)).toMatchObject({
    problems: [
      {
        severity: "error",
        code: "histogram-suffix",
        message: `\`${metric}\` is one of the histogram's series, not its base name`,
        hint,
      },
    ],
  });
});

test.each([
  ["'x_bucket[5m]'", "write x"],
  ["'x_bucket{a=\"b\"} offset 1m'", 'write x{a="b"}'],
  ["'rate(x_bucket[5m])'", "write the series alone, as x; an indicator `query` takes any PromQL"],
  ["'sum(rate(x_count{a=\"b\"}[5m]))'", 'write the series alone, as x{a="b"}; an indicator `query` takes any PromQL'],
  ["'rate(x_sum_y[5m])'", "write the series alone, as x_sum_y; an indicator `query` takes any PromQL"],
  ["'{__name__=\"x_bucket\"}'", "write x{…}"],
])("what to write for the histogram %s is right as it is", (text, hint) => {
  expect(latency(text)).toMatchObject({ kind: "problems", problems: [{ severity: "error", hint }] });
});

test("each of several problems is a mistake, not a doubt", () => {
  expect(latency('\'x_bucket{le="1",le="2"}\'')).toMatchObject({
    problems: ["histogram-suffix", "histogram-le", "histogram-le"].map((code) => ({ severity: "error", code })),
  });
});

test("a selector that is no text", () => {
  const text = "service: s\nobjectives: [{ name: n, ratio: { bad: 5, total: x, atMost: 1% } }]\n";
  expect(parseObjectives(text, "o.yaml")).toMatchObject({
    problems: [{ code: "wrong-type", message: "`5` is no selector", hint: "write a metric: 'name{label=\"value\"}'" }],
  });
});

test.each([
  [99.9997004271, []],
  [99.99971, ["proving this percentile takes 1033010 requests at least, none of them slow"]],
])("the percentile %d is doubted only where it takes more than a million requests", (percentile, expected) => {
  const text = `service: s\nobjectives: [{ name: n, latency: { histogram: x, percentile: ${percentile}, atMost: 1s } }]\n`;
  const parsed = parseObjectives(text, "o.yaml");
  expect(parsed.kind === "ok" && parsed.warnings.map(({ message }) => message)).toEqual(expected);
});

import { describe, expect, it } from "vitest";
import { readExposition } from "./exposition.ts";

const seriesOf = (line: string) => readExposition(line)?.series[0];

describe("a page of metrics", () => {
  it("shows series, and declares what may come", () => {
    const page = [
      "# HELP http_seconds how long",
      "# TYPE http_seconds histogram",
      'http_seconds_bucket{method="GET",le="+Inf"} 3',
      "http_seconds_count 3 1795365600000",
      "# TYPE failures counter",
      "",
    ].join("\n");
    expect(readExposition(page)).toEqual({
      series: [
        { metric: "http_seconds_bucket", labels: { method: "GET", le: "+Inf" } },
        { metric: "http_seconds_count", labels: {} },
      ],
      declared: [
        "http_seconds",
        "http_seconds_bucket",
        "http_seconds_count",
        "http_seconds_sum",
        "failures",
        "failures_total",
      ],
    });
  });

  it.each([
    ["x 1", {}],
    ["x{} NaN", {}],
    ["x Nan", {}],
    ["x nan 1795365600000", {}],
    ["x -infinity", {}],
    ['x{a="1",} +Inf', { a: "1" }],
    ['x { a = "1" , b = "2" } -1.5e-3', { a: "1", b: "2" }],
    ['x{a="\\"}\\\\\\n{,"} 1', { a: '"}\\\n{,' }],
    ['x{a="1"} 1 # {trace_id="9"} 0.5', { a: "1" }],
    [" \tx{ } 1. \r", {}],
    ['x\t{ a="1", b="" , }\t.5e+3\t1795365600000', { a: "1", b: "" }],
    ["x INF", {}],
    ['x 1 # {trace_id="9"} 0.5', {}],
    ["x 1E5", {}],
  ])("%s", (line, labels) => {
    expect(seriesOf(line)).toEqual({ metric: "x", labels });
  });

  it("takes names in quotes", () => {
    expect(seriesOf('{"http.requests","the code"="200"} 1')).toEqual({
      metric: "http.requests",
      labels: { "the code": "200" },
    });
  });

  it.each([
    "",
    "# EOF",
    "<html>",
    '{"status":"ok"}',
    "x",
    "x one",
    'x{a="1} 1',
    "x{a=1} 1",
    '{a="1"} 1',
    "login: please",
    "x 1.2.3",
    "x .",
    "x 1ms",
    "x infinite",
    "{} 1",
    "{",
    "x{a",
    "x{a} 1",
    "{a} 1",
    '{"\\400"} 1',
    "1",
    "1 1",
    "x{a=} 1",
    'x{="1"} 1',
    'x{"a" "1"} 1',
    'x{"y"} 1',
    '{"x","y"} 1',
    'x{a="1" b="2"} 1',
    "x{,} 1",
    'x{a="1"',
    'x{a="1"}',
    "9x 1",
    "x 1\n<html>",
  ])("is none: %j", (text) => {
    expect(readExposition(text)).toBeNull();
  });
});

it.each(['a{b="\\400"} 1', 'a{"\\400"} 1'])("%s is no line of the format's", (line) => {
  expect(readExposition(line)).toBeNull();
});

it("declares of a type without suffixes the name alone", () => {
  expect(readExposition("# TYPE x gauge\nx 1")).toEqual({ series: [{ metric: "x", labels: {} }], declared: ["x"] });
});

it.each([
  ["# TYPE x summary", ["x", "x_count", "x_sum"]],
  ["  #TYPE\tx\tcounter", ["x", "x_total"]],
  ['# TYPE "http.requests" gauge', ["http.requests"]],
  ["# TYPE x histogram\n# TYPE x histogram", ["x", "x_bucket", "x_count", "x_sum"]],
])("%j declares before there is a series", (text, declared) => {
  expect(readExposition(text)).toEqual({ series: [], declared });
});

it("comments declare nothing", () => {
  const page = "# HELP # TYPE y gauge\n# TYPE y\n#\n# a TYPE z gauge\n\n \nx 1\n# EOF\n";
  expect(readExposition(page)).toEqual({ series: [{ metric: "x", labels: {} }], declared: [] });
});

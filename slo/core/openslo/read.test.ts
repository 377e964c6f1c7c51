import { describe, expect, test } from "vitest";
import { parseObjectives } from "../file/parse-objectives.ts";
import { GOOD_OPENSLO } from "./fixtures/good.ts";
import { leftOut } from "./left-out.ts";
import { formOf } from "./read.ts";

const read = (text: string) => {
  const parsed = parseObjectives(text, "o.yaml");
  if (parsed.kind === "problems") throw new Error(parsed.problems.map(({ message }) => message).join("\n"));
  return parsed;
};

const slo = (metric: string, promise: string) => `apiVersion: openslo/v1
kind: SLO
metadata: { name: n, annotations: { proving-ground/phase: steady } }
spec:
  service: s
  budgetingMethod: Occurrences
  indicator: { spec: { ${metric} } }
  objectives: [{ ${promise} }]
`;
const source = (query: string) => `{ metricSource: { spec: { query: '${query}' } } }`;
const threshold = (query: string, promise: string) =>
  read(slo(`thresholdMetric: ${source(query)}`, promise)).value.objectives[0];
const ratio = (good: string, total: string, target = "target: 0.99", part = "good") =>
  read(slo(`ratioMetric: { counter: true, ${part}: ${source(good)}, total: ${source(total)} }`, target)).value
    .objectives[0];

describe("OpenSLO is read", () => {
  test("whole, as the field writes it", () => {
    const common = { gating: true, phase: "steady", confidence: { kind: "bounded", level: 0.95 } };
    const peak = { ...common, phase: "peak", confidence: { kind: "bounded", level: 0.99 } };
    const job = { label: "job", op: "=", value: "shop" };
    const histogram = { metric: "http_seconds", matchers: [job, { label: "method", op: "=", value: "GET" }] };
    const code = { label: "code", op: "=~", value: "5.." };
    expect(read(GOOD_OPENSLO)).toMatchObject({
      warnings: [],
      value: {
        file: "o.yaml",
        service: "shop",
        coverage: 0.9,
        objectives: [
          { ...peak, name: "reads-most", place: { line: 45 }, histogram, percentile: 99, atMost: 0.3 },
          { ...peak, name: "reads-2", place: { line: 46 }, histogram, percentile: 50, atMost: 0.3 },
          {
            ...common,
            name: "errors",
            place: { file: "o.yaml", line: 49, column: 1 },
            part: { kind: "bad", selector: { metric: "http_total", matchers: [code] } },
            total: { metric: "http_total", matchers: [] },
            op: "atMost",
            limit: 0.001,
          },
          {
            ...common,
            name: "queue",
            gating: false,
            promql: 'max_over_time(queue_length{job="shop"}[$phase])',
            op: "atMost",
            limit: 5,
          },
        ],
      },
    });
  });

  test("as a list of objects, and as JSON", () => {
    const one = slo(`thresholdMetric: ${source("max_over_time(x[$window])")}`, "op: lte, value: 1, target: 0.9");
    const list = one
      .replace(/^/gm, "  ")
      .replace(/^ {2}apiVersion/, "- apiVersion")
      .trimEnd();
    const metricSource = { type: "Prometheus", spec: { query: "max_over_time(x[$window])" } };
    const json = {
      apiVersion: "openslo/v1",
      kind: "SLO",
      metadata: { name: "n", annotations: { "proving-ground/phase": "steady" } },
      spec: {
        service: "s",
        budgetingMethod: "Occurrences",
        indicator: { spec: { thresholdMetric: { metricSource } } },
        objectives: [{ op: "lte", value: 1, target: 0.9 }],
      },
    };
    for (const text of [one, list, JSON.stringify(json)]) {
      expect(read(text).value.objectives).toMatchObject([{ name: "n", promql: "max_over_time(x[$phase])", limit: 1 }]);
    }
  });

  test.each([
    ["x_total"],
    ["(x_total)"],
    ["x_total[5m]"],
    ["rate(x_total[5m])"],
    ["sum(x_total)"],
    ["SUM (rate(x_total[{{ .window }}]))"],
    ["sum(increase(x_total[$__range]))"],
    ["sum(rate(x_total[\u0024{WINDOW}])) or vector(0)"],
    ["sum(rate(x_total[5m])) or on() vector(0)"],
  ])("a ratio that counts %s", (query) => {
    expect(ratio(query, "y_total")).toMatchObject({ part: { kind: "good", selector: { metric: "x_total" } } });
  });

  test.each([
    ['x_bucket{le="0.3"}', "x_count", 0.3],
    ['x_bucket{le="1.0"}', "x_count", 1],
    ['x_bucket{a="b",le=~"1|1\\\\.0"}', 'x_count{a="b"}', 1],
    ['x_bucket{le="1e-05"}', "x_count", 0.00001],
  ])("%s of %s as a latency", (good, total, atMost) => {
    expect(ratio(good, total)).toMatchObject({ histogram: { metric: "x" }, percentile: 99, atMost });
  });

  test.each([
    ['x_bucket{le="+Inf"}', "x_count"],
    ['x_bucket{le=~"1|2"}', "x_count"],
    ['x_bucket{le!="1"}', "x_count"],
    ['x_bucket{le="0.3"}', "y_count"],
    ['x_bucket{a="b",le="0.3"}', "x_count"],
    ["x_bucket", "x_count"],
  ])("%s of %s as no latency", (good, total) => {
    expect(ratio(good, total)).toMatchObject({ indicator: "ratio", part: { selector: { metric: "x_bucket" } } });
  });

  test.each([
    ["target: 0.999", "good", { op: "atLeast", limit: 0.999 }],
    ["targetPercent: 99.95", "good", { op: "atLeast", limit: 0.9995 }],
    ["target: 0.999", "bad", { op: "atMost", limit: 0.001 }],
    ["targetPercent: 99.95", "bad", { op: "atMost", limit: 0.0005 }],
  ])("%s of what is %s, in exact decimals", (target, part, limit) => {
    expect(ratio('x_total{a="b"}', "x_total", target, part)).toMatchObject(limit);
  });

  test.each([
    ["lte", "max_over_time(x[$phase])", { promql: "max_over_time(x[$phase])", op: "atMost", limit: 5 }],
    ["gte", "max_over_time(x[$phase])", { promql: "max_over_time(x[$phase])", op: "atLeast", limit: 5 }],
    ["lt", "max_over_time(x[$phase])", { promql: "(max_over_time(x[$phase])) < bool 5", op: "atLeast", limit: 1 }],
    ["gt", "max_over_time(x[$phase])", { promql: "(max_over_time(x[$phase])) > bool 5", op: "atLeast", limit: 1 }],
    ["lte", "x", { promql: "avg_over_time(((x) <= bool 5)[$phase:1s])", op: "atLeast", limit: 0.99 }],
    ["gt", "x", { promql: "avg_over_time(((x) > bool 5)[$phase:1s])", op: "atLeast", limit: 0.99 }],
  ])("a threshold by %s of %s", (op, query, part) => {
    expect(threshold(query, `op: ${op}, value: 5, target: 0.99`)).toMatchObject(part);
  });

  test("with what it leaves out", () => {
    expect(leftOut(GOOD_OPENSLO)).toEqual([
      "Service",
      "displayName (3)",
      "description (2)",
      "DataSource",
      "labels",
      "alertPolicies",
    ]);
    expect(leftOut("service: s\nobjectives: []\n")).toEqual([]);
  });

  test("without what was never OpenSLO's", () => {
    const metric = `thresholdMetric: { metricSource: { spec: { query: up, description: x, labels: { kind: Job } } } }`;
    const text = slo(metric, "op: lte, value: 1, target: 0.9");
    expect(leftOut(text)).toEqual([]);
    const other = "apiVersion: openslo/v1\nmetadata: { labels: { kind: Job, query: up } }\n";
    expect(leftOut(`${text}---\n${other}`)).toEqual(["labels"]);
  });

  test("for what it is, even where it is wrong", () => {
    expect(formOf("apiVersion: openslo/v2alpha\nkind: SLO\n")).toBe("openslo");
    expect(formOf("[{ apiVersion: openslo/v1 }]")).toBe("openslo");
    expect(formOf("apiVersion: apps/v1\n")).toBe("objectives");
    expect(formOf("service: s\nobjectives: []\n")).toBe("objectives");
    expect(formOf("{")).toBe("objectives");
  });
});

describe("OpenSLO is refused", () => {
  const problems = (text: string) => {
    const parsed = parseObjectives(text, "o.yaml");
    return parsed.kind === "ok"
      ? []
      : parsed.problems.map(({ place, code }) => `${place.line}:${place.column} ${code}`);
  };

  test.each([
    ["without an SLO", "apiVersion: openslo/v1\nkind: Service\nmetadata: { name: s }\nspec: {}\n", ["1:1 no-slo"]],
    [
      "where a list holds something else",
      "- apiVersion: openslo/v1\n- x\n",
      ["1:3 missing-key", "1:3 missing-key", "2:3 wrong-type"],
    ],
    ["with two SLIs of one name", `${GOOD_OPENSLO}---\n${sliNamed("slow-reads")}`, ["85:19 same-name"]],
    ["with more documents than a file may have", "---\na: 1\n".repeat(3000), ["4001:1 too-large"]],
  ])("%s", (_what, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  function sliNamed(name: string): string {
    return `apiVersion: openslo/v1\nkind: SLI\nmetadata: { name: ${name} }\nspec: { thresholdMetric: ${source("up")} }\n`;
  }
});

import { describe, expect, test } from "vitest";
import { parseObjectives } from "../file/parse-objectives.ts";
import { formatOpenSlo } from "./format-openslo.ts";
import { leftOut } from "./left-out.ts";

/** Each problem as place, code, message and hint. */
function problems(text: string): readonly string[] {
  const parsed = parseObjectives(text, "o.yaml");
  const all = parsed.kind === "ok" ? parsed.warnings : parsed.problems;
  expect(all.every(({ severity }) => severity === "error")).toBe(parsed.kind !== "ok");
  return all.map(({ code, place, message, hint }) => `${place.line}:${place.column} ${code}: ${message}; ${hint}`);
}

const source = (spec: string) => `{ metricSource: { spec: ${spec} } }`;
const GOOD = source("{ query: 'max_over_time(x[$window])' }");
interface Change {
  readonly name?: string;
  readonly annotations?: string;
  readonly metric?: string;
}
const slo = ({ name = "n", annotations = "{ proving-ground/phase: steady }", metric }: Change = {}) =>
  `apiVersion: openslo/v1
kind: SLO
metadata: { name: ${name}, annotations: ${annotations} }
spec:
  service: s
  budgetingMethod: Occurrences
  indicator: { spec: { ${metric ?? `thresholdMetric: ${GOOD}`} } }
  objectives: [{ op: lte, value: 1, target: 0.9 }]
`;
const ratio = (query: string) =>
  slo({
    metric: `ratioMetric: { counter: true, good: ${source(`{ query: '${query}' }`)}, total: ${source("{ query: y_total }")} }`,
  }).replace("op: lte, value: 1, ", "");

describe("an odd OpenSLO file is refused, and told why", () => {
  test.each<[string, string, readonly string[]]>([
    [
      "annotations that are a list",
      slo({ annotations: "[a]" }),
      ["3:35 wrong-type: `annotations` takes keys, not a list; write proving-ground/phase: steady"],
    ],
    [
      "an annotation twice",
      slo({ annotations: "{ a: b, a: c }" }),
      ["3:43 duplicate-key: `a` stands twice in `annotations`; keep one of the two"],
    ],
    [
      "an annotation misspelt",
      slo({ annotations: "{ proving-ground/phse: steady }" }),
      ["3:37 unknown-key: no annotation of ours is `proving-ground/phse`; did you mean `proving-ground/phase`?"],
    ],
    [
      "an annotation that is none of ours",
      slo({ annotations: "{ proving-ground/colour: red }" }),
      [
        "3:37 unknown-key: no annotation of ours is `proving-ground/colour`; ours are `proving-ground/phase`, `proving-ground/gating`, `proving-ground/confidence`, `proving-ground/burst`, `proving-ground/name`, `proving-ground/coverage` and `proving-ground/indicator`",
      ],
    ],
    [
      "an annotation without a value",
      slo({ annotations: "{ proving-ground/phase: }" }),
      ["3:37 no-value: `proving-ground/phase` has no value; write, for example, proving-ground/phase: steady"],
    ],
    [
      "an annotation that no anchor stands for",
      slo({ annotations: "{ proving-ground/phase: *gone }" }),
      ["3:59 unknown-anchor: no `&gone` stands before this; put it in quotes if it is text"],
    ],
    [
      "an annotation that is a number to YAML",
      slo({ annotations: "{ proving-ground/burst: 2 }" }),
      ['3:59 wrong-type: `2` is not text to YAML, as it must be here; put it in quotes: "2"'],
    ],
    [
      "an annotation of YAML that is not closed",
      slo({ annotations: "{ proving-ground/indicator: '{ a' }" }),
      ["3:67 yaml: a mapping is not closed; close it with `}`"],
    ],
    [
      "an annotation of blanks",
      slo({ annotations: "{ proving-ground/phase: '  ' }" }),
      ["3:59 no-value: this annotation says nothing; remove it"],
    ],
    [
      "an annotation with an alias",
      slo({ annotations: "{ proving-ground/phase: '*a' }" }),
      ["3:60 wrong-type: one value belongs here, not a reference; write one name of a phase"],
    ],
    [
      "an annotated indicator that is none",
      slo({ annotations: "{ proving-ground/indicator: '{ }' }" }),
      [
        "3:64 missing-key: the indicator needs `latency`, `ratio`, `resource` or `query`; add, for example, latency: { histogram: 'http_request_duration_seconds{job=\"api\"}', percentile: 99, atMost: 300ms }",
      ],
    ],
    [
      "a name of nothing that may stay",
      slo({ name: "'!!'" }),
      ["3:19 bad-name: `!!` is no name; a name in OpenSLO is made of small letters, digits and `-`, at most 63"],
    ],
    [
      "a query that no anchor stands for",
      slo({ metric: `thresholdMetric: ${source("{ query: *gone }")}` }),
      ["7:74 unknown-anchor: no `&gone` stands before this; put it in quotes if it is text"],
    ],
    [
      "a metric source that is misspelt",
      slo({ metric: `thresholdMetric: ${source("{ qery: up }")}` }),
      ["7:59 missing-key: a metric source's `spec` needs `query`, PromQL; write `query` for `qery`"],
    ],
    [
      "a metric source without a query",
      slo({ metric: `thresholdMetric: ${source("{ a: b }")}` }),
      [
        "7:59 missing-key: a metric source's `spec` needs `query`, PromQL; add, for example, query: 'sum(rate(http_requests_total{job=\"api\"}[{{.window}}]))'",
      ],
    ],
    [
      "a metric source whose query is left empty",
      slo({ metric: `thresholdMetric: ${source("{ query: }")}` }),
      [
        "7:67 missing-key: a metric source's `spec` needs `query`, PromQL; add, for example, query: 'sum(rate(http_requests_total{job=\"api\"}[{{.window}}]))'",
      ],
    ],
    [
      "a metric source with an odd key",
      slo({ metric: `thresholdMetric: ${source("{ query: up, [a]: b }")}` }),
      ["7:78 wrong-key: a key of a metric source's `spec` is one word; write key: value"],
    ],
    [
      "a threshold that is no PromQL",
      slo({ metric: `thresholdMetric: ${source("{ query: '' }")}` }),
      ['7:75 empty: there is no PromQL here; write a metric, such as http_requests_total{job="api"}'],
    ],
    [
      "a kind that is misspelt",
      `${slo()}---\napiVersion: openslo/v1\nkind: Servce\nmetadata: { name: a }\n`,
      ["11:7 unknown-kind: openslo/v1 has no kind `Servce`; did you mean `Service`?"],
    ],
    [
      "a kind that is none",
      `${slo()}---\napiVersion: openslo/v1\nkind: Banana\nmetadata: { name: a }\n`,
      [
        "11:7 unknown-kind: openslo/v1 has no kind `Banana`; its kinds are `SLO`, `SLI`, `Service`, `DataSource`, `AlertPolicy`, `AlertCondition` and `AlertNotificationTarget`",
      ],
    ],
    [
      "a list with an unknown alias",
      `- *gone\n- apiVersion: openslo/v1\n`,
      [
        "1:3 unknown-anchor: no `&gone` stands before this; put it in quotes if it is text",
        "2:3 missing-key: an OpenSLO object needs `kind`; add, for example, kind: SLO",
        "2:3 missing-key: an OpenSLO object needs `metadata`; add, for example, metadata: { name: read-latency }",
      ],
    ],
    [
      "two coverages",
      `${slo({ annotations: "{ proving-ground/coverage: 80% }" })}---\n${slo({ name: "m" })}`,
      [
        "12:35 other-coverage: the SLOs of this file do not all ask for the same coverage; `coverage` holds for the whole file: annotate all of its SLOs alike",
      ],
    ],
    [
      "a coverage and no annotations",
      `${slo({ annotations: "{ proving-ground/coverage: 80% }" })}---\n${slo({ name: "m", annotations: "" })}`,
      [
        "3:35 other-coverage: the SLOs of this file do not all ask for the same coverage; `coverage` holds for the whole file: annotate all of its SLOs alike",
      ],
    ],
    [
      "a coverage, and first no annotations",
      `${slo({ annotations: "" })}---\n${slo({ name: "m", annotations: "{ proving-ground/coverage: 80% }" })}`,
      [
        "12:62 other-coverage: the SLOs of this file do not all ask for the same coverage; `coverage` holds for the whole file: annotate all of its SLOs alike",
      ],
    ],
    [
      "a ratio that counts a call",
      ratio("sum(foo(x))"),
      [
        "7:98 promql-syntax: PromQL has no function `foo`; https://prometheus.io/docs/prometheus/latest/querying/functions lists them",
      ],
    ],
    [
      "a ratio that counts an empty sum",
      ratio("sum()"),
      [
        "7:94 openslo-query: one counter's sum is judged here, and `sum()` is more than that; write sum(rate(metric{…}[{{.window}}])), increase for rate, or the bare selector",
      ],
    ],
    ["a ratio of nothing", ratio("# no"), ["7:98 promql-syntax: the PromQL ends too early; finish the expression"]],
    [
      "a ratio without good",
      slo({ metric: `ratioMetric: { counter: true, total: ${GOOD} }` }),
      ["7:24 missing-key: `ratioMetric` needs `good` or `bad`; add, for example, good: { metricSource: … }"],
    ],
  ])("%s", (_what, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });
});

test("a list as a key counts as nothing left out", () => {
  expect(leftOut(`${slo()}? [description]\n: x\n`)).toEqual([]);
});

test("a name of which OpenSLO allows nothing becomes `objective`", () => {
  const parsed = parseObjectives(slo(), "o.yaml");
  if (parsed.kind !== "ok") throw new Error(JSON.stringify(parsed.problems));
  const named = parsed.value.objectives.map((objective) => ({ ...objective, name: "__" }));
  expect(formatOpenSlo({ ...parsed.value, objectives: named })).toContain("  name: objective\n");
});

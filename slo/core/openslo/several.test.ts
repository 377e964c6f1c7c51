import { describe, expect, test } from "vitest";
import { parseObjectives } from "../file/parse-objectives.ts";
import { objectivesOf, problemsOf, sloText, source, threshold } from "./fixtures/one-slo.ts";

const file = (...documents: readonly string[]) => documents.join("---\n");
const sli = (name: string, metric = threshold("max_over_time(x[$window])")) =>
  `apiVersion: openslo/v1\nkind: SLI\nmetadata: { name: ${name} }\nspec: { ${metric} }\n`;
const dataSource = (name: string, spec: string) =>
  `apiVersion: openslo/v1\nkind: DataSource\nmetadata: { name: ${name} }\nspec: ${spec}\n`;
const referring = (name: string, to: string) =>
  sloText({ name, more: `indicatorRef: ${to}` }).replace(/^ {2}indicator: .*\n/m, "");
const COVERED = "{ proving-ground/phase: steady, proving-ground/coverage: 80% }";

describe("a file of several SLOs", () => {
  test("that ask for the same coverage", () => {
    const text = file(sloText({ annotations: COVERED }), sloText({ name: "m", annotations: COVERED }));
    expect(parseObjectives(text, "o.yaml")).toMatchObject({ kind: "ok", value: { coverage: 0.8 } });
  });

  test("of which none is annotated", () => {
    expect(objectivesOf(file(sloText({ annotations: "" }), sloText({ name: "m", annotations: "" })))).toMatchObject([
      { name: "n", phase: "steady" },
      { name: "m", phase: "steady" },
    ]);
  });

  const WINDOW = "timeWindow: [{ duration: 28d, isRolling: true }]";
  const UNJUDGED =
    "openslo-window: time windows are not judged: an objective holds in a run's phase `steady`, or between --from and --to; annotate the SLO with proving-ground/phase: steady, to say so";

  test("is told once of its windows, at the first", () => {
    const without = sloText({ name: "a", annotations: "" });
    const annotated = sloText({ name: "b", more: WINDOW });
    const windowed = (name: string) => sloText({ name, annotations: "", more: WINDOW });
    expect(problemsOf(file(without, annotated))).toEqual([]);
    const text = file(without, annotated, windowed("c"), windowed("d"));
    expect(problemsOf(text)).toEqual([`warning at timeWindow: ${UNJUDGED}`]);
    const parsed = parseObjectives(text, "o.yaml");
    expect(parsed).toMatchObject({ warnings: [{ place: { line: 28, column: 3 } }] });
  });

  test("of two services", () => {
    expect(problemsOf(file(sloText(), sloText({ name: "m" }).replace("service: s", "service: t")))).toEqual([
      "error at t: other-service: this SLO is of the service `t`, the file's first of `s`; a file is judged for one service: put each service's SLOs in a file of its own",
    ]);
  });
});

describe("an SLO of several objectives", () => {
  const of = (promises: string) => sloText({ promise: promises });

  test("each with its name", () => {
    const text = of("displayName: Fast Enough, op: lte, value: 1, target: 0.9 }, { op: lte, value: 2, target: 0.9");
    expect(objectivesOf(text)).toMatchObject([
      { name: "n-fast-enough", limit: 1 },
      { name: "n-2", limit: 2 },
    ]);
  });

  test("of which one is wrong", () => {
    expect(problemsOf(of("op: lte, value: 1, target: 0.9 }, { op: lte, target: 0.9"))).toEqual([
      "error at { op: lte, target: 0.9 }: missing-key: the objective of a `thresholdMetric` needs `value`; add to it, for example, value: 0.3",
    ]);
  });

  test("with indicators of their own, and none", () => {
    const own = `indicator: { spec: { ${threshold("max_over_time(y[$w])")} } }`;
    const text = referring("n", "x").replace("  indicatorRef: x\n", "");
    const promise = "op: lte, value: 1, target: 0.9";
    expect(objectivesOf(text.replace(promise, `${promise}, ${own}`))).toMatchObject([{ limit: 1 }]);
    expect(problemsOf(text)).toEqual([
      "error at service: s: missing-key: this objective has no indicator; add `indicator` or `indicatorRef` to the SLO's `spec`",
    ]);
    expect(problemsOf(sloText({ promise: `${promise}, indicatorRef: i` }))).toEqual([
      "error at i: too-many-keys: this objective has more than one indicator; keep one of `indicator` and `indicatorRef`",
    ]);
  });
});

describe("a reference", () => {
  test("to an SLI of the file", () => {
    expect(objectivesOf(file(referring("n", "i"), sli("i")))).toMatchObject([{ name: "n" }]);
  });

  test.each([
    ["slow-read", "did you mean `slow-reads`?"],
    ["availability", "put the SLI into this file, as a document of its own"],
  ])("to the SLI %s, which is none", (name, hint) => {
    expect(problemsOf(file(sli("slow-reads"), referring("n", name)))).toEqual([
      `error at ${name}: unknown-sli: no SLI of this file is named \`${name}\`; ${hint}`,
    ]);
  });

  test("to an SLI that cannot be read is not called unknown, however like another it is named", () => {
    expect(problemsOf(file(sli("reads-a", "a: b"), sli("reads-b"), referring("n", "reads-a")))).toEqual([
      "error at spec: missing-key: an SLI's `spec` needs `thresholdMetric` or `ratioMetric`; add, for example, thresholdMetric: { metricSource: … }",
      "error at a: unknown-key: an SLI's `spec` has no key `a`; its keys are `description`, `thresholdMetric` and `ratioMetric`",
    ]);
  });

  test("to a name that two SLIs have", () => {
    expect(problemsOf(file(sli("i"), sli("i"), referring("n", "i")))).toEqual([
      "error at i: same-name: a second object of this kind is named `i`; give each its own name",
    ]);
  });
});

describe("a data source", () => {
  const asked = (ref: string, type = "") =>
    sloText({
      metric: threshold("max_over_time(x[$w])").replace("spec:", `metricSourceRef: ${ref}, ${type}spec:`),
    });
  const other = (type: string) =>
    `other-source: this metric is asked of ${type}; the judge asks Prometheus; write its query in PromQL and \`type: Prometheus\`, or keep this SLO in a file of its own`;

  test.each(["{ type: prometheus }", "{ type: Prometheus }", "{}", "{ description: x }"])(
    "of %s is Prometheus",
    (spec) => {
      expect(objectivesOf(file(dataSource("main", spec), asked("main")))).toHaveLength(1);
    },
  );

  test.each(["CloudWatch", "AmazonPrometheus", "prometheus-like"])("of the type %s is none", (type) => {
    expect(problemsOf(file(dataSource("main", `{ type: ${type} }`), asked("main")))).toEqual([
      `error at main: ${other(type)}`,
    ]);
    expect(problemsOf(asked("main", `type: ${type}, `))).toEqual([`error at ${type}: ${other(type)}`]);
  });

  test("of one of a ratio's two metrics", () => {
    const datadog = source("x_total").replace("spec:", "type: Datadog, spec:");
    const metric = `ratioMetric: { good: ${source("x_count")}, total: ${datadog} }`;
    expect(problemsOf(sloText({ metric, promise: "target: 0.9" }))).toEqual([`error at Datadog: ${other("Datadog")}`]);
  });

  test("that cannot be read", () => {
    expect(problemsOf(file(dataSource("main", "5"), asked("main")))).toEqual([
      "error at 5: wrong-type: a DataSource's `spec` takes keys, not a number; write keys and values: `description`, `type` and `connectionDetails`",
    ]);
  });
});

describe("objects that promise nothing", () => {
  const NO_SLO = "no-slo: this OpenSLO file has no SLO; an SLO is `kind: SLO`; indicators alone promise nothing";

  test("are told of once", () => {
    expect(problemsOf(file(sli("i"), sli("j")))).toEqual([`error at apiVersion: ${NO_SLO}`]);
  });

  test("and hold nothing", () => {
    const needs = (key: string, example: string) =>
      `error at {: missing-key: an OpenSLO object needs \`${key}\`; add, for example, ${key}: ${example}`;
    expect(problemsOf("- {}\n- apiVersion: openslo/v1\n  kind: Service\n  metadata: { name: s }\n")).toEqual([
      needs("apiVersion", "openslo/v1"),
      needs("kind", "SLO"),
      needs("metadata", "{ name: read-latency }"),
    ]);
  });

  test("a version of something else is our own form's", () => {
    expect(problemsOf("apiVersion: not-openslo/v1\nkind: SLO\n")).toEqual([
      "error at a: other-format: this is a Kubernetes object, not an objectives file; an objectives file starts with `service` and `objectives`; of others only OpenSLO v1 is read",
    ]);
  });
});

describe("a name", () => {
  const RULE = "a name in OpenSLO is made of small letters, digits and `-`, at most 63";

  test("of 63 characters is read", () => {
    expect(objectivesOf(sloText({ name: "x".repeat(63) }))).toHaveLength(1);
  });

  test.each([
    ["x".repeat(64), "x".repeat(63)],
    ["reads of_all", "reads-of-all"],
    ["a__b..C", "a-b-c"],
    ["ab--", "ab"],
    ["ab-_", "ab"],
    [`${"x".repeat(61)}--y`, "x".repeat(61)],
  ])("such as %s is told how to be written", (name, better) => {
    expect(problemsOf(sloText({ name }))).toEqual([
      `error at ${name}: bad-name: \`${name}\` is no name; ${RULE}: write ${better}`,
    ]);
  });
});

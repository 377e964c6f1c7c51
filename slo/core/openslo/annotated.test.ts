import { describe, expect, test } from "vitest";
import { parseObjectives } from "../file/parse-objectives.ts";
import { objectivesOf, problemsOf, sloText, threshold } from "./fixtures/one-slo.ts";

/** An SLO that says one thing plainly and one in our words. */
const annotated = (indicator: string, plain = "max_over_time(x[$w])", promise = "op: lte, value: 1, target: 0.999") =>
  sloText({
    annotations: `{ proving-ground/phase: steady, proving-ground/indicator: '${indicator}' }`,
    metric: threshold(plain),
    promise,
  });

describe("an annotated indicator", () => {
  const memory = "resource: { service: api, memory: { atMost: 256MiB, stat: peak } }";
  const PLAIN = 'max(max_over_time(process_resident_memory_bytes{job="api"}[{{.window}}]))';

  test("holds where the SLO beside it says the same as far as it can", () => {
    expect(objectivesOf(annotated(memory, PLAIN, "op: lte, value: 268435456, target: 0.999"))).toMatchObject([
      { indicator: "resource", service: "api", resource: "memory", atMost: 268435456 },
    ]);
  });

  test("is refused where the two disagree", () => {
    expect(problemsOf(annotated(memory, PLAIN, "op: lte, value: 268435455, target: 0.999"))).toEqual([
      `error at '${memory}': annotation: this annotation and the SLO beside it disagree: the SLO says query: { promql: 'max(max_over_time(process_resident_memory_bytes{job="api"}[$phase]))', atMost: 268435455 }; change both, or remove the annotation and write the SLO again with slo convert`,
    ]);
  });

  test("is refused beside an SLO of several objectives", () => {
    const promises = "op: lte, value: 1, target: 0.9 }, { op: lte, value: 2, target: 0.9";
    const one = 'query: { promql: "max_over_time(x[$phase])", atMost: 1 }';
    expect(problemsOf(annotated(one, undefined, promises))).toEqual([
      `error at '${one}': annotation: \`proving-ground/indicator\` speaks of one objective, and this SLO has several; make an SLO of each objective`,
    ]);
  });

  test("spares the SLO beside it its doubts, but not its mistakes", () => {
    const recorded = 'query: { promql: "max_over_time(job:x:max[$phase])", atMost: 1 }';
    expect(problemsOf(annotated(recorded, "max_over_time(job:x:max[$w])"))).toEqual([
      expect.stringMatching(/^warning at job:x:max: query-recorded: /),
    ]);
    const one = 'query: { promql: "max_over_time(x[$phase])", atMost: 1 }';
    expect(problemsOf(annotated(one, "max_over_time(x[$w]"))).toEqual([
      "error at ': promql-syntax: the PromQL ends too early; add `)`",
    ]);
    expect(problemsOf(annotated(one, "x", "op: lte, target: 0.999"))).toEqual([
      "error at { op: lte, target: 0.999 }: missing-key: the objective of a `thresholdMetric` needs `value`; add to it, for example, value: 0.3",
    ]);
  });
});

describe("inside an annotation", () => {
  test.each([
    ["an alias", "query: *q", "*q", "unknown-anchor: an annotation has no aliases; write the value out"],
    [
      "a key twice",
      'query: { promql: "max_over_time(x[$phase])", promql: y, atMost: 1 }',
      "promql",
      "duplicate-key: `promql` stands twice in `query`; keep one of the two",
    ],
    [
      "a mistake of YAML in the parser's words",
      "query: &a *b",
      "*b",
      "yaml: an alias node must not specify any properties; put PromQL and other text with special characters in single quotes: 'metric{label=\"value\"}'",
    ],
    ["text that starts wrongly", "query: @x", "@", "yaml: "],
    ["PromQL that is wrong", 'query: { promql: "x{a=b}", atMost: 1 }', "b", "promql-syntax: "],
  ])("%s has its place", (_what, indicator, at, problem) => {
    const [first = "", ...more] = problemsOf(annotated(indicator));
    expect(more).toEqual([]);
    expect(first.slice(0, first.indexOf(": "))).toBe(`error at ${at}`);
    expect(first).toContain(problem);
  });
});

test("annotations of nothing but other people's", () => {
  expect(objectivesOf(sloText({ annotations: "{ a.b/c: [1], d: }" }))).toHaveLength(1);
});

describe("OpenSLO does bounded work on", () => {
  const keys = (count: number) => Array.from({ length: count }, (_, index) => `k${index}: 1`).join(", ");
  const repeated = (first: string) => {
    const item = first.replace(/^(?=.)/gm, "  ").replace("  apiVersion", "- &a\n  apiVersion");
    return `${item}${"- *a\n".repeat(99)}`;
  };
  const BOMB = [{ code: "alias-bomb", place: { line: 1, column: 1 } }];

  test("annotations that are many, again and again", () => {
    const text = repeated(sloText({ annotations: `{ ${keys(2000)} }` }));
    expect(parseObjectives(text, "o.yaml")).toMatchObject({ kind: "problems", problems: BOMB });
  });

  test("a metric source's keys that are many, again and again", () => {
    const metric = `thresholdMetric: { metricSource: { spec: { query: 'max_over_time(x[$w])', ${keys(2000)} } } }`;
    expect(parseObjectives(repeated(sloText({ metric })), "o.yaml")).toMatchObject({
      kind: "problems",
      problems: BOMB,
    });
  });
});

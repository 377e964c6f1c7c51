import { describe, expect, it, test } from "vitest";
import { parseObjectives } from "../parse-objectives.ts";
import type { Problem } from "../problem.ts";

const fileOf = (promql: string) =>
  `service: s\nobjectives:\n  - name: a\n    query: { promql: '${promql}', atMost: 1 }\n`;

/** The text that a problem stands under. */
const under = (text: string, { line, column, length }: Problem["place"]) =>
  text.split("\n")[line - 1]?.slice(column - 1, column - 1 + length) ?? "";

/** Codes of the warnings on a query, each with the text it stands under. */
function warnings(promql: string): readonly (readonly [string, string])[] {
  const text = fileOf(promql);
  const parsed = parseObjectives(text, "o.yaml");
  if (parsed.kind !== "ok") throw new Error(`refused: ${parsed.problems[0]?.message}`);
  return parsed.warnings.map(({ code, place }) => [code, under(text, place)]);
}

/** The only problem of a query: the text it stands under, its message and hint. */
function refusal(promql: string): readonly string[] {
  const text = fileOf(promql);
  const parsed = parseObjectives(text, "o.yaml");
  const [problem, ...more] = parsed.kind === "ok" ? parsed.warnings : parsed.problems;
  if (problem === undefined || more.length > 0) throw new Error("not one problem");
  return [under(text, problem.place), problem.message, problem.hint];
}

describe("a query's doubts", () => {
  it("has none where the phase's series are read", () => {
    expect(warnings('max_over_time(queue{job="a"}[$phase])')).toEqual([]);
    expect(warnings("sum(increase(a[$phase])) / sum(increase(b[$phase] offset 1s))")).toEqual([]);
    expect(warnings("rate(a[5m])")).toEqual([]);
    expect(warnings("a - a offset $phase")).toEqual([]);
    expect(warnings("max_over_time(a[$phase]) > bool 1")).toEqual([]);
  });

  it("says what can never pass, since nothing tells whether it was watched", () => {
    expect(warnings("vector(1)")).toEqual([["query-reads-nothing", "vector(1)"]]);
    expect(warnings("1 + 2 > 1")).toEqual([["query-reads-nothing", "1 + 2 > 1"]]);
    expect(warnings('max_over_time(a[$phase]) + job:queue:max{job="b"}')).toEqual([
      ["query-recorded", 'job:queue:max{job="b"}'],
    ]);
    expect(warnings('sum(ALERTS{alertstate="firing"})')).toEqual([["query-recorded", 'ALERTS{alertstate="firing"}']]);
  });

  it("says what looks at one moment and what drops series", () => {
    expect(warnings("queue  ")).toEqual([["query-instant", "queue"]]);
    for (const operator of ["==", "!=", ">", ">=", "<", "<="]) {
      expect(warnings(`(max_over_time(queue[$phase]) ${operator} 1)`)).toEqual([["query-filters", operator]]);
    }
  });
});

test.each([
  [
    "vector(1)  ",
    "vector(1)",
    "this query reads no series, so nothing is proven by it: it is `inconclusive` at best",
    "name a metric",
  ],
  [
    "job:queue:max",
    "job:queue:max",
    "a recording rule's series has no `up`, so this query is `inconclusive` at best",
    "query what the rule is made of",
  ],
  [
    "queue",
    "queue",
    "without `$phase` this looks at one moment only: the phase's end",
    "look at the whole phase, as in max_over_time(…[$phase])",
  ],
  [
    "max_over_time(a[$phase]) > 1",
    ">",
    "this comparison drops series, and a query without series is `no-data`",
    "say the limit with `atMost` or `atLeast`, or compare with `bool`",
  ],
])("a doubt in words: %s", (promql, ...expected) => {
  expect(refusal(promql)).toEqual(expected);
});

test.each([
  [
    " (queue[$phase])",
    "queue[$phase]",
    "this query yields a range of samples, not one value a series",
    "wrap it in a function: max_over_time(queue[$phase])",
  ],
  [
    "queue[$phase:1s]",
    "queue[$phase:1s]",
    "this query yields a range of samples, not one value a series",
    "wrap it in a function: max_over_time(queue[$phase:1s])",
  ],
  ['  "a"', '"a"', "this query yields a string, not numbers", "write PromQL that yields numbers"],
  [
    "queue $phase",
    "$phase",
    "PromQL does not allow `$phase` here",
    'PromQL looks like max_over_time(metric{label="value"}[$phase])',
  ],
  ["queue{a=$phase}", "$phase", "PromQL does not allow `$phase` here", 'a label\'s value stands in quotes: "$phase"'],
  [
    "queue 60000s",
    "60000s",
    "PromQL does not allow `60000s` here",
    'PromQL looks like max_over_time(metric{label="value"}[$phase])',
  ],
])("a query is refused in its own words: %s", (promql, ...expected) => {
  expect(refusal(promql)).toEqual(expected);
});

test("a query that is no text", () => {
  expect(
    parseObjectives("service: s\nobjectives: [{ name: a, query: { promql: 5, atMost: 1 } }]\n", "o.yaml"),
  ).toMatchObject({
    kind: "problems",
    problems: [
      {
        severity: "error",
        code: "wrong-type",
        message: "`5` is no query",
        hint: "write PromQL, such as 'max_over_time(queue_length[$phase])'",
      },
    ],
  });
});

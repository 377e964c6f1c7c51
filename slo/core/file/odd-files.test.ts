import { describe, expect, test } from "vitest";
import type { ObjectivesFile } from "../objective.ts";
import { formatObjectives } from "./format-objectives.ts";
import { parseObjectives } from "./parse-objectives.ts";

/** Each problem as place, code, message and hint. */
function problems(text: string): readonly string[] {
  const parsed = parseObjectives(text, "o.yaml");
  const all = parsed.kind === "ok" ? parsed.warnings : parsed.problems;
  return all.map(({ code, place, message, hint }) => `${place.line}:${place.column} ${code}: ${message}; ${hint}`);
}

const one = (text: string) => `service: s\nobjectives: [{ name: n, ${text} }]\n`;
const block = (promql: string) =>
  `service: s\nobjectives:\n  - name: n\n    query:\n      promql: ${promql}\n      atMost: 1\n`;

describe("an odd objectives file is refused, and told why", () => {
  test.each<[string, string, readonly string[]]>([
    [
      "an object of Kubernetes",
      "apiVersion: apps/v1\nkind: Deployment\n",
      [
        "1:1 other-format: this is a Kubernetes object, not an objectives file; an objectives file starts with `service` and `objectives`; of others only OpenSLO v1 is read",
      ],
    ],
    [
      "an item that no anchor stands for",
      "service: s\nobjectives: [*gone]\n",
      ["2:14 unknown-anchor: no `&gone` stands before this; put it in quotes if it is text"],
    ],
    [
      "an alias with an anchor of its own, in the parser's words",
      "service: s\nobjectives: &a *b\n",
      [
        "2:16 yaml: an alias node must not specify any properties; put PromQL and other text with special characters in single quotes: 'metric{label=\"value\"}'",
      ],
    ],
    [
      "a list that is never closed",
      "service: s\nobjectives: [{ name: n }\n\n\n",
      ["2:25 yaml: a list is not closed; close it with `]`"],
    ],
    [
      "more memory than numbers reach",
      one(`resource: { service: s, memory: { atMost: ${"9".repeat(309)}B } }`),
      [`2:67 out-of-range: \`${"9".repeat(309)}B\` is no budget that a process can meet; write an amount above 0`],
    ],
    [
      "cores in words",
      one("resource: { service: s, cpu: { atMost: many } }"),
      ["2:64 bad-number: `many` is not a number of cores; write, for example, 0.5 or 500m"],
    ],
    [
      "cores in hexadecimal",
      one("resource: { service: s, cpu: { atMost: 0x10 } }"),
      ["2:64 bad-number: `0x10` is not a number of cores: numbers are decimal; write, for example, 0.5 or 500m"],
    ],
    ...[
      ["1", "is too small: percentiles are per cent; did you mean 99?"],
      ["0", "is not between 0 and 100; write 99 or 99.9"],
      ["150", "is not between 0 and 100; write 99 or 99.9"],
    ].map(([percentile, said]): [string, string, string[]] => [
      `percentile ${percentile}`,
      one(`latency: { histogram: h, percentile: ${percentile}, atMost: 1s }`),
      [`2:62 out-of-range: \`${percentile}\` ${said}`],
    ]),
    [
      "a query that is a string",
      one(`query: { promql: '("a")', atMost: 1 }`),
      ["2:44 promql-result: this query yields a string, not numbers; write PromQL that yields numbers"],
    ],
    [
      "a query of no text",
      block("|\n\n"),
      ['6:1 empty: there is no PromQL here; write a metric, such as http_requests_total{job="api"}'],
    ],
  ])("%s", (_what, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test.each([
    ["folded", ">\n        sum(up{\n        a=b)"],
    ["plain, of several lines", "sum(up{\n        a=b)"],
    ["in single quotes, of several lines", "'sum(up{\n        a=b)'"],
    ["in double quotes, of several lines", '"sum(up{\n        a=b)"'],
  ])("PromQL %s, at its start", (_what, promql) => {
    expect(problems(block(promql))).toEqual([
      '5:15 promql-syntax: PromQL does not allow `b` here; a label\'s value stands in quotes: "b"',
    ]);
  });

  test("PromQL behind escapes, of which one stands for two UTF-16 units", () => {
    const before = String.raw`up{a=\"\U0001F600\U00000041\"} `;
    const column = 'objectives: [{ name: n, query: { promql: "'.length + before.length + 1;
    expect(problems(one(`query: { promql: "${before}b", atMost: 1 }`))[0]).toContain(`2:${column} promql-syntax`);
  });
});

test("an alias may stand for a key", () => {
  expect(
    problems("service: &k name\nobjectives: [{ *k : n, query: { promql: 'sum_over_time(up[$phase])', atMost: 1 } }]\n"),
  ).toEqual([]);
});

test("PromQL that cannot be printed is written with escapes, and read back", () => {
  const text = one(String.raw`query: { promql: "sum_over_time(up{a='\x07'}[$phase])", atMost: 1 }`);
  const parsed = parseObjectives(text, "o.yaml") as { readonly value: ObjectivesFile };
  const written = formatObjectives(parsed.value);
  expect(written).toContain(String.raw`promql: "sum_over_time(up{a='\a'}[$phase])"`);
  expect(parseObjectives(written, "o.yaml")).toMatchObject({
    value: { objectives: [{ promql: "sum_over_time(up{a='\u0007'}[$phase])" }] },
  });
});

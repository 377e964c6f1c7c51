import { expect, test } from "vitest";
import { parseObjectives } from "./parse-objectives.ts";

/** Each problem as a place with its width, code, message and hint, all of them mistakes. */
function problems(text: string): readonly string[] {
  const parsed = parseObjectives(text, "o.yaml");
  if (parsed.kind === "ok") throw new Error("this is read");
  return parsed.problems.map(
    ({ severity, code, place: { line, column, length }, message, hint }) =>
      `${line}:${column}+${length} ${severity} ${code}: ${message}; ${hint}`,
  );
}

const LIST = "objectives: [{ name: one, query: { promql: 'max_over_time(up[$phase])', atMost: 1 } }]\n";
const resource = (more: string) => `service: s\nobjectives: [{ name: one, resource: { service: s, ${more} } }]\n`;

test.each<[string, string, string]>([
  [
    "that need none",
    `service: s\ndefaults: 5\n${LIST}`,
    "2:11+1 error wrong-type: `defaults` takes keys, not a number; write keys and values: `phase`, `gating`, `confidence` and `burst`",
  ],
  [
    "that need some",
    "- a\n",
    "1:1+4 error wrong-type: the objectives file takes keys, not a list; write keys and values: { service: task-api, objectives: [{ name: … }] }",
  ],
  [
    "of which one of a list is needed",
    "service: s\nobjectives: [true]\n",
    "2:14+4 error wrong-type: an objective takes keys, not `true` or `false`; write keys and values: { latency: { histogram: 'http_request_duration_seconds{job=\"api\"}', percentile: 99, atMost: 300ms }, name: read-latency }",
  ],
  [
    "where nothing stands",
    "service: s\nobjectives:\n  -\n",
    "3:4+1 error wrong-type: an objective takes keys, not nothing; write keys and values: { latency: { histogram: 'http_request_duration_seconds{job=\"api\"}', percentile: 99, atMost: 300ms }, name: read-latency }",
  ],
  [
    "where an alias stands alone",
    "*x\n",
    "1:1+2 error wrong-type: the objectives file takes keys, not a reference; write keys and values: { service: task-api, objectives: [{ name: … }] }",
  ],
])("keys and values %s", (_what, text, expected) => {
  expect(problems(text)).toEqual([expected]);
});

test.each<[string, string, readonly string[]]>([
  [
    "a key that is not known, where all are there",
    resource("throttling: { atMost: 5%, x: 1 }"),
    ["2:77+1 error unknown-key: `throttling` has no key `x`; its keys are `atMost`"],
  ],
  [
    "a key like one that is there",
    `service: s\nservce: t\n${LIST}`,
    [
      "2:1+6 error unknown-key: the objectives file has no key `servce`; its keys are `service`, `coverage`, `defaults` and `objectives`",
    ],
  ],
  [
    "a misspelt key is not missing as well",
    resource("memory: { atMst: 1GiB }"),
    ["2:61+5 error unknown-key: `memory` has no key `atMst`; did you mean `atMost`?"],
  ],
  [
    "a misspelt indicator is not missing as well",
    "service: s\nobjectives: [{ name: one, qurey: { promql: up, atMost: 1 } }]\n",
    ["2:27+5 error unknown-key: an objective has no key `qurey`; did you mean `query`?"],
  ],
  [
    "three indicators: two too many",
    "service: s\nobjectives: [{ name: one, query: { promql: 'max_over_time(up[$phase])', atMost: 1 }, resource: { service: s, cpu: { atMost: 1 } }, ratio: { bad: 'a{b=\"c\"}', total: a, atMost: 1% } }]\n",
    [
      "2:86+8 error too-many-keys: an objective has `query` and `resource`, which exclude each other; keep one of `latency`, `ratio`, `resource` and `query`",
      "2:132+5 error too-many-keys: an objective has `query` and `ratio`, which exclude each other; keep one of `latency`, `ratio`, `resource` and `query`",
    ],
  ],
  [
    "a comma in a number",
    resource("cpu: { atMost: 0,5 }"),
    [
      "2:66+1 error out-of-range: `0` is no budget that a process can meet; write a number above 0",
      "2:68+1 error unknown-key: `cpu` has no key `5`; a comma parts keys here: the decimal separator is a point",
    ],
  ],
  [
    "no list",
    "service: s\nobjectives: true\n",
    [
      "2:1+10 error wrong-type: `objectives` takes a list, not `true` or `false`; start each objective with `- name: …`",
    ],
  ],
  [
    "an empty list",
    "service: s\nobjectives: []\n",
    ["2:13+2 error empty-list: `objectives` is empty; declare one objective at least"],
  ],
  [
    "a list of which one item is wrong, with the others right",
    `service: s\nobjectives:\n  - { name: one, resource: { service: s, cpu: { atMost: 1 } } }\n  - [x]\n`,
    [
      "4:5+3 error wrong-type: an objective takes keys, not a list; write keys and values: { latency: { histogram: 'http_request_duration_seconds{job=\"api\"}', percentile: 99, atMost: 300ms }, name: read-latency }",
    ],
  ],
  [
    "an item of no keys",
    "service: s\nobjectives: [{}]\n",
    [
      "2:14+2 error missing-key: an objective needs `name`; add, for example, name: read-latency",
      "2:14+2 error missing-key: an objective needs `latency`, `ratio`, `resource` or `query`; add, for example, latency: { histogram: 'http_request_duration_seconds{job=\"api\"}', percentile: 99, atMost: 300ms }",
    ],
  ],
  [
    "a key without a value, and one whose alias stands for none",
    `service: &n\ncoverage: *n\n${LIST}`,
    [
      "1:1+7 error no-value: `service` has no value; write, for example, service: task-api",
      "2:1+8 error no-value: `coverage` has no value; write, for example, coverage: 90%",
    ],
  ],
  [
    "keys where one value belongs",
    resource("cpu: { atMost: { is: 1 } }"),
    [
      "2:66+9 error wrong-type: one value belongs here, not keys and values; write a number of cores, such as 0.5, or 80% of the container's limit; what holds `{` stands in single quotes",
    ],
  ],
  [
    "a list where one value belongs",
    `service: s\ncoverage: [80%]\n${LIST}`,
    ["2:11+5 error wrong-type: one value belongs here, not a list; write a share, such as 0.1%"],
  ],
])("%s", (_what, text, expected) => {
  expect(problems(text)).toEqual(expected);
});

test("problems of one line stand in their order as well", () => {
  expect(problems("{ objectives: [], coverage: 2, servce: s }\n").map((one) => one.replace(/ .*/, ""))).toEqual([
    "1:15+2",
    "1:29+1",
    "1:32+6",
  ]);
});

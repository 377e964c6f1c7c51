import { expect, test } from "vitest";
import { parseObjectives } from "./parse-objectives.ts";

/** Each problem as a place with its width, code, message and hint. */
function problems(text: string): readonly string[] {
  const parsed = parseObjectives(text, "o.yaml");
  const all = parsed.kind === "ok" ? parsed.warnings : parsed.problems;
  return all.map(
    ({ code, place: { line, column, length }, message, hint }) =>
      `${line}:${column}+${length} ${code}: ${message}; ${hint}`,
  );
}

const REST = "objectives: [{ name: one, query: { promql: 'max_over_time(up[$phase])', atMost: 1 } }]\n";
const KEYS = "its keys are `service`, `coverage`, `defaults` and `objectives`";
const TWICE = "duplicate-key: `service` stands twice in the objectives file; keep one of the two";

test.each<[string, string, readonly string[]]>([
  ["written again", "service: t\n", [`2:1+7 ${TWICE}`]],
  ["written again in quotes", "'service': t\n", [`2:1+9 ${TWICE}`]],
  ["written again without a value", "service:\n", [`2:1+7 ${TWICE}`]],
  ["written again by an alias", "*k : t\n", [`2:1+2 ${TWICE}`]],
  ["that is empty", ": 5\n", ["2:1+1 wrong-key: a key of the objectives file is one word; write key: value"]],
  [
    "that is a mapping",
    "? { a: 1 }\n: 5\n",
    ["2:3+8 wrong-key: a key of the objectives file is one word; write key: value"],
  ],
  [
    "that no anchor stands for, said once",
    "*z : 5\n",
    ["2:1+2 unknown-anchor: no `&z` stands before this; put it in quotes if it is text"],
  ],
  [
    "that is a number, as it is written",
    "+5: 5\n",
    [`2:1+2 unknown-key: the objectives file has no key \`+5\`; ${KEYS}`],
  ],
])("a key %s", (_what, more, expected) => {
  expect(problems(`service: &k service\n${more}${REST}`)).toEqual(expected);
});

test("a merge key is called by its name in YAML 1.1 as well, where it means something", () => {
  expect(problems(`%YAML 1.1\n---\nservice: s\n<<: { coverage: 80% }\n${REST}`)).toEqual([
    "4:1+2 unknown-key: the objectives file has no key `<<`; merge keys are not read: use `defaults`, or an alias for a whole value",
  ]);
});

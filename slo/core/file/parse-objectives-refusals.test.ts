import { describe, expect, test } from "vitest";
import { GOOD } from "./fixtures/good.ts";
import { parseObjectives } from "./parse-objectives.ts";

/** Each problem as code, place and message. */
const problems = (text: string) => {
  const parsed = parseObjectives(text, "o.yaml");
  const all = parsed.kind === "ok" ? parsed.warnings : parsed.problems;
  return all.map(({ code, place, message }) => `${place.line}:${place.column} ${code}: ${message}`);
};

describe("parseObjectives refuses", () => {
  test.each([
    ["nothing", "", ["1:1 empty-file: the file declares nothing"]],
    ["only comments", "# nothing\n# here\n", ["1:1 empty-file: the file declares nothing"]],
    ["an empty document", "---\n...\n", ["1:1 empty-file: the file declares nothing"]],
    ["a list", "- a\n", ["1:1 wrong-type: the objectives file takes keys, not a list"]],
    ["a word", "hello\n", ["1:1 wrong-type: the objectives file takes keys, not text"]],
    ["no objectives", "service: s\nobjectives: []\n", ["2:13 empty-list: `objectives` is empty"]],
    ["objectives without a value", "service: s\nobjectives:\n", ["2:1 no-value: `objectives` has no value"]],
    [
      "objectives as keys",
      "service: s\nobjectives: { a: 1 }\n",
      ["2:1 wrong-type: `objectives` takes a list, not keys and values"],
    ],
    [
      "a merge key",
      "service: s\nobjectives:\n  - <<: { name: a }\n",
      [
        "3:5 unknown-key: an objective has no key `<<`",
        "3:5 missing-key: an objective needs `name`",
        "3:5 missing-key: an objective needs `latency`, `ratio`, `resource` or `query`",
      ],
    ],
    [
      "a key that is a list",
      "[a]: 1\nservice: s\nobjectives: []\n",
      ["1:1 wrong-key: a key of the objectives file is one word", "3:13 empty-list: `objectives` is empty"],
    ],
    [
      "a name of JavaScript's",
      "service: s\n__proto__: 1\nconstructor: 1\nobjectives: []\n",
      [
        "2:1 unknown-key: the objectives file has no key `__proto__`",
        "3:1 unknown-key: the objectives file has no key `constructor`",
        "4:13 empty-list: `objectives` is empty",
      ],
    ],
    [
      "an alias to what holds it",
      "service: s\nobjectives: &o [*o]\n",
      ["2:16 wrong-type: an objective takes keys, not a list"],
    ],
    [
      "an unknown alias",
      "service: *s\nobjectives: []\n",
      ["1:10 unknown-anchor: no `&s` stands before this", "2:13 empty-list: `objectives` is empty"],
    ],
    ["a binary file", "\u007fELF\u0002\u0000\u0000", ["1:6 not-text: this is not UTF-8 text"]],
    ["bytes that are no UTF-8", "service: s\n# caf\uFFFD\n", ["2:6 not-text: this is not UTF-8 text"]],
    ["a huge file", `# ${"x".repeat(600_000)}`, ["1:1 too-large: the file is 586 KiB large; at most 512 KiB are read"]],
    [
      "tabs, each of them",
      "service: s\nobjectives:\n\t- name: a\n\t- name: b\n",
      ["3:1 yaml: a tab indents this line", "4:1 yaml: a tab indents this line"],
    ],
  ])("%s", (_what, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test("every mistake at once, in the file's order", () => {
    const text = GOOD.replace("service: shop\n", "service: [x]\n")
      .replace("300ms", "300")
      .replace("0.1%", "5")
      .replace("256MiB", "256ms");
    expect(problems(text)).toEqual([
      "1:10 wrong-type: one value belongs here, not a list",
      "7:100 no-unit: `300` has no unit",
      "13:15 ambiguous-share: `5` is not below 1, so it is no share",
      "17:50 wrong-unit: `256ms`: `ms` measures time, not bytes",
    ]);
  });

  test("several problems of one selector, each in its place", () => {
    const text =
      'service: s\nobjectives:\n  - name: a\n    latency: { histogram: \'h_bucket{le="1",le=~"2"}\', percentile: 99, atMost: 1s }\n';
    expect(problems(text)).toEqual([
      "4:28 histogram-suffix: `h_bucket` is one of the histogram's series, not its base name",
      "4:37 histogram-le: a histogram's `le` cannot be selected here",
      "4:44 histogram-le: a histogram's `le` cannot be selected here",
    ]);
  });
});

import { describe, expect, test } from "vitest";
import { parseObjectives } from "./parse-objectives.ts";
import type { Problem } from "./problem.ts";

const read = (text: string): readonly Problem[] => {
  const parsed = parseObjectives(text, "o.yaml");
  return parsed.kind === "ok" ? parsed.warnings : parsed.problems;
};
const said = ({ code, place: { line, column, length }, message }: Problem) =>
  `${line}:${column}+${length} ${code}: ${message}`;

describe("a thousand warnings", () => {
  /** Each has a doubt of its own. */
  const doubtful = Array.from({ length: 1_001 }, (_, at) => `  - { name: a${at}, query: { promql: q, atMost: 1 } }\n`);
  const last = "  - { name: z, query: { promql: 'max_over_time(q[$phase])', atMost: 1 } }\n";
  const errors = (item: string) =>
    read(`service: s\nobjectives:\n${doubtful.join("")}${item}`).filter(({ severity }) => severity === "error");

  test.each([
    [
      "a second objective of one name",
      last.replace("z", "a7"),
      "1004:13+2 same-name: a second objective is named `a7`; the first is in line 10",
    ],
    [
      "a burst that nothing counts",
      last.replace("z", "z, burst: 5"),
      "1004:23+1 burst-unused: `burst` says how bad requests come, and this objective counts none",
    ],
    ["a misspelt key", last.replace("atMost", "atMst"), "1004:61+5 unknown-key: `query` has no key `atMst`"],
  ])("do not hide %s", (_what, item, expected) => {
    expect(errors(item).map(said)).toEqual([expected]);
  });

  test("are all that is told", () => {
    expect(read(`service: s\nobjectives:\n${doubtful.join("")}`)).toHaveLength(1_000);
  });
});

import { describe, expect, test } from "vitest";
import { parseObjectives } from "./parse-objectives.ts";

describe("parseObjectives does bounded work on", () => {
  const repeated = (text: string) => text.repeat(Math.floor(500_000 / text.length));
  const wide = `{ ${Array.from({ length: 2_000 }, (_, index) => `k${index}: 1`).join(", ")} }`;

  test.each([
    ["lists in lists", repeated("[")],
    ["mappings in mappings", repeated("{")],
    ["items in items", repeated("- ")],
    ["quotes", repeated('"')],
    ["one key again and again", repeated("a:\n")],
    ["many keys", Array.from({ length: 50_000 }, (_, index) => `k${index}: 1`).join("\n")],
    ["aliases of a wide mapping", `service: s\nobjectives:\n  - &a ${wide}\n${"  - *a\n".repeat(50_000)}`],
    [
      "parentheses in PromQL",
      `service: s\nobjectives: [{ name: a, query: { promql: '${"(".repeat(30_000)}', atMost: 1 } }]`,
    ],
  ])("%s", (_what, text) => {
    const parsed = parseObjectives(text, "o.yaml");
    expect(parsed.kind).toBe("problems");
  });

  test("aliases that multiply", () => {
    const resource = "resource: { service: s, cpu: { atMost: 1 } }";
    const text = `service: s\nobjectives:\n  - &a { name: a, ${resource} }\n${"  - *a\n".repeat(60_000)}`;
    expect(parseObjectives(text, "o.yaml")).toMatchObject({
      kind: "problems",
      problems: [
        {
          severity: "error",
          code: "alias-bomb",
          place: { line: 1, column: 1, length: 0 },
          message: "the file's aliases multiply beyond measure",
          hint: "write the values out",
        },
      ],
    });
  });
});

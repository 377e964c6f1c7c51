import { expect, test } from "vitest";
import { CHECKS } from "./checks.ts";
import { requestFrom } from "./request.ts";

const names = (argv: readonly string[]) => {
  const { checks, suites, files } = requestFrom(argv);
  return { checks: checks.map(({ name }) => name), suites, files };
};

test.each([
  [[], { checks: CHECKS.map(({ name }) => name), suites: ["unit", "integration", "stack", "e2e"], files: [] }],
  [["unit"], { checks: [], suites: ["unit"], files: [] }],
  [["types", "imports"], { checks: ["types", "imports"], suites: [], files: [] }],
  [["slo/core"], { checks: [], suites: ["unit", "integration", "stack", "e2e"], files: ["slo/core"] }],
  [["unit", "slo/core"], { checks: [], suites: ["unit"], files: ["slo/core"] }],
])("%j", (argv, expected) => {
  expect(names(argv)).toEqual(expected);
});

test("a flag is refused, with what there is", () => {
  expect(() => requestFrom(["--watch"])).toThrow("npm test knows no --watch");
});

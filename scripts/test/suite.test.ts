import { expect, test } from "vitest";
import { countsOf, type Results, uncovered } from "./suite.ts";

const passing: Results = {
  numPassedTests: 2,
  testResults: [
    {
      name: "/p/slo/a.test.ts",
      status: "passed",
      assertionResults: [
        { status: "passed", fullName: "a adds" },
        { status: "passed", fullName: "a subtracts" },
      ],
    },
  ],
};
const count = (results: Results, failure: string | null) => countsOf("unit", results, failure, "/p");

test("all passed", () => {
  expect(count(passing, null)).toEqual({ passed: 2, skipped: [], failures: [] });
});

test("a failed test is named with its file", () => {
  const failed = {
    name: "/p/slo/b.test.ts",
    status: "failed",
    assertionResults: [{ status: "failed", fullName: "b adds" }],
  };
  const results = { ...passing, testResults: [...passing.testResults, failed] };
  expect(count(results, "vitest ended with 1").failures).toEqual(["slo/b.test.ts: b adds"]);
});

test("a file that could not be run is a failure", () => {
  const results = { ...passing, testResults: [{ name: "/p/slo/b.test.ts", status: "failed", assertionResults: [] }] };
  expect(count(results, "vitest ended with 1").failures).toEqual(["slo/b.test.ts: could not be run"]);
});

test("an error outside any test is a failure", () => {
  expect(count(passing, "vitest ended with 1").failures).toEqual(["unit: vitest ended with 1"]);
});

test("a floor of coverage that is missed is told in a line", () => {
  const said = "Branches : 92.92%\nERROR: Coverage for branches (92.92%) does not meet global threshold (95%)\n";
  expect(uncovered(said)).toBe(
    "only 92.92% of the branches of slo/core are covered, 95% must be; npm run coverage shows where",
  );
  expect(uncovered("Branches : 95.92%\n")).toBeNull();
});

test("skipped tests are counted, and do not pass", () => {
  const skipped = ["skipped", "todo"].map((status) => ({ status, fullName: `c (${status}: no engine) works` }));
  const testResults = [{ name: "/p/stack/c.test.ts", status: "passed", assertionResults: skipped }];
  expect(count({ numPassedTests: 0, testResults }, null)).toEqual({
    passed: 0,
    skipped: ["stack/c.test.ts: c (skipped: no engine) works", "stack/c.test.ts: c (todo: no engine) works"],
    failures: [],
  });
});

import { expect, test } from "vitest";
import { closingLine, exitCodeOf, NONE, sum, summary } from "./counts.ts";

const good = { passed: 3, skipped: [], failures: [] };
const bad = { passed: 1, skipped: ["b: is", "c: is"], failures: ["a.test.ts: adds"] };

test.each([
  [good, "3 passed, 0 failed", 0],
  [bad, "1 passed, 1 failed, 2 skipped", 1],
  [{ ...NONE, skipped: ["b: is", "c: is"] }, "0 passed, 0 failed, 2 skipped", 1],
  [NONE, "0 passed, 0 failed", 1],
] as const)("%j: %s", (counts, line, code) => {
  expect([closingLine(counts), exitCodeOf(counts)]).toEqual([line, code]);
});

test("counts add up, names keep their order", () => {
  expect(sum([bad, good, { ...NONE, failures: ["types"] }])).toEqual({
    passed: 4,
    skipped: ["b: is", "c: is"],
    failures: ["a.test.ts: adds", "types"],
  });
});

test("a step without anything says so", () => {
  expect([summary(NONE), summary(good)]).toEqual(["nothing to run", "3 passed, 0 failed"]);
});

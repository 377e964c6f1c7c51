import { describe, expect, test } from "vitest";
import { GOOD } from "../core/file/fixtures/good.ts";
import { DOUBTS, MISTAKES, type Mutation, mutate } from "../core/file/fixtures/mutations.ts";
import { parseObjectives } from "../core/file/parse-objectives.ts";
import { renderProblems } from "./problems.ts";

const FILE = "objectives.yaml";

function shown(mutation: Mutation): string {
  const text = mutate(GOOD, mutation);
  const parsed = parseObjectives(text, FILE);
  const problems = parsed.kind === "ok" ? parsed.warnings : parsed.problems;
  return `=== ${JSON.stringify(mutation.from)} → ${JSON.stringify(mutation.to)}\n${renderProblems(problems, text)}`;
}

describe("a good file, one mutation, the exact output", () => {
  test("mistakes", async () => {
    await expect(MISTAKES.map(shown).join("\n")).toMatchFileSnapshot("golden/mistakes.txt");
  });

  test("doubts", async () => {
    await expect(DOUBTS.map(shown).join("\n")).toMatchFileSnapshot("golden/doubts.txt");
  });

  test.each(MISTAKES)("$from → $to is refused", (mutation) => {
    expect(parseObjectives(mutate(GOOD, mutation), FILE).kind).toBe("problems");
  });

  test.each(DOUBTS)("$from → $to is read, with one warning", (mutation) => {
    expect(parseObjectives(mutate(GOOD, mutation), FILE)).toMatchObject({
      kind: "ok",
      warnings: [{ severity: "warning" }],
    });
  });
});

import { describe, expect, test } from "vitest";
import { type Mutation, mutate } from "../core/file/fixtures/mutations.ts";
import { parseObjectives } from "../core/file/parse-objectives.ts";
import { GOOD_OPENSLO } from "../core/openslo/fixtures/good.ts";
import { OPENSLO_DOUBTS, OPENSLO_MISTAKES } from "../core/openslo/fixtures/mutations.ts";
import { renderProblems } from "./problems.ts";

const FILE = "openslo.yaml";

function shown(mutation: Mutation): string {
  const text = mutate(GOOD_OPENSLO, mutation);
  const parsed = parseObjectives(text, FILE);
  const problems = parsed.kind === "ok" ? parsed.warnings : parsed.problems;
  return `=== ${JSON.stringify(mutation.from)} → ${JSON.stringify(mutation.to)}\n${renderProblems(problems, text)}`;
}

describe("a good OpenSLO file, one mutation, the exact output", () => {
  test("mistakes", async () => {
    await expect(OPENSLO_MISTAKES.map(shown).join("\n")).toMatchFileSnapshot("golden/openslo-mistakes.txt");
  });

  test("doubts", async () => {
    await expect(OPENSLO_DOUBTS.map(shown).join("\n")).toMatchFileSnapshot("golden/openslo-doubts.txt");
  });

  test.each(OPENSLO_MISTAKES)("$from → $to is refused", (mutation) => {
    expect(parseObjectives(mutate(GOOD_OPENSLO, mutation), FILE).kind).toBe("problems");
  });

  test.each(OPENSLO_DOUBTS)("$from → $to is read, with a warning", (mutation) => {
    expect(parseObjectives(mutate(GOOD_OPENSLO, mutation), FILE)).toMatchObject({
      kind: "ok",
      warnings: [{ severity: "warning" }],
    });
  });
});

import { expect, test } from "vitest";
import { parse } from "yaml";
import { GOOD } from "../core/file/fixtures/good.ts";
import { parseObjectives } from "../core/file/parse-objectives.ts";
import { GOOD_OPENSLO } from "../core/openslo/fixtures/good.ts";
import { rulesOf } from "../core/rules/rules.ts";
import { renderRules } from "./rules.ts";

function rendered(text: string, days = 30): string {
  const parsed = parseObjectives(text, "objectives.yaml");
  if (parsed.kind !== "ok") throw new Error(JSON.stringify(parsed.problems));
  const options = { days, leastRequests: 20, runbooks: "docs/runbooks" };
  return renderRules(rulesOf(parsed.value, options), { ...options, source: "objectives.yaml" });
}

test("our own form, to the letter", async () => {
  await expect(rendered(GOOD)).toMatchFileSnapshot("golden/rules.yml");
});

test("OpenSLO over 28 days, to the letter", async () => {
  await expect(rendered(GOOD_OPENSLO, 28)).toMatchFileSnapshot("golden/rules-openslo.yml");
});

test("the same objectives give the same text", () => {
  expect(rendered(GOOD)).toBe(rendered(GOOD));
});

test("a source's name cannot leave its comment", () => {
  const parsed = parseObjectives(GOOD, "objectives.yaml");
  if (parsed.kind !== "ok") throw new Error("not read");
  const options = { days: 30, leastRequests: 20, runbooks: "docs/runbooks" };
  const text = renderRules(rulesOf(parsed.value, options), { ...options, source: "a\ngroups: []" });
  expect(text.split("\n")[0]).toBe("# Made by `slo rules` from a groups: [], for shop: change that, not this.");
  expect(parse(text)).toEqual(parse(rendered(GOOD)));
});

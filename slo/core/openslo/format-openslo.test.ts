import { describe, expect, test } from "vitest";
import { GOOD } from "../file/fixtures/good.ts";
import { parseObjectives } from "../file/parse-objectives.ts";
import type { ObjectivesFile } from "../objective.ts";
import { formatOpenSlo } from "./format-openslo.ts";

function read(text: string): ObjectivesFile {
  const parsed = parseObjectives(text, "o.yaml");
  if (parsed.kind === "problems") throw new Error(parsed.problems.map(({ message }) => message).join("\n"));
  return parsed.value;
}

const written = (...objectives: readonly string[]) =>
  formatOpenSlo(read(`service: s\nobjectives:\n${objectives.map((one) => `  - { ${one} }\n`).join("")}`));

const query = (promql: string, limit = "atMost: 1") => `query: { promql: '${promql}', ${limit} }`;

test("the good file, as OpenSLO", async () => {
  await expect(formatOpenSlo(read(GOOD))).toMatchFileSnapshot("fixtures/written.txt");
});

describe("what is written says", () => {
  test("at least as gte, and at most as lte", () => {
    expect(written(`name: a, ${query("max_over_time(x[$phase])", "atLeast: 2.5")}`)).toContain(
      "    - op: gte\n      value: 2.5\n",
    );
    expect(written(`name: a, ${query("max_over_time(x[$phase])", "atMost: 2.5")}`)).toContain(
      "    - op: lte\n      value: 2.5\n",
    );
  });

  test("a share of a container's CPU quota", () => {
    const text = written("name: a, resource: { service: api, cpu: { atMost: 80% } }");
    expect(text).toContain(
      `            query: max(sum without (cpu) (rate(container_cpu_usage_seconds_total{container="api"}[{{.window}}])) / (container_spec_cpu_quota{container="api"} / container_spec_cpu_period{container="api"}))\n`,
    );
    expect(text).toContain("      value: 0.8\n");
  });

  test("no more in annotations than OpenSLO cannot say", () => {
    expect(written(`name: a-b, ${query("max_over_time(x[$phase])")}`)).toContain(
      "  name: a-b\n  annotations:\n    proving-ground/phase: steady\nspec:",
    );
  });

  test("names that OpenSLO has not, each in an annotation, and none twice", () => {
    const long = "x".repeat(70);
    const names = ["a.b", "a_b", "a-b", long, `${long}y`];
    const text = written(...names.map((name) => `name: ${name}, ${query("max_over_time(x[$phase])")}`));
    expect([...text.matchAll(/^ {2}name: (.*)$/gm)].map(([, name]) => name)).toEqual([
      "a-b",
      "a-b-2",
      "a-b-3",
      "x".repeat(63),
      `${"x".repeat(55)}-2`,
    ]);
    expect([...text.matchAll(/proving-ground\/name: (.*)$/gm)].map(([, name]) => name)).toEqual([
      "a.b",
      "a_b",
      "a-b",
      long,
      `${long}y`,
    ]);
    expect(read(text).objectives.map(({ name }) => name)).toEqual(names);
  });

  test("words that are none to YAML 1.1 in quotes", () => {
    expect(written(`name: on, ${query("max_over_time(x[$phase])")}`)).toContain("  name: 'on'\n");
  });
});

test.each([
  "x - x offset $phase",
  "sum(increase(x[$phase])) / $phase",
  "max_over_time(x[$phase:1s])",
  "max_over_time(x[$phase]) # why",
])("the query %s reads back", (promql) => {
  const text = written(`name: a, ${query(promql)}`);
  expect(read(text).objectives).toMatchObject([{ promql, op: "atMost", limit: 1 }]);
});

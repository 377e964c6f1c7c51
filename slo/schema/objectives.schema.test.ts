import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { GOOD } from "../core/file/fixtures/good.ts";
import { DOUBTS, MISTAKES, mutate } from "../core/file/fixtures/mutations.ts";
import { objectivesSchema } from "../core/file/json-schema.ts";
import { parseObjectives } from "../core/file/parse-objectives.ts";

const published: Record<string, unknown> = JSON.parse(
  readFileSync(new URL("objectives.schema.json", import.meta.url), "utf8"),
);
const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true });
const validate = ajv.compile(published);
const ours = readFileSync(new URL("../objectives/task-api.yaml", import.meta.url), "utf8");

describe("objectives.schema.json", () => {
  test("is what the parser's own table makes (vitest -u writes it)", async () => {
    await expect(`${JSON.stringify(objectivesSchema(), null, 2)}\n`).toMatchFileSnapshot("objectives.schema.json");
  });

  test.each([
    ["our own objectives", ours],
    ["the good file", GOOD],
  ])("accepts %s, as the parser does", (_name, text) => {
    expect(validate(parse(text)) ? [] : validate.errors).toEqual([]);
    expect(parseObjectives(text, "x.yaml")).toMatchObject({ kind: "ok", warnings: [] });
  });

  test.each(MISTAKES.filter(({ schemaSees }) => schemaSees))("refuses $from → $to, as the parser does", (mutation) => {
    expect(validate(parse(mutate(GOOD, mutation)))).toBe(false);
  });

  test.each(DOUBTS)("accepts $from → $to, as the parser does", (mutation) => {
    expect(validate(parse(mutate(GOOD, mutation)))).toBe(true);
  });

  test("gives examples that are right", () => {
    const checked: string[] = [];
    JSON.stringify(published, (key, value: unknown) => {
      if (typeof value !== "object" || value === null || !("examples" in value) || !Array.isArray(value.examples))
        return value;
      const { examples, ...schema } = value;
      for (const example of examples) {
        expect(ajv.validate(schema, example), `${key}: ${JSON.stringify(example)}`).toBe(true);
        checked.push(key);
      }
      return value;
    });
    expect(checked).toEqual(expect.arrayContaining(["latency", "atMost", "confidence", "cpu", "promql"]));
  });

  test("describes every key, for editors", () => {
    const walked = JSON.stringify(published, (key, value: unknown) => {
      if (key !== "properties" || typeof value !== "object" || value === null) return value;
      for (const [name, property] of Object.entries(value)) {
        expect(property, name).toMatchObject({ description: expect.stringMatching(/\w{3}/) });
      }
      return value;
    });
    expect(walked).toContain('"properties"');
  });
});

import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { Report } from "../core/report.ts";
import { renderJson } from "../render/json.ts";
import { runFile } from "../testing/files.ts";
import * as reports from "../testing/reports.ts";
import { schemaText } from "./schemas.ts";

const NAMES = ["report", "run", "plan", "preflight", "evidence", "rules"] as const;

function validator(name: (typeof NAMES)[number]) {
  const ajv = new Ajv2020({ allErrors: true, strict: true, formats: { "date-time": isTime } });
  const validate = ajv.compile(JSON.parse(schemaText(name)));
  return (value: unknown) => {
    validate(JSON.parse(JSON.stringify(value)));
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}

function isTime(text: string): boolean {
  return /Z$/.test(text) && !Number.isNaN(Date.parse(text));
}

describe("published schemas", () => {
  it.each(NAMES)("%s.schema.json is what the shapes say (vitest -u writes it)", async (name) => {
    await expect(schemaText(name)).toMatchFileSnapshot(`./${name}.schema.json`);
  });
});

describe("report.schema.json", () => {
  const errors = validator("report");
  const all: [string, Report][] = Object.entries(reports).flatMap(([name, value]) =>
    "run" in value ? [[name, value]] : [],
  );

  it.each(all)("takes the report `%s` as rendered", (_name, report) => {
    expect(errors(JSON.parse(renderJson(report)))).toEqual([]);
  });

  it.each<[string, object, string]>([
    ["an unknown verdict", { verdict: "warn" }, "/verdict must be equal to one of the allowed values"],
    ["no service", { service: undefined }, " must have required property 'service'"],
    [
      "a share above 1",
      { objectives: [{ ...reports.passing, bound: { lower: 0, upper: 1.5 } }] },
      "/objectives/0/bound/upper must be <= 1",
    ],
    [
      "a fraction of a request",
      { objectives: [{ ...reports.passing, counts: { total: 10.5, bad: 0 } }] },
      "/objectives/0/counts/total must be integer",
    ],
    [
      "a local time",
      { run: { ...reports.passed.run, from: "2026-11-22T16:40:00" } },
      '/run/from must match format "date-time"',
    ],
  ])("refuses %s", (_what, mutation, error) => {
    expect(errors({ ...reports.passed, ...mutation })).toContain(error);
  });
});

describe("run.schema.json", () => {
  const errors = validator("run");

  it("takes a run", () => {
    expect(errors(runFile)).toEqual([]);
  });

  it("refuses a phase without an end", () => {
    expect(errors({ ...runFile, phases: [{ name: "steady", from: 1, quiet: true }] })).toContain(
      "/phases/0 must have required property 'to'",
    );
  });
});

import { stripVTControlCharacters, styleText } from "node:util";
import { describe, expect, it } from "vitest";
import type { Report } from "../core/report.ts";
import * as reports from "../testing/reports.ts";
import { type ConsoleOptions, renderConsole } from "./console.ts";
import { renderGithub } from "./github.ts";
import { renderJson } from "./json.ts";
import { renderJunit } from "./junit.ts";
import { renderMarkdown } from "./markdown.ts";

const { passed, failed, notJudged, withoutData, unreached, invalid, hostile } = reports;
const all: [string, Report][] = Object.entries({ passed, failed, notJudged, withoutData, unreached, invalid, hostile });
const plain: ConsoleOptions = {
  width: 100,
  unicode: true,
  paint: (_tone, text) => text,
  reportPath: "results/latest/report.json",
};

// What each looks like stands in golden/, to be read; `vitest -u` writes it anew.
describe.each(all)("the report `%s`", (name, report) => {
  it("on a console", async () => {
    await expect(renderConsole(report, plain)).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  it("as JUnit", async () => {
    await expect(renderJunit(report)).toMatchFileSnapshot(`golden/${name}.xml`);
  });

  it("as Markdown", async () => {
    await expect(renderMarkdown(report)).toMatchFileSnapshot(`golden/${name}.md`);
  });

  it("as GitHub annotations", async () => {
    await expect(renderGithub(report)).toMatchFileSnapshot(`golden/${name}.github.txt`);
  });

  it("as JSON reads back as the same", () => {
    expect(JSON.parse(renderJson(report))).toEqual(report);
    expect(renderJson(report)).toMatch(
      /^\{\n {2}"schema": 1,\n {2}"verdict": "[a-z-]+",\n {2}"exitCode": \d,[\s\S]*\n\}\n$/,
    );
  });
});

describe("renderConsole", () => {
  it("stands in a narrow terminal without UTF-8", async () => {
    const text = renderConsole(failed, { ...plain, width: 60, unicode: false });
    await expect(text).toMatchFileSnapshot("golden/narrow.txt");
    expect(text).toMatch(/^[\n -~]*$/);
    const [verdict = "", ...rest] = text.trimEnd().split("\n").reverse();
    expect(verdict).toMatch(/^FAIL {2}.* - report: .* - next: /);
    expect(Math.max(...rest.map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  it("says whose memory it is where there is no cAdvisor", () => {
    const [first] = passed.objectives;
    if (first === undefined) throw new Error("the report has no objective");
    const told = "the process's own memory and CPU: cAdvisor has none of its container";
    const by = (query: string) => ({
      ...passed,
      objectives: [{ ...first, indicator: "resource" as const, queries: [query] }],
    });
    expect(renderConsole(by('process_resident_memory_bytes{job="api"}'), plain)).toContain(`\n  resources  ${told}\n`);
    expect(renderMarkdown(by('process_resident_memory_bytes{job="api"}'))).toContain(told);
    expect(renderConsole(by("container_memory_working_set_bytes"), plain)).not.toContain(told);
  });

  it("tells a cause that several checks share once", () => {
    const text = "No phase that the objectives are judged on is in the run.";
    const validity = ["offered-rate", "virtual-users"].map((check) => ({ check, verdict: "no-data" as const, text }));
    expect(renderConsole({ ...invalid, validity }, plain)).toContain(`\n  ! offered-rate, virtual-users: ${text}\n`);
  });

  it("colours marks, whys and the verdict, and nothing but colours them", () => {
    const paint: ConsoleOptions["paint"] = (tone, text) =>
      styleText(tone === "bad" ? "red" : tone === "good" ? "green" : "gray", text, { validateStream: false });
    const text = renderConsole(failed, { ...plain, paint });
    expect(text).toContain("\u001b[31m✗\u001b[39m errors");
    expect(text).toContain("\u001b[32m✓\u001b[39m read-latency");
    expect(stripVTControlCharacters(text)).toBe(renderConsole(failed, plain));
  });

  it("puts the verdict last, on one line where it fits", () => {
    expect(renderConsole(passed, plain).split("\n").at(-2)).toBe(
      "PASS  2 of 2 objectives met · report: results/latest/report.json",
    );
    expect(
      renderConsole(passed, { ...plain, reportPath: null })
        .split("\n")
        .at(-2),
    ).toBe("PASS  2 of 2 objectives met");
  });

  it.each(all)("lets nothing in `%s` act on the terminal", (_name, report) => {
    expect(renderConsole(report, plain)).not.toMatch(/[^\n\P{Cc}]|[\u202a-\u202e\u2066-\u2069]/u);
  });
});

describe("renderJunit", () => {
  it.each(all)("of `%s` is green exactly when the exit code is 0", (_name, report) => {
    expect(/<(failure|error) /.test(renderJunit(report))).toBe(report.exitCode !== 0);
  });

  it("is not green for a run that is not met, whatever its parts say", () => {
    const text = renderJunit({ ...passed, verdict: "invalid", exitCode: 3, validity: [] });
    expect(text).toContain('<testcase classname="slo.task-api" name="verdict" time="0">\n      <error type="invalid"');
    expect(text).toContain('tests="3" failures="0" errors="1" skipped="0"');
  });

  it("has no two cases of one name", () => {
    const names = [...renderJunit(hostile).matchAll(/<testcase (classname="[^"]*" name="[^"]*")/g)].map(
      ([, name]) => name,
    );
    expect(new Set(names).size).toBe(names.length);
  });
});

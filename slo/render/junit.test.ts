import { JSDOM } from "jsdom";
import { describe, expect, it } from "vitest";
import type { Report } from "../core/report.ts";
import { hostileSources } from "../testing/pages.ts";
import * as reports from "../testing/reports.ts";
import { renderJunit } from "./junit.ts";

const { passed, failed, notJudged, withoutData, unreached, invalid, hostile, failing } = reports;
const everything = { passed, failed, notJudged, withoutData, unreached, invalid, hostile, evil: hostileSources.report };
const all: [string, Report][] = Object.entries(everything);

/** Throws where it is not well-formed. */
const parse = (report: Report) =>
  new JSDOM(renderJunit(report), { contentType: "text/xml" }).window.document.documentElement;

/**
 * Elements, what they may hold and their attributes, after junit-10.xsd of Jenkins' xUnit plugin; `file` and `line` of
 * a case are what pytest's xunit1, GitLab and the actions that annotate read.
 */
const SCHEMA: Readonly<Record<string, { readonly holds: string; readonly attributes: string }>> = {
  testsuites: { holds: "testsuite", attributes: "name tests failures errors" },
  testsuite: { holds: "properties testcase", attributes: "name tests failures errors skipped timestamp time" },
  properties: { holds: "property", attributes: "" },
  property: { holds: "", attributes: "name value" },
  testcase: { holds: "failure error skipped system-out", attributes: "classname name file line time" },
  failure: { holds: "", attributes: "type message" },
  error: { holds: "", attributes: "type message" },
  skipped: { holds: "", attributes: "message" },
  "system-out": { holds: "", attributes: "" },
};

describe("renderJunit", () => {
  it.each(all)("of `%s` keeps to what consumers know", (_name, report) => {
    const root = parse(report);
    expect(root.tagName).toBe("testsuites");
    for (const one of [root, ...root.querySelectorAll("*")]) {
      const { holds, attributes } = SCHEMA[one.tagName] ?? { holds: "", attributes: "" };
      expect(Object.keys(SCHEMA)).toContain(one.tagName);
      for (const child of one.children) expect(holds.split(" ")).toContain(child.tagName);
      for (const { name } of one.attributes) expect(attributes.split(" ")).toContain(name);
    }
  });

  it.each(all)("of `%s` adds up, and names each case once", (_name, report) => {
    const root = parse(report);
    const suite = root.querySelector("testsuite");
    const count = (selector: string) => String(root.querySelectorAll(selector).length);
    expect(suite?.getAttribute("tests")).toBe(count("testcase"));
    expect(suite?.getAttribute("failures")).toBe(count("failure"));
    expect(suite?.getAttribute("errors")).toBe(count("error"));
    expect(suite?.getAttribute("skipped")).toBe(count("skipped"));
    const cases = [...root.querySelectorAll("testcase")];
    const names = cases.map((one) => `${one.getAttribute("classname")} ${one.getAttribute("name")}`);
    expect(new Set(names).size).toBe(cases.length);
  });

  it("tells of each objective its class, its place and what came of it", () => {
    const cases = [...parse(failed).querySelectorAll("testcase[file]")];
    const told = cases.map((one) => {
      const attributes = ["classname", "name", "file", "line"].map((name) => one.getAttribute(name));
      return [...attributes, [...one.children].map(({ tagName }) => tagName).join(" ")];
    });
    expect(told).toEqual([
      ["slo.task-api", "errors", "objectives.yaml", "6", "failure system-out"],
      ["slo.task-api", "read-latency", "objectives.yaml", "4", "system-out"],
      ["slo.task-api", "write-latency", "objectives.yaml", "8", "error system-out"],
      ["slo.task-api", "pool-wait", "objectives.yaml", "10", "error system-out"],
      ["slo.task-api", "api-memory", "objectives.yaml", "12", "skipped system-out"],
    ]);
  });

  it("holds nothing that XML cannot, nor what acts on a terminal", () => {
    const name = "lone \ud800 surrogate, \u0000\u001b[31m\u0085\ufffe\uffff";
    const text = renderJunit({ ...failed, objectives: [{ ...failing, name, reason: { code: name, text: name } }] });
    expect(text).not.toMatch(/[^\n\P{Cc}]|[\ufffe\uffff]/u);
    expect(text.isWellFormed()).toBe(true);
  });

  it("names 2000 objectives in far less than the 30 MB that GitLab reads", () => {
    const objectives = Array.from({ length: 2000 }, () => failing);
    const text = renderJunit({ ...failed, objectives });
    expect(text.length).toBeLessThan(3_000_000);
    expect(text).toContain('name="errors (2000)"');
  });
});

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { HtmlValidate } from "html-validate/node";
import { JSDOM } from "jsdom";
import { describe, expect, it } from "vitest";
import { evidence, report as explained } from "../testing/explained.ts";
import { runFile } from "../testing/files.ts";
import { hostileSources, longSources } from "../testing/pages.ts";
import * as reports from "../testing/reports.ts";
import type { Sources } from "./html/told.ts";
import { renderHtml } from "./html.ts";

const asset = (name: string) => readFileSync(join(import.meta.dirname, "html", name), "utf8");
const assets = { style: asset("page.css"), script: asset("page.js") };
const full: Sources = { report: explained, run: runFile, evidence, missing: [] };
const bare = (report: Sources["report"]): Sources => ({ report, run: null, evidence: null, missing: [] });
const { passed, failed, notJudged, withoutData, unreached, invalid, hostile } = reports;
const pages: Readonly<Record<string, Sources>> = {
  full,
  passed: bare(passed),
  failed: bare(failed),
  notJudged: bare(notJudged),
  withoutData: bare(withoutData),
  unreached: bare(unreached),
  invalid: bare(invalid),
  hostile: bare(hostile),
  "hostile everywhere": hostileSources,
};
const all = Object.keys(pages);
const textOf = (name: string) => renderHtml(pages[name] ?? full, assets);
const documentOf = (text: string) => new JSDOM(text).window.document;
const validator = new HtmlValidate({ extends: ["html-validate:standard"], rules: { "no-inline-style": "error" } });

describe("renderHtml", () => {
  it.each(all)("of `%s` is valid HTML", async (name) => {
    const { results } = await validator.validateString(textOf(name));
    expect(
      results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => [ruleId, message, line])),
    ).toEqual([]);
  });

  it.each(all)("of `%s` tells its verdict and every objective's without a script", (name) => {
    const { report } = pages[name] ?? full;
    const page = documentOf(textOf(name));
    expect(page.querySelector("header")?.className).toBe(report.verdict);
    expect(page.querySelectorAll(".verdicts tbody tr")).toHaveLength(report.objectives.length);
    for (const verdict of ["pass", "fail", "inconclusive", "no-data"] as const)
      expect(page.querySelectorAll(`.verdicts tr.${verdict} .badge.${verdict}`)).toHaveLength(
        report.objectives.filter((objective) => objective.verdict === verdict).length,
      );
  });

  it.each(all)("of `%s` reaches for nothing outside itself", (name) => {
    const page = documentOf(textOf(name));
    const references = [...page.querySelectorAll("*")].flatMap(({ attributes }) =>
      [...attributes].filter((one) => /^(src|href|action|data|srcset|poster|xlink:href|style|on.*)$/.test(one.name)),
    );
    for (const { value } of references) expect(value).toMatch(/^(#|data:image\/svg\+xml,)/);
    expect(assets.style).not.toMatch(/url\(|@import/);
    expect(page.querySelectorAll("iframe,img,object,embed,form,base,link:not([rel=icon])")).toHaveLength(0);
  });

  it.each(all)("of `%s` lets only its own style and script act", (name) => {
    const page = documentOf(textOf(name));
    const policy = page.querySelector("meta[http-equiv=Content-Security-Policy]")?.getAttribute("content") ?? "";
    const hash = (selector: string) =>
      `'sha256-${createHash("sha256")
        .update(page.querySelector(selector)?.textContent ?? "")
        .digest("base64")}'`;
    expect(page.querySelectorAll("script")).toHaveLength(1);
    expect(page.querySelectorAll("style")).toHaveLength(1);
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      `style-src ${hash("style")}`,
      `script-src ${hash("script")}`,
      "img-src data:",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it.each(all)("of `%s` has every id once, and no link to nowhere", (name) => {
    const page = documentOf(textOf(name));
    const ids = [...page.querySelectorAll("[id]")].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const link of page.querySelectorAll("a[href^='#']"))
      expect(ids).toContain(link.getAttribute("href")?.slice(1));
  });

  it("shows what others wrote as text, in the page and to a terminal", () => {
    const text = renderHtml(hostileSources, assets);
    const page = documentOf(text);
    expect(text).not.toMatch(/[^\n\t\P{Cc}]|[\u202a-\u202e\u2066-\u2069]/u);
    expect(page.querySelectorAll("script")).toHaveLength(1);
    expect(page.querySelectorAll("img,b,a[href^='javascript']")).toHaveLength(0);
    const shown = page.body.textContent ?? "";
    for (const word of ["evil", "<img src=x", "</script>", "&amp;"]) expect(shown).toContain(word);
  });

  it("draws each objective's distribution and course, with limit, interval and phases", () => {
    const page = documentOf(textOf("full"));
    const section = [...page.querySelectorAll(".objective")].find((one) =>
      one.textContent?.includes("between-latency"),
    );
    const [distribution, course] = section?.querySelectorAll("figure") ?? [];
    expect(distribution?.querySelectorAll("rect.bar.good").length).toBeGreaterThan(0);
    expect(distribution?.querySelectorAll("rect.interval")).toHaveLength(1);
    expect(distribution?.querySelector("text.limit")?.textContent).toBe("limit 250 ms");
    expect(course?.querySelectorAll("rect.phase")).toHaveLength(1);
    expect(course?.querySelectorAll("rect.judged")).toHaveLength(1);
    expect(course?.querySelector("text.limit")?.textContent).toBe("p99 ≤ 250 ms");
    expect(course?.querySelector("path.line1")?.getAttribute("d")).toMatch(/^M/);
  });

  it("says in words what it has not", () => {
    const text = renderHtml({ ...bare(failed), missing: ["Without charts: no evidence.json"] }, assets);
    const page = documentOf(text);
    expect(page.querySelector(".about")?.textContent).toContain("Without charts: no evidence.json");
    expect(page.querySelectorAll("figure, #load, #errors")).toHaveLength(0);
    expect(page.querySelector("#fingerprint")?.textContent).toContain(failed.run.id);
  });
});

describe("a large report", () => {
  it.each([
    [200, 40, 200],
    [200, 20_000, 200],
    [2000, 40, 250],
  ])(
    "of %i objectives with %i scrapes stays below 250 KiB, and says what it left out",
    (objectives, scrapes, least) => {
      const sources = longSources(objectives, scrapes);
      const text = renderHtml(sources, assets);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(250 * 1024);
      const page = documentOf(text);
      const count = (selector: string) => page.querySelectorAll(selector).length;
      const left = page.querySelector("#left-out")?.textContent ?? "";
      expect(count(".verdicts tbody tr")).toBeGreaterThanOrEqual(least);
      expect(left.includes("objectives are not in the table")).toBe(count(".verdicts tbody tr") < objectives);
      expect(left).toContain("have no charts here");
      // What was not met is told whole before anything of what was.
      const broken = sources.report.objectives.filter(({ verdict }) => verdict === "fail").length;
      expect(count(".objective.fail figure")).toBeGreaterThan(4);
      expect(count(".objective.fail figure") < 2 * broken && count(".objective.pass figure") > 0).toBe(false);
    },
  );
});

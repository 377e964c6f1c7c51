import { describe, expect, it } from "vitest";
import type { Report } from "../core/report.ts";
import { failed, failing, inconclusive, invalid, passed, passing } from "../testing/reports.ts";
import { MARKDOWN_LIMIT, renderMarkdown } from "./markdown.ts";

const of = (report: Report, count: number, unmet: number): Report => ({
  ...report,
  objectives: Array.from({ length: count }, (_, index) => ({
    ...(index < unmet ? (index % 2 === 0 ? failing : inconclusive) : passing),
    name: `an-objective-with-a-name-of-some-length-${index}`,
  })),
});
const rows = (text: string) => text.split("\n").filter((line) => /^\| [✓✗?○]/.test(line));
const number = (text: string) =>
  Number(/\*\*Cut\*\* to fit a comment: ([\d\u202f]+) obj/.exec(text)?.[1]?.replace(/\D/g, ""));

describe("the Markdown of a large report", () => {
  it.each([
    ["all met", of(passed, 2000, 0)],
    ["some not", of(failed, 2000, 30)],
    ["none met", of(failed, 2000, 2000)],
  ])("fits a comment, with its verdict and what was cut: %s", (_name, report) => {
    const text = renderMarkdown(report);
    expect(text.length).toBeLessThanOrEqual(MARKDOWN_LIMIT);
    expect(text.split("\n")[0]).toBe(report.exitCode === 0 ? "### ✅ PASS: task-api" : "### ❌ FAIL: task-api");
    expect(rows(text).length + number(text)).toBe(2000);
    expect(rows(text).length).toBeGreaterThan(200);
    expect(text.trimEnd().split("\n").at(-1)).toMatch(/^<sub>.*<\/sub>$/);
  });

  it("keeps the rows and whys of what is not met before those of what is", () => {
    const text = renderMarkdown(of(failed, 2000, 30));
    expect(
      rows(text)
        .slice(0, 15)
        .every((row) => row.includes("✗ fail")),
    ).toBe(true);
    expect(text.split("\n").filter((line) => line.startsWith("- **an-objective"))).toHaveLength(30);
  });

  it("is not cut where it fits", () => {
    expect(renderMarkdown(of(failed, 100, 100))).not.toContain("**Cut**");
  });

  it("is not filled by one text", () => {
    const text = "x&".repeat(100_000);
    const long = { ...invalid, service: text, validity: [{ check: text, verdict: "fail" as const, text }] };
    const objectives = [{ ...failing, name: text, reason: { code: "x", text } }, passing];
    const rendered = renderMarkdown({ ...long, objectives });
    expect(rendered.length).toBeLessThanOrEqual(MARKDOWN_LIMIT);
    expect(rendered).toMatch(/^### ⚠️ INVALID: x&amp;/);
    expect(rows(rendered)).toHaveLength(2);
  });
});

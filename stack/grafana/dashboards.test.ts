import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { checkedIn, METRICS } from "./files.ts";
import { readKnown } from "./lint/known.ts";
import { lint } from "./lint/lint.ts";
import { recordedBy } from "./lint/recorded.ts";
import { readDashboard, shown } from "./read/dashboard.ts";

const RULE_FILES = new URL("../prometheus/rules/", import.meta.url);

async function textsIn(folder: URL, end: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(end)).sort();
  return Promise.all(names.map((name) => readFile(new URL(name, folder), "utf8")));
}

const known = readKnown([...(await textsIn(METRICS, ".txt")), ...(await textsIn(RULE_FILES, ".yml")).map(recordedBy)]);
const dashboards = [...(await checkedIn())].map(([file, text]) => ({ file, dashboard: readDashboard(file, text) }));

describe("every dashboard", () => {
  it.each(dashboards)("$file has nothing to find fault with", ({ file, dashboard }) => {
    expect(lint(dashboard, file, known).map(({ place, text }) => `${place}: ${text}`)).toEqual([]);
  });

  it("shows something, in rows that begin with a title", () => {
    for (const { file, dashboard } of dashboards) {
      expect(shown(dashboard).length, file).toBeGreaterThan(5);
      expect(dashboard.panels[0]?.type, file).toBe("row");
    }
  });

  it("is the only one of its uid and title", () => {
    expect(new Set(dashboards.map(({ dashboard }) => dashboard.uid)).size).toBe(dashboards.length);
    expect(new Set(dashboards.map(({ dashboard }) => dashboard.title)).size).toBe(dashboards.length);
  });

  it("marks the phases of runs by their tag", () => {
    for (const { file, dashboard } of dashboards) {
      const marks = (dashboard.annotations?.list ?? []).map(({ target }) => target);
      expect(marks, file).toContainEqual({ limit: 200, matchAny: false, tags: ["proving-ground"], type: "tags" });
    }
  });
});

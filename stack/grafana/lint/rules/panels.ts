import { shown } from "../../read/dashboard.ts";
import type { Finding, Rule } from "../finding.ts";

/** Every panel says what it shows, what to make of it, and in which unit. */
export const told: Rule = {
  name: "told",
  check: (dashboard) =>
    shown(dashboard).flatMap((panel): readonly Finding[] => {
      const place = `${dashboard.title} / ${panel.title ?? `panel ${panel.id}`}`;
      const lacking = [
        ...((panel.title ?? "").trim() === "" ? ["a title"] : []),
        ...((panel.description ?? "").trim() === "" ? ["a description: what is shown and what to make of it"] : []),
        ...((panel.fieldConfig?.defaults.unit ?? "") === "" ? ['a unit; "none" where it has none'] : []),
        ...((panel.targets ?? []).length === 0 ? ["a query"] : []),
      ];
      return lacking.map((text) => ({ rule: "told", place, text: `the panel needs ${text}` }));
    }),
};

/** Panels, rows among them, have ids of their own, and titles of their own within a dashboard. */
export const distinct: Rule = {
  name: "distinct",
  check: (dashboard) => {
    const findings: Finding[] = [];
    const ids = new Set<number>();
    const titles = new Set<string>();
    for (const { id, title = "", type } of dashboard.panels) {
      const place = `${dashboard.title} / ${title}`;
      if (id === undefined || !(id > 0)) {
        findings.push({ rule: "distinct", place, text: "the panel has no id: links to it would break" });
      } else if (ids.has(id)) {
        findings.push({ rule: "distinct", place, text: `another panel has the id ${id} as well` });
      }
      if (type !== "row" && titles.has(title)) {
        findings.push({ rule: "distinct", place, text: "another panel of the dashboard is called so as well" });
      }
      if (id !== undefined) ids.add(id);
      titles.add(title);
    }
    return findings;
  },
};

const COLUMNS = 24;

/** Nothing lies beyond the grid's 24 columns or over something else. */
export const placed: Rule = {
  name: "placed",
  check: (dashboard) => {
    const findings: Finding[] = [];
    const taken = new Map<string, string>();
    for (const { gridPos, title = "" } of dashboard.panels) {
      const place = `${dashboard.title} / ${title}`;
      if (gridPos === undefined || gridPos.x + gridPos.w > COLUMNS) {
        findings.push({ rule: "placed", place, text: `the panel does not fit into the grid's ${COLUMNS} columns` });
        continue;
      }
      const cells = Array.from({ length: gridPos.w * gridPos.h }, (_, index) => {
        const column = gridPos.x + (index % gridPos.w);
        return `${column}:${gridPos.y + Math.floor(index / gridPos.w)}`;
      });
      const below = cells.map((cell) => taken.get(cell)).find((other) => other !== undefined);
      if (below !== undefined) findings.push({ rule: "placed", place, text: `the panel lies over "${below}"` });
      for (const cell of cells) taken.set(cell, title);
    }
    return findings;
  },
};

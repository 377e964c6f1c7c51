import { choose } from "./html/budget.ts";
import { page } from "./html/document.ts";
import { headSection, leftSection, row, verdictSection } from "./html/head.ts";
import { bytesOf, html } from "./html/markup.ts";
import { objectiveSection } from "./html/objective.ts";
import {
  errorsSection,
  fingerprintSection,
  loadSection,
  validitySection,
  witnessSection,
} from "./html/run-sections.ts";
import { type Assets, type Sources, toldOf } from "./html/told.ts";
import { grouped } from "./summary.ts";

/** Bytes that the page may have. */
export const PAGE_LIMIT = 250 * 1024;
/** For the heads of tables and sections, and for what is said of what was left out. */
const SPARE = 4000;

/**
 * The report as one page that needs nothing else: no network, and a script for comfort only. Ends with a newline. What
 * does not fit into `PAGE_LIMIT` is left out, what was met first, and the page says so.
 */
export function renderHtml(sources: Sources, assets: Assets): string {
  const told = toldOf(sources);
  const { passed, advisory, open, failed } = grouped(told.report.objectives);
  const weighed = [...failed, ...open, ...advisory, ...passed].map((objective, index) => {
    const id = `o${index + 1}`;
    return {
      objective,
      ways: {
        row: (linked: boolean) => row(objective, id, linked),
        section: (detail: "facts" | "pictures") => objectiveSection(objective, id, detail, told),
      },
    };
  });
  const head = headSection(told);
  const rest = [
    validitySection(told),
    loadSection(told),
    errorsSection(told),
    witnessSection(told),
    fingerprintSection(told),
  ];
  const frame = page(told, assets, [head, ...rest]);
  const { rows, sections, left } = choose(weighed, PAGE_LIMIT - bytesOf(frame) - SPARE);
  const objectives =
    sections.length === 0 ? null : html`<section id="objectives"><h2>Objectives</h2>${sections}</section>`;
  return `${page(told, assets, [head, verdictSection(rows, told), leftSection(left, told), objectives, ...rest]).text}\n`;
}

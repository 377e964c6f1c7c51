import { formatAmount } from "../core/format.ts";
import type { Report, ReportedObjective } from "../core/report.ts";
import { broken, countsText, limitText, measuredText, VERDICT_TEXT } from "./phrases.ts";
import { because, grouped } from "./summary.ts";
import { oneLine } from "./text.ts";

type Level = "error" | "warning" | "notice";

interface Annotation {
  readonly level: Level;
  readonly title: string;
  /** Lines. */
  readonly text: readonly string[];
  readonly place: ReportedObjective["place"] | null;
}

/** GitHub shows so many of each level a step, and drops the rest without a word. */
const MOST = 10;

/**
 * GitHub's workflow commands, to be printed in a step: what withholds a pass is an error at the objective's line,
 * advisory objectives are warnings. Whatever is not a pass has at least one error. Ends with a newline.
 * Source: docs.github.com, "Workflow commands for GitHub Actions"; limits: actions/toolkit#734.
 */
export function renderGithub(report: Report): string {
  const { failed, open, advisory } = grouped(report.objectives);
  const withdrawn = report.verdict === "invalid";
  const checks = ofValidity(report, withdrawn ? "error" : "warning");
  const unmet = [...failed, ...open].map((one) => ofObjective(one, "error"));
  const errors = withdrawn ? [...checks, ...unmet] : unmet;
  const advised = advisory.filter(({ verdict }) => verdict !== "pass").map((one) => ofObjective(one, "warning"));
  const warnings = withdrawn ? advised : [...checks, ...advised];
  const told = report.exitCode !== 0 && errors.length === 0 ? [ofRun(report, "error")] : errors;
  const all = [
    ...fewEnough(told, "error", report),
    ...fewEnough(warnings, "warning", report),
    ...(report.exitCode === 0 && told.length === 0 ? [ofRun(report, "notice")] : []),
  ];
  return `${all.map(command).join("\n")}\n`;
}

function ofObjective(objective: ReportedObjective, level: Level): Annotation {
  const { name, verdict, gating, reason, phase, counts, place } = objective;
  const counted = counts === null ? "" : `, bad ${countsText(objective)}`;
  return {
    level,
    title: `${VERDICT_TEXT[verdict]} ${name}${gating ? "" : " (advisory)"}`,
    text: [reason.text, `limit ${limitText(objective)}, measured ${measuredText(objective)}${counted}, phase ${phase}`],
    place,
  };
}

/** A check of the run stands in no file of the user's. */
function ofValidity({ validity }: Report, level: Level): readonly Annotation[] {
  return broken(validity).map(({ check, text }) => ({
    level,
    title: `${level === "error" ? VERDICT_TEXT.invalid : "validity"} ${check}`,
    text: [text],
    place: null,
  }));
}

function ofRun(report: Report, level: Level): Annotation {
  return { level, title: `${VERDICT_TEXT[report.verdict]} ${report.service}`, text: [because(report)], place: null };
}

function fewEnough(all: readonly Annotation[], level: Level, report: Report): readonly Annotation[] {
  if (all.length <= MOST) return all;
  const left = all.length - (MOST - 1);
  const text = `${formatAmount(left, `more ${level}`)} not shown here: GitHub shows ${MOST} a step. The report has them all.`;
  return [...all.slice(0, MOST - 1), { ...ofRun(report, level), text: [because(report), text] }];
}

function command({ level, title, text, place }: Annotation): string {
  const at = place === null ? {} : { file: place.file, line: place.line, col: place.column };
  const properties = Object.entries({ ...at, title }).map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${level} ${properties.join(",")}::${text.map((line) => data(oneLine(line))).join("%0A")}`;
}

function data(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function property(text: string): string {
  return data(oneLine(text)).replace(/:/g, "%3A").replace(/,/g, "%2C");
}

import type { Report, ReportedObjective, ValidityCheck } from "../core/report.ts";
import { boundText, countsText, limitText, measuredText } from "./phrases.ts";
import { because } from "./summary.ts";
import { oneLine } from "./text.ts";
import { element, escapeXmlText } from "./xml.ts";

type Outcome = "pass" | "failure" | "error" | "skipped";

interface Case {
  readonly outcome: Outcome;
  readonly text: string;
}

/** JUnit XML, green exactly when the exit code is 0: a case an objective, a case a check of the run's validity. */
export function renderJunit(report: Report): string {
  const cases = [...objectiveCases(report), ...validityCases(report)];
  const all = [...cases, ...verdictCase(report, cases)];
  const count = (outcome: Outcome) => all.filter((one) => one.outcome === outcome).length;
  const totals = { tests: all.length, failures: count("failure"), errors: count("error"), skipped: count("skipped") };
  const name = `slo.${oneLine(report.service)}`;
  const suite = element("testsuite", { name, ...totals, timestamp: report.run.from, time: seconds(report.run) }, [
    properties(report),
    ...all.map(({ text }) => text),
  ]);
  // Jenkins' schema knows no `skipped` of all suites.
  const { skipped: _skipped, ...sums } = totals;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", { name, ...sums }, [suite])}\n`;
}

function properties({ verdict, exitCode, run }: Report): string {
  const all = { verdict, exitCode, run: run.id, profile: run.profile, from: run.from, to: run.to };
  return element(
    "properties",
    {},
    Object.entries(all).flatMap(([name, value]) =>
      value === null ? [] : [element("property", { name, value: oneLine(String(value)) })],
    ),
  );
}

function objectiveCases({ objectives, service }: Report): Case[] {
  const names = distinct(objectives.map(({ name }) => oneLine(name)));
  return objectives.map((objective, index) => {
    const attributes = {
      classname: `slo.${oneLine(service)}`,
      name: names[index] ?? objective.name,
      file: oneLine(objective.place.file),
      line: objective.place.line,
      time: objective.span === null ? 0 : seconds(objective.span),
    };
    const outcome = outcomeOf(objective);
    return {
      outcome,
      text: element("testcase", attributes, [...outcomeElements(outcome, objective), output(objective)]),
    };
  });
}

/** GitLab drops a case whose class and name came before. */
function distinct(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

function outcomeOf({ verdict, gating }: ReportedObjective): Outcome {
  if (verdict === "pass") return "pass";
  if (!gating) return "skipped";
  return verdict === "fail" ? "failure" : "error";
}

function outcomeElements(outcome: Outcome, { verdict, reason }: ReportedObjective): string[] {
  const message = oneLine(reason.text);
  if (outcome === "pass") return [];
  if (outcome === "skipped") return [element("skipped", { message: `advisory, ${verdict}: ${message}` })];
  return [element(outcome, { type: oneLine(`${verdict}.${reason.code}`), message })];
}

function output(objective: ReportedObjective): string {
  const lines = [
    `limit ${limitText(objective)}, measured ${measuredText(objective)}, bad ${countsText(objective)}, share of bad ${boundText(objective)}`,
    `phase ${objective.phase}${objective.span === null ? "" : `, ${objective.span.from} to ${objective.span.to}`}`,
    ...objective.queries.map((query) => `asked ${query}`),
  ];
  return element(
    "system-out",
    {},
    lines.map((line) => escapeXmlText(oneLine(line))),
  );
}

function validityCases({ validity, service }: Report): Case[] {
  const names = distinct(validity.map(({ check }) => oneLine(check)));
  return validity.map((check, index) => {
    const attributes = { classname: `slo.${oneLine(service)}.validity`, name: names[index] ?? check.check, time: 0 };
    const outcome = validityOutcome(check);
    const message = oneLine(check.text);
    const inner =
      outcome === "pass"
        ? []
        : [element(outcome, outcome === "error" ? { type: check.verdict, message } : { message })];
    return { outcome, text: element("testcase", attributes, inner) };
  });
}

function validityOutcome({ verdict }: ValidityCheck): Outcome {
  switch (verdict) {
    case "pass":
      return "pass";
    case "skip":
      return "skipped";
    case "fail":
    case "no-data":
      return "error";
    default: {
      const never: never = verdict;
      return never;
    }
  }
}

/** A run that is not met must never look green, whatever its parts say. */
function verdictCase(report: Report, cases: readonly Case[]): Case[] {
  if (report.exitCode === 0 || cases.some(({ outcome }) => outcome === "failure" || outcome === "error")) return [];
  const inner = element("error", { type: report.verdict, message: because(report) });
  return [
    {
      outcome: "error",
      text: element("testcase", { classname: `slo.${oneLine(report.service)}`, name: "verdict", time: 0 }, [inner]),
    },
  ];
}

function seconds({ from, to }: { readonly from: string; readonly to: string }): number {
  return Math.max(0, Math.round(Date.parse(to) - Date.parse(from)) / 1000);
}

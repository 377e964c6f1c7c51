import { formatCount, formatDuration } from "../core/format.ts";
import type { PlanFile } from "../core/plan-file.ts";
import type { SufficiencyCheck } from "../core/report.ts";
import type { Paint, Tone } from "./console.ts";
import { length, oneLine, padEnd, toAscii, wrap } from "./text.ts";

export interface PlanOptions {
  readonly width: number;
  readonly unicode: boolean;
  readonly paint: Paint;
}

const MARKS: Readonly<Record<SufficiencyCheck["verdict"], readonly [string, Tone]>> = {
  pass: ["✓", "good"],
  fail: ["✗", "bad"],
  skip: ["–", "quiet"],
};

/** The preflight for a terminal: what is planned, a labelled line a check, then whether it suffices. */
export function renderPlan(checks: readonly SufficiencyCheck[], plan: PlanFile, options: PlanOptions): string {
  const lines = [
    ...plan.phases.map(phaseLine),
    "",
    ...checks.flatMap((check) => checkLines(check, checks, options)),
    "",
    verdict(checks, plan, options),
  ];
  const text = `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
  return options.unicode ? text : toAscii(text);
}

function phaseLine({ name, duration, requests, rate }: PlanFile["phases"][number]): string {
  const count = requests.reduce((sum, request) => sum + request.count, 0);
  return `  ${oneLine(name)}: ${formatCount(count)} requests in ${formatDuration(duration)}, ${formatCount(rate)} iterations a second`;
}

function checkLines(
  { objective, verdict, text }: SufficiencyCheck,
  all: readonly SufficiencyCheck[],
  { width, paint }: PlanOptions,
): string[] {
  const names = Math.max(...all.map((one) => length(oneLine(one.objective))));
  const [mark, tone] = MARKS[verdict];
  const indent = 6 + names;
  const [first = "", ...rest] = wrap(oneLine(text), Math.max(20, width - indent));
  return [
    `  ${paint(tone, mark)} ${padEnd(oneLine(objective), names)}  ${first}`,
    ...rest.map((line) => " ".repeat(indent) + line),
  ];
}

function verdict(checks: readonly SufficiencyCheck[], { profile }: PlanFile, { paint }: PlanOptions): string {
  const doubtful = checks.filter(({ verdict }) => verdict === "fail");
  if (doubtful.length === 0)
    return `${paint("good", "SUFFICES")}  profile ${oneLine(profile)} can prove every gating objective that counts requests`;
  const names = doubtful.map(({ objective }) => oneLine(objective)).join(", ");
  return `${paint("bad", "CANNOT PROVE")}  profile ${oneLine(profile)} cannot prove: ${names}`;
}

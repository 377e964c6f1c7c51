import { formatCount, formatDuration } from "../core/format.ts";
import type { ObjectivesFile, Place } from "../core/objective.ts";
import type { PlanFile } from "../core/plan-file.ts";
import type { CheckVerdict, PreflightCheck } from "../core/preflight/check.ts";
import type { Preflight } from "../core/preflight/preflight.ts";
import { EXIT } from "../core/report.ts";
import type { Paint, Tone } from "./console.ts";
import { length, oneLine, padEnd, toAscii, wrap } from "./text.ts";

export interface PlanOptions {
  readonly width: number;
  readonly unicode: boolean;
  readonly paint: Paint;
}

const MARKS: Readonly<Record<CheckVerdict, readonly [string, Tone]>> = {
  ok: ["✓", "good"],
  problem: ["✗", "bad"],
  unknown: ["?", "unsure"],
};
const LEAST_ROOM = 20;
const LABEL = 10;

/** The preflight as data, as published in `preflight.schema.json`. */
export function renderPlanJson(preflight: Preflight): string {
  return `${JSON.stringify(preflight, null, 2)}\n`;
}

/** The preflight for a terminal: what is planned, a line an objective, more where something is amiss, then the answer. */
export function renderPlan(
  preflight: Preflight,
  plan: PlanFile | null,
  file: ObjectivesFile,
  options: PlanOptions,
): string {
  const groups = groupsOf(preflight, file);
  const names = Math.max(...groups.map(({ name }) => length(name)));
  const lines = [
    ...(plan === null ? [] : [...plan.phases.map(phaseLine), ""]),
    ...groups.flatMap((group) => groupLines(group, names, options)),
    "",
    verdict(preflight, options),
  ];
  const text = `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
  return options.unicode ? text : toAscii(text);
}

function phaseLine({ name, duration, requests, rate }: PlanFile["phases"][number]): string {
  const count = requests.reduce((sum, request) => sum + request.count, 0);
  return `  ${oneLine(name)}: ${formatCount(count)} requests in ${formatDuration(duration)}, ${formatCount(rate)} iterations a second`;
}

interface Group {
  readonly name: string;
  readonly checks: readonly PreflightCheck[];
}

function groupsOf({ checks }: Preflight, { objectives }: ObjectivesFile): readonly Group[] {
  const byObjective = Map.groupBy(checks, ({ objective }) => objective);
  const server = byObjective.get(null) ?? [];
  const own = objectives.map(({ name, gating }) => ({
    name: `${oneLine(name)}${gating ? "" : " (advisory)"}`,
    checks: byObjective.get(name) ?? [],
  }));
  return [...(server.length === 0 ? [] : [{ name: "prometheus", checks: server }]), ...own];
}

function worstOf(checks: readonly PreflightCheck[]): CheckVerdict {
  const verdicts = checks.map(({ verdict }) => verdict);
  if (verdicts.includes("problem")) return "problem";
  return verdicts.includes("unknown") ? "unknown" : "ok";
}

function groupLines({ name, checks }: Group, names: number, options: PlanOptions): string[] {
  const { paint } = options;
  const [mark, tone] = MARKS[worstOf(checks)];
  const amiss = checks.filter(({ verdict }) => verdict !== "ok");
  const labels = [...new Set(checks.map(({ check }) => check))].filter((label) =>
    checks.every(({ check, verdict }) => check !== label || verdict === "ok"),
  );
  const good = labels.length === 0 ? "" : `${labels.join(", ")}: ok`;
  const head = `  ${paint(tone, mark)} ${padEnd(name, names)}  ${paint("quiet", good)}`;
  const place = amiss[0]?.place;
  const where = place === undefined || place === null ? [] : rowLines("at", placeText(place), options);
  return [head, ...where, ...amiss.flatMap((check) => amissLines(check, options))];
}

function placeText({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

function amissLines({ check, verdict, expected, actual, advice }: PreflightCheck, options: PlanOptions): string[] {
  const [mark, tone] = MARKS[verdict];
  return [
    `    ${options.paint(tone, `${mark} ${check}`)}`,
    ...rowLines("expected", expected, options),
    ...rowLines("actual", actual, options),
    ...(advice === null ? [] : rowLines("do", advice, options)),
  ];
}

function rowLines(label: string, text: string, { width }: PlanOptions): string[] {
  const indent = 6 + LABEL;
  const [first = "", ...rest] = wrap(oneLine(text), Math.max(LEAST_ROOM, width - indent));
  return [`      ${padEnd(label, LABEL)}${first}`, ...rest.map((line) => " ".repeat(indent) + line)];
}

function named(checks: readonly PreflightCheck[]): string {
  return [...new Set(checks.map(({ objective, check }) => oneLine(objective ?? check)))].join(", ");
}

function verdict({ exitCode, checks, profile }: Preflight, { paint }: PlanOptions): string {
  const culprits = checks.filter((check) => check.exitCode === exitCode && check.verdict === "problem");
  const subject = profile === null ? "a run" : `profile ${oneLine(profile)}`;
  switch (exitCode) {
    case EXIT.usage:
      return `${paint("bad", "WRONG")}  mend what is written first: ${named(culprits)}`;
    case EXIT.notJudged:
      return `${paint("bad", "CANNOT PROVE")}  ${subject} cannot prove: ${named(culprits)}`;
    case EXIT.met: {
      const open = checks.filter(({ verdict }) => verdict === "unknown");
      if (open.length === 0) return `${paint("good", "SUFFICES")}  ${subject} can prove every gating objective`;
      return `${paint("unsure", "MAY SUFFICE")}  nothing known stands in the way of ${subject}; not known: ${named(open)}`;
    }
    default: {
      const never: never = exitCode;
      return never;
    }
  }
}

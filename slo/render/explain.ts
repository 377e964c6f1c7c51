import type { Evidence } from "../core/evidence.ts";
import { formatDuration, formatLimit, formatShare } from "../core/format.ts";
import { rfc3339 } from "../core/instants.ts";
import type { Report, ReportedObjective } from "../core/report.ts";
import type { Phase } from "../core/run.ts";
import type { ConsoleOptions } from "./console.ts";
import { evidenceOf } from "./evidence-of.ts";
import { countedChange } from "./explain-change.ts";
import { countedSections } from "./explain-counted.ts";
import { countsOf } from "./explain-counts.ts";
import type { Section } from "./explain-troubles.ts";
import { measuredChange, querySections, resourceSections } from "./explain-watched.ts";
import { broken, countsText, limitText, MARKS, measuredText, VERDICT_TEXT } from "./phrases.ts";
import { oneLine, padEnd, toAscii, wrap } from "./text.ts";

/** The objective as its file has it now. */
export interface Declared {
  /** Lines of the file, as written. */
  readonly lines: readonly string[];
  /** The file says something else than what was judged. */
  readonly changed: boolean;
}

export interface Explanation {
  readonly objective: ReportedObjective;
  readonly report: Report;
  readonly phases: readonly Phase[];
  readonly evidence: Evidence;
  readonly declared: Declared | null;
}

const LABEL = 13;
const LEAST_WIDTH = 40;

/** One verdict's whole way, from what was declared to what would change it, for people. Ends with a newline. */
export function renderExplanation(told: Explanation, options: Omit<ConsoleOptions, "reportPath">): string {
  const show = options.unicode ? (text: string) => text : toAscii;
  const { objective, report } = told;
  const { verdict, name } = objective;
  const tone = verdict === "pass" ? "good" : verdict === "fail" ? "bad" : "unsure";
  const run = report.run.id === null ? [] : [`run ${report.run.id}`];
  const head = [oneLine(name), oneLine(report.service), ...run.map(oneLine)].join(" · ");
  const width = Math.max(LEAST_WIDTH, options.width) - LABEL - 2;
  const lines = sections(told).flatMap(({ label, lines: own }) =>
    own
      .flatMap((line) => wrap(show(oneLine(line)), width))
      .map((line, index) => `  ${options.paint("quiet", padEnd(index === 0 ? label : "", LABEL))}${line}`.trimEnd()),
  );
  const first = `${options.paint(tone, show(`${MARKS[verdict]} ${VERDICT_TEXT[verdict]}`))}  ${show(head)}`;
  return `${[first, "", ...lines].join("\n")}\n`;
}

function sections(told: Explanation): readonly Section[] {
  const { objective, report, phases } = told;
  const { phase: name, queries, reason } = objective;
  const phase = phases.find((one) => one.name === name);
  const way = wayOf(told, phase);
  return [
    { label: "declared", lines: declaredLines(told) },
    { label: "phase", lines: [phaseText(name, phase)] },
    { label: "span", lines: [spanText(objective)] },
    { label: "queries", lines: queries.length === 0 ? ["none"] : queries },
    ...way.sections,
    { label: "value", lines: measuredLines(objective) },
    { label: "rule", lines: [`${reason.code}: ${reason.text}`] },
    ...runLines(objective, report),
    { label: "changes it", lines: way.change.length === 0 ? [fallback(objective)] : way.change },
  ];
}

function declaredLines({ objective, declared }: Explanation): readonly string[] {
  const { limit, confidence, gating, place, indicator } = objective;
  const bounded = confidence === null ? "observed, without a bound" : `${formatLimit(confidence, "ratio")} confidence`;
  const sure = indicator === "query" ? "each result is held against it" : bounded;
  const part =
    indicator === "ratio"
      ? limit.op === "atMost"
        ? " of the total may be in the part"
        : " of the total must be in the part; the rest is bad"
      : "";
  const allowed =
    limit.percentile === undefined ? "" : `: ${formatLimit((100 - limit.percentile) / 100, "ratio")} may take longer`;
  const head = `${indicator} ${limitText(objective)}${part}${allowed}; ${sure}, ${gating ? "gating" : "advisory"}`;
  const at = `${place.file}:${place.line}`;
  if (declared === null) return [head, at];
  const changed = declared.changed ? ["the file has changed since: what was judged is above"] : [];
  return [head, at, ...changed, ...declared.lines.map((line) => `| ${line}`)];
}

function phaseText(name: string, phase: Phase | undefined): string {
  if (phase === undefined) return `${name}, which the run does not have`;
  const pause = phase.quiet ? "load paused around it" : "load did not pause around it";
  return `${name}, ${between(rfc3339(phase.from), rfc3339(phase.to))} (${formatDuration(phase.to - phase.from)}); ${pause}`;
}

function between(from: string, to: string): string {
  const clock = (time: string) => time.slice(11).replace("Z", "");
  const end = from.slice(0, 10) === to.slice(0, 10) ? clock(to) : `${to.slice(0, 10)} ${clock(to)}`;
  return `${from.slice(0, 10)} ${clock(from)} – ${end} UTC`;
}

function spanText({ span }: ReportedObjective): string {
  if (span === null) return "no sample was used";
  return `samples ${between(span.from, span.to)}; ${formatShare(span.coverage)} of the phase is covered`;
}

function measuredLines(objective: ReportedObjective): readonly string[] {
  const counted = objective.counts === null ? "" : `; ${countsText(objective)} bad`;
  return [`${measuredText(objective)}${counted}`];
}

interface Way {
  readonly sections: readonly Section[];
  readonly change: readonly string[];
}

function wayOf({ objective, evidence, phases }: Explanation, phase: Phase | undefined): Way {
  const found = phase === undefined ? null : evidenceOf(objective, evidence);
  if (found === null || phase === undefined)
    return { sections: [{ label: "evidence", lines: ["evidence.json holds nothing of this objective"] }], change: [] };
  if ("promql" in found) return { sections: querySections(found), change: measuredChange(objective, found) };
  if ("replicas" in found) return { sections: resourceSections(found), change: measuredChange(objective, found) };
  const counts = countsOf(objective, found, phase, phases);
  if (counts === null) return { sections: [], change: [] };
  return {
    sections: countedSections(objective, found, counts, phases),
    change: countedChange({ objective, evidence: found, counts, phases }),
  };
}

/** What the run as a whole makes of this verdict, where that is not the verdict's own doing. */
function runLines({ verdict }: ReportedObjective, report: Report): readonly Section[] {
  if (verdict !== "pass" || report.verdict !== "invalid") return [];
  const why = broken(report.validity).map(({ check, text }) => `${check}: ${text}`);
  return [{ label: "the run", lines: ["is INVALID, so this pass counts for nothing:", ...why] }];
}

function fallback({ verdict }: ReportedObjective): string {
  switch (verdict) {
    case "pass":
      return "only other evidence: the lowest limit that would pass cannot be told";
    case "fail":
      return "mend the cause, and run again; which limit would pass cannot be told from this evidence";
    case "inconclusive":
    case "no-data":
      return "mend what the rule names, and run again; of limits nothing can be told from this evidence";
    default: {
      const never: never = verdict;
      return never;
    }
  }
}

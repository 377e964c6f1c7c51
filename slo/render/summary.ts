import { formatAmount, formatCount } from "../core/format.ts";
import type { Reconciliation, Report, ReportedObjective } from "../core/report.ts";
import { broken } from "./phrases.ts";
import { oneLine } from "./text.ts";

const MOST_NAMES = 4;

/** What the verdict rests on, in one clause: `1 of 5 objectives broken: write-latency`. */
export function because(report: Report): string {
  const gating = report.objectives.filter((objective) => objective.gating);
  const of = (chosen: readonly ReportedObjective[], what: string) =>
    `${formatCount(chosen.length)} of ${formatAmount(gating.length, "objective")} ${what}: ${names(chosen.map(({ name }) => name))}`;
  switch (report.verdict) {
    case "pass":
      return `${formatCount(gating.length)} of ${formatAmount(gating.length, "objective")} met`;
    case "fail":
      return of(
        gating.filter(({ verdict }) => verdict === "fail"),
        "broken",
      );
    case "inconclusive":
    case "no-data": {
      const open = gating.filter(({ verdict }) => verdict === "inconclusive" || verdict === "no-data");
      return open.length === 0 ? "nothing to judge" : of(open, "not judged");
    }
    case "invalid":
      return `the run proves nothing: ${names(broken(report.validity).map(({ check }) => check))}`;
    default: {
      const never: never = report.verdict;
      return never;
    }
  }
}

function names(all: readonly string[]): string {
  const shown = all.slice(0, MOST_NAMES).map(oneLine).join(", ");
  return all.length > MOST_NAMES ? `${shown} and ${all.length - MOST_NAMES} more` : shown;
}

/** What to do next, by the verdict; null where there is nothing to do. */
export function nextStep(report: Report): string | null {
  switch (report.verdict) {
    case "pass":
      return null;
    case "fail":
      return "mend what the ✗ lines name, run again";
    case "invalid":
      return "mend what the ! lines name, run again";
    case "inconclusive":
      return "do what the ? lines say, run again";
    case "no-data":
      return unanswered(report)
        ? "mend the way to Prometheus, judge again"
        : "see what the ○ lines say: is the target scraped, do the selectors match?";
    default: {
      const never: never = report.verdict;
      return never;
    }
  }
}

const NO_ANSWER = new Set([
  "unreachable",
  "timeout",
  "unauthorized",
  "redirected",
  "bad-answer",
  "server-error",
  "clock-skew",
]);

function unanswered({ objectives }: Report): boolean {
  const open = objectives.filter(({ gating, verdict }) => gating && verdict === "no-data");
  return open.length > 0 && open.every(({ reason }) => NO_ANSWER.has(reason.code));
}

/** Whose memory and CPU was judged, where it is not the container's; null where nothing is to be said. */
export function resourceOrigin({ objectives }: Report): string | null {
  const own = objectives.some(
    ({ indicator, queries }) => indicator === "resource" && queries.some((query) => query.startsWith("process_")),
  );
  return own ? "the process's own memory and CPU: cAdvisor has none of its container" : null;
}

/** `client 6000 = server 6000, nothing unanswered or interrupted`. */
export function witnesses({ client, server, unanswered, interrupted }: Reconciliation): string {
  const apart = Math.abs(client - server);
  const counts =
    apart === 0
      ? `client ${formatCount(client)} = server ${formatCount(server)}`
      : `client ${formatCount(client)}, server ${formatCount(server)} (${formatCount(apart)} apart)`;
  if (unanswered === 0 && interrupted === 0) return `${counts}, nothing unanswered or interrupted`;
  return `${counts}, ${formatCount(unanswered)} unanswered, ${formatCount(interrupted)} interrupted`;
}

export interface OrderedObjectives {
  readonly passed: readonly ReportedObjective[];
  readonly advisory: readonly ReportedObjective[];
  readonly open: readonly ReportedObjective[];
  readonly failed: readonly ReportedObjective[];
}

/** Every objective in exactly one group, each in the file's order. */
export function grouped(objectives: readonly ReportedObjective[]): OrderedObjectives {
  const gating = objectives.filter((objective) => objective.gating);
  return {
    passed: gating.filter(({ verdict }) => verdict === "pass"),
    advisory: objectives.filter((objective) => !objective.gating),
    open: gating.filter(({ verdict }) => verdict === "inconclusive" || verdict === "no-data"),
    failed: gating.filter(({ verdict }) => verdict === "fail"),
  };
}

import type { Report, ReportedObjective } from "../core/report.ts";

/** `report.json`: the contract's keys in the contract's order, two spaces, a newline at the end. */
export function renderJson(report: Report): string {
  const { schema, verdict, exitCode, service, run, objectives, validity, reconciliation, ...rest } = report;
  const ordered = {
    schema,
    verdict,
    exitCode,
    service,
    run,
    objectives: objectives.map(ordering),
    validity,
    reconciliation,
    ...rest,
  };
  return `${JSON.stringify(ordered, null, 2)}\n`;
}

function ordering(objective: ReportedObjective): ReportedObjective {
  const {
    name,
    indicator,
    gating,
    phase,
    verdict,
    limit,
    measured,
    counts,
    bound,
    confidence,
    span,
    reason,
    queries,
    ...rest
  } = objective;
  return {
    name,
    indicator,
    gating,
    phase,
    verdict,
    limit,
    measured,
    counts,
    bound,
    confidence,
    span,
    reason,
    queries,
    ...rest,
  };
}

import type { Evidence } from "../../core/evidence.ts";
import type { Report } from "../../core/report.ts";
import type { Phase, RunFile } from "../../core/run.ts";

/** Everything that a page can be made of. */
export interface Sources {
  readonly report: Report;
  /** null where there is none: a window judged without a run. */
  readonly run: RunFile | null;
  readonly evidence: Evidence | null;
  /** Why a file of the run's folder is not told of, in words. */
  readonly missing: readonly string[];
}

/** The page's style and script, as text: read by whoever may read files. */
export interface Assets {
  readonly style: string;
  readonly script: string;
}

/** What the sections read: nothing there is an empty list. */
export interface Told {
  readonly report: Report;
  readonly run: RunFile | null;
  readonly evidence: Evidence;
  readonly phases: readonly Phase[];
  /** The run's, unix seconds. */
  readonly from: number;
  readonly to: number;
  readonly missing: readonly string[];
}

const NO_EVIDENCE: Evidence = { schema: 1, phases: [], counters: [], resources: [], queries: [] };

export function toldOf({ report, run, evidence, missing }: Sources): Told {
  const seconds = (time: string) => Date.parse(time) / 1000;
  const reported = report.run.phases.map(({ name, from, to }) => ({
    name,
    from: seconds(from),
    to: seconds(to),
    quiet: run?.phases.find((phase) => phase.name === name)?.quiet ?? false,
  }));
  return {
    report,
    run,
    evidence: evidence ?? NO_EVIDENCE,
    // The evidence's are by Prometheus' clock, as everything drawn is.
    phases: evidence !== null && evidence.phases.length > 0 ? evidence.phases : reported,
    from: seconds(report.run.from),
    to: seconds(report.run.to),
    missing,
  };
}

import type { PlanFile } from "../../slo/core/plan-file.ts";
import type { Fingerprint, RunFile } from "../../slo/core/run.ts";
import type { Driven, Failure } from "./drive.ts";
import { clientCounts, countsFailure, loadFacts, phasesOf } from "./summary.ts";

/** The API's own count of the requests that the load sends; health and metrics have a port of their own. */
const SERVER_COUNTER = 'http_request_duration_seconds_count{job="api"}';

export type Timings = Readonly<Record<string, number>>;

export interface Started {
  readonly id: string;
  readonly profile: string;
  readonly from: number;
  readonly fingerprint: Fingerprint;
  readonly frontCounter: string | null;
}

/** A run of which nothing was measured. */
export function emptyRun(started: Started, failure: Failure, timings: Timings): RunFile {
  return {
    schema: 1,
    id: started.id,
    profile: started.profile,
    from: started.from,
    to: Date.now() / 1000,
    phases: [],
    client: [],
    load: [],
    serverCounter: SERVER_COUNTER,
    ...(started.frontCounter === null ? {} : { frontCounter: started.frontCounter }),
    fingerprint: started.fingerprint,
    timings,
    failure,
  };
}

/** What the generator did and saw, as the judge reads it. */
export function drivenRun(started: Started, plan: PlanFile, driven: Driven, timings: Timings): RunFile {
  const phases = phasesOf(plan, driven.summary, driven);
  const cpuOf = (name: string) => {
    const phase = phases.find((candidate) => candidate.name === name);
    return phase === undefined ? null : driven.generatorCpu(phase.from, phase.to);
  };
  const summary = driven.summary;
  return {
    ...emptyRun(started, { code: "", text: "" }, timings),
    from: driven.from,
    to: driven.to,
    phases,
    client: summary === null ? [] : clientCounts(plan, summary),
    load: summary === null ? [] : loadFacts(plan, summary, (phase) => cpuOf(phase.name)),
    failure:
      driven.failure ??
      (summary === null
        ? { code: "no-summary", text: "k6 left no summary of what it sent" }
        : countsFailure(plan, summary)),
  };
}

import type { CounterEvidence, Evidence } from "../core/evidence.ts";
import type { Report, ReportedObjective } from "../core/report.ts";
import type { RunFile } from "../core/run.ts";
import { evidence } from "./explained.ts";
import { runFile } from "./files.ts";
import { failed, failing, passing } from "./reports.ts";

interface Page {
  readonly report: Report;
  readonly run: RunFile;
  readonly evidence: Evidence;
  readonly missing: readonly string[];
}

const EVIL = `evil"'><img src=x onerror=alert(1)></script><script>alert(1)</script>&amp;\u001b[31m\u202e\u0000{{x}}`;

/** Text that would break out in every place that takes one from outside. */
export const hostileSources: Page = {
  report: {
    ...failed,
    service: EVIL,
    run: {
      ...failed.run,
      id: EVIL,
      profile: EVIL,
      phases: failed.run.phases.map((phase) => ({ ...phase, name: `${phase.name}${EVIL}` })),
    },
    objectives: [passing, failing].map((objective) => ({
      ...objective,
      name: EVIL,
      phase: EVIL,
      reason: { code: EVIL, text: EVIL },
      queries: [EVIL],
      place: { ...objective.place, file: EVIL },
    })),
    validity: [{ check: EVIL, verdict: "fail", text: EVIL }],
  },
  run: {
    ...runFile,
    client: runFile.client.map((one) => ({ ...one, phase: EVIL })),
    load: runFile.load.map((one) => ({ ...one, phase: EVIL })),
    serverCounter: EVIL,
    fingerprint: {
      gitRevision: EVIL,
      gitDirty: true,
      versions: { [EVIL]: EVIL },
      machine: { ...runFile.fingerprint.machine, os: EVIL, arch: EVIL, cpu: EVIL },
    },
    failure: { code: EVIL, text: EVIL },
  },
  evidence: {
    ...evidence,
    phases: evidence.phases.map((phase) => ({ ...phase, name: EVIL })),
    counters: evidence.counters.map((one) => ({ ...one, phase: EVIL, queries: [EVIL] })),
  },
  missing: [EVIL],
};

const NAME = "a-name-as-long-as-people-give-them";

function objectiveOf(index: number): ReportedObjective {
  const [kind, verdict] = index % 70 === 0 ? [failing, "fail" as const] : [passing, "pass" as const];
  const queries = [`http_request_duration_seconds_bucket{job="api",route="/${NAME}/${index}"}`];
  return { ...kind, ...latencyLimit, name: `${NAME}-${index}`, verdict, queries };
}

const latencyLimit = {
  indicator: "latency",
  limit: { op: "atMost", value: 0.3, unit: "s", percentile: 99 },
  measured: { value: 0.041, lower: 0.035, upper: 0.05, unit: "s" },
} as const;

/** A run of many objectives, each with so many scrapes, a second apart. */
export function longSources(objectives: number, scrapes: number): Page {
  const all = Array.from({ length: objectives }, (_, index) => objectiveOf(index));
  const from = runFile.from;
  const times = Array.from({ length: scrapes }, (_, index) => from + index);
  const [first] = evidence.counters;
  const edges = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1];
  const counts = times.slice(1).map((_, index) => 20 + (index % 7));
  const phase = { name: "steady", from, to: from + scrapes - 1, quiet: false };
  const counters = all.flatMap(({ queries }): CounterEvidence[] =>
    first === undefined
      ? []
      : [
          {
            ...first,
            queries,
            counted: { kind: "latency", form: "classic", histogram: queries[0] ?? "", edges, uniform: true },
            targets: first.targets.map((target) => ({
              ...target,
              times,
              total: counts,
              columns: edges.map(() => counts),
            })),
          },
        ],
  );
  const span = { from: new Date(from * 1000).toISOString(), to: new Date(phase.to * 1000).toISOString() };
  return {
    report: { ...failed, objectives: all, run: { ...failed.run, ...span, phases: [{ name: "steady", ...span }] } },
    run: { ...runFile, phases: [phase], to: phase.to },
    evidence: { ...evidence, phases: [phase], counters },
    missing: [],
  };
}

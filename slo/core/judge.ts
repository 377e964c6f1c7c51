import { clockChecks, inServerTime } from "./clock-correction.ts";
import type { CounterEvidence, Evidence } from "./evidence.ts";
import { resolvedQuery } from "./fetch-plan.ts";
import { type Finding, noData, reported } from "./finding.ts";
import { rfc3339 } from "./instants.ts";
import type { Scene } from "./judge-counted.ts";
import { judgeLatency } from "./judge-latency.ts";
import { judgeQuery } from "./judge-query.ts";
import { judgeRatio } from "./judge-ratio.ts";
import { judgeResource } from "./judge-resource.ts";
import type { Objective, ObjectivesFile } from "./objective.ts";
import { judgedPhases, phaseOf, phasesOf } from "./phases.ts";
import { reconcile } from "./reconcile.ts";
import {
  EXIT,
  type ExitCode,
  type Report,
  type ReportedObjective,
  type RunVerdict,
  type ValidityCheck,
} from "./report.ts";
import type { RunFile, WindowFacts } from "./run.ts";
import { selectorText } from "./selector-text.ts";
import { unreachable } from "./unreachable.ts";
import { judgeValidity, saturated } from "./validity.ts";

const ABSENT = noData(
  {
    code: "evidence-absent",
    text: "The evidence holds nothing for this objective: its selectors or its phase changed since. Fetch again.",
  },
  [],
);

function counted(evidence: Evidence, phase: string, is: (one: CounterEvidence["counted"]) => boolean) {
  return evidence.counters.find((one) => one.phase === phase && is(one.counted));
}

function find(objective: Objective, evidence: Evidence, scene: Scene): Finding {
  const { name } = scene.phase;
  switch (objective.indicator) {
    case "latency": {
      const histogram = selectorText(objective.histogram);
      const found = counted(evidence, name, (one) => one.kind === "latency" && one.histogram === histogram);
      return found === undefined ? ABSENT : judgeLatency(objective, found, scene);
    }
    case "ratio": {
      const [part, total] = [selectorText(objective.part.selector), selectorText(objective.total)];
      const found = counted(evidence, name, (one) => one.kind === "ratio" && one.part === part && one.total === total);
      return found === undefined ? ABSENT : judgeRatio(objective, found, scene);
    }
    case "resource": {
      const { service, namespace, container, resource } = objective;
      const found = evidence.resources.find(
        (one) =>
          one.phase === name &&
          one.service === service &&
          one.namespace === namespace &&
          one.container === container &&
          one.resource === resource,
      );
      return found === undefined ? ABSENT : judgeResource(objective, found, scene);
    }
    case "query": {
      const promql = resolvedQuery(objective, scene.phase);
      const found = evidence.queries.find((one) => one.phase === name && one.promql === promql);
      return found === undefined ? ABSENT : judgeQuery(objective, found, scene);
    }
  }
  return unreachable(objective);
}

function judgeObjective(
  objective: Objective,
  file: ObjectivesFile,
  run: RunFile | WindowFacts,
  evidence: Evidence,
): ReportedObjective {
  const phases = phasesOf(run);
  const found = phaseOf(objective, phases);
  switch (found.kind) {
    case "absent": {
      const text = `The run has no phase "${objective.phase}" (it has ${phases.map(({ name }) => name).join(", ") || "none"}).`;
      return reported(objective, objective.phase, noData({ code: "phase-absent", text }, []));
    }
    case "ambiguous": {
      const text = `The run has more than one phase "${objective.phase}": which one is meant cannot be told.`;
      return reported(objective, objective.phase, noData({ code: "phase-ambiguous", text }, []));
    }
    case "found": {
      const { phase } = found;
      const scene = {
        phase,
        phases,
        coverage: file.coverage,
        saturated: "window" in run ? false : saturated(run, phase),
      };
      const same = evidence.phases.some(
        ({ name, from, to }) => name === phase.name && from === phase.from && to === phase.to,
      );
      return reported(objective, phase.name, same ? find(objective, evidence, scene) : ABSENT);
    }
  }
  return unreachable(found);
}

/** fail > invalid > no-data > inconclusive > pass, over gating objectives (rule 9). */
function runVerdict(objectives: readonly ReportedObjective[], validity: readonly ValidityCheck[]): RunVerdict {
  const verdicts = new Set(objectives.filter(({ gating }) => gating).map(({ verdict }) => verdict));
  if (verdicts.has("fail")) return "fail";
  if (validity.some(({ verdict }) => verdict === "fail" || verdict === "no-data")) return "invalid";
  if (verdicts.has("no-data")) return "no-data";
  if (verdicts.has("inconclusive")) return "inconclusive";
  return verdicts.has("pass") ? "pass" : "invalid";
}

function exitCodeOf(verdict: RunVerdict): ExitCode {
  switch (verdict) {
    case "pass":
      return EXIT.met;
    case "fail":
      return EXIT.broken;
    case "invalid":
    case "no-data":
    case "inconclusive":
      return EXIT.notJudged;
  }
  return unreachable(verdict);
}

function gatingCheck(file: ObjectivesFile): readonly ValidityCheck[] {
  if (file.objectives.some(({ gating }) => gating)) return [];
  return [
    { check: "gating-objectives", verdict: "fail", text: "No objective of the file is gating, so nothing can be met." },
  ];
}

function runOf(run: RunFile | WindowFacts): Report["run"] {
  const phases = phasesOf(run).map(({ name, from, to }) => ({ name, from: rfc3339(from), to: rfc3339(to) }));
  const facts = "window" in run ? { id: null, profile: null, ...run.window } : run;
  return { id: facts.id, profile: facts.profile, from: rfc3339(facts.from), to: rfc3339(facts.to), phases };
}

/** The verdict on a run, or on a window of somebody's traffic: pure, from evidence alone. */
export function judge(file: ObjectivesFile, given: RunFile | WindowFacts, evidence: Evidence): Report {
  const run = inServerTime(given, evidence.clock);
  const objectives = file.objectives.map((objective) => judgeObjective(objective, file, run, evidence));
  const gating = file.objectives.filter((objective) => objective.gating);
  const phases = judgedPhases(gating.length === 0 ? file.objectives : gating, phasesOf(run));
  const witnesses = "window" in run ? null : reconcile(run, evidence, phases);
  const ofRun = "window" in run || witnesses === null ? [] : judgeValidity(run, evidence, phases, witnesses);
  const validity = [...gatingCheck(file), ...clockChecks(evidence.clock), ...ofRun];
  const verdict = runVerdict(objectives, validity);
  return {
    schema: 1,
    verdict,
    exitCode: exitCodeOf(verdict),
    service: file.service,
    run: runOf(run),
    objectives,
    validity,
    reconciliation: witnesses?.reconciliation ?? null,
  };
}

import type { FetchFailure } from "../fetched.ts";
import type { Objective, ObjectivesFile, RatioObjective } from "../objective.ts";
import type { PlanFile } from "../plan-file.ts";
import { type CheckExit, exitCodeOf, type Found, hopeless, ofAll, ofObjective, type PreflightCheck } from "./check.ts";
import { everywhereFinding, sameTargets } from "./everywhere.ts";
import type { Facts, SeenSeries } from "./facts.ts";
import { edgeFinding, formOf, histogramFinding } from "./histogram.ts";
import { phaseFinding, plannedPhase } from "./phase.ts";
import { queryFinding } from "./query.ts";
import { requestsFinding } from "./requests.ts";
import { keepersOf, limitFinding, resourceFinding } from "./resource.ts";
import { scrapesFinding } from "./scrapes.ts";
import { countedBy, labelsFinding, metricFinding, valuesFinding } from "./selectors.ts";
import { serverFindings } from "./server.ts";
import { type Subject, subjectsOf } from "./subjects.ts";
import { admitted, targetsFinding, targetsInUse } from "./targets.ts";

/** The preflight's answer: every check, and what the command ends with. */
export interface Preflight {
  readonly schema: 1;
  readonly exitCode: CheckExit;
  readonly service: string;
  readonly profile: string | null;
  readonly prometheus: { readonly address: string; readonly version: string | null } | null;
  readonly checks: readonly PreflightCheck[];
}

function ofLatency(objective: Objective & { indicator: "latency" }, facts: Facts): readonly Found[] {
  const { histogram } = objective;
  const form = formOf(histogram, facts);
  if (form.kind === "none") return [form.found];
  const { series } = form;
  const labels = labelsFinding(histogram, series);
  const found = [histogramFinding(form, histogram), labels];
  if (labels.verdict !== "ok") return found;
  return [...found, valuesFinding("histogram", histogram, series), edgeFinding(objective, form)];
}

function ofSelector({ role, selector }: Subject, facts: Facts): readonly Found[] {
  const series = countedBy(selector, facts);
  const metric = metricFinding(selector, series, facts);
  if (metric.verdict !== "ok") return [metric];
  const labels = labelsFinding(selector, series);
  return labels.verdict === "ok" ? [metric, labels, valuesFinding(role, selector, series)] : [metric, labels];
}

function seriesOf({ role, selector }: Subject, facts: Facts): readonly SeenSeries[] {
  if (role !== "histogram") return countedBy(selector, facts);
  const form = formOf(selector, facts);
  return form.kind === "none" ? [] : form.series;
}

/** A part is counted on its total's targets, whether it is there yet or not. */
function placeOf(subject: Subject, objective: Objective): Subject {
  const isPart = objective.indicator === "ratio" && sameTargets(subject.selector, objective.total);
  return isPart ? { ...subject, selector: objective.total } : subject;
}

/** What is read, and whether it is scraped; what has neither series nor a target that answers is not looked at further. */
function ofSubject(subject: Subject, objective: Objective, plan: PlanFile | null, facts: Facts): readonly Found[] {
  const place = placeOf(subject, objective);
  const there = seriesOf(place, facts);
  const targets = targetsFinding(place.selector, there, facts, place.everywhere);
  const known = admitted(place.selector, facts).length > 0 && targets.verdict !== "problem";
  if (seriesOf(subject, facts).length === 0 && !known) return [targets];
  const what = objective.indicator === "latency" ? ofLatency(objective, facts) : ofSelector(subject, facts);
  const inUse = targetsInUse(place.selector, there, facts);
  const scrapes = scrapesFinding(objective.indicator, inUse, plannedPhase(objective, plan), plan);
  return [...what, targets, ...(scrapes === null ? [] : [scrapes])];
}

function ofRatio(objective: RatioObjective, plan: PlanFile | null, facts: Facts): readonly Found[] {
  const found = subjectsOf(objective).flatMap((subject) => ofSubject(subject, objective, plan, facts));
  const named = found.every(({ check, verdict }) => verdict === "ok" || (check !== "metric" && check !== "labels"));
  const lacking = named ? everywhereFinding(objective, facts) : null;
  return lacking === null ? found : [...found, lacking];
}

function ofResource(
  objective: Objective & { indicator: "resource" },
  plan: PlanFile | null,
  facts: Facts,
): readonly Found[] {
  const found = resourceFinding(objective, facts);
  if (found.verdict !== "ok") return [found];
  const { looker, targets, finding } = keepersOf(objective, facts);
  const scrapes = scrapesFinding(looker, targets, plannedPhase(objective, plan), plan);
  const limit = "ofLimit" in objective && objective.ofLimit ? [limitFinding(objective, facts)] : [];
  return [found, ...limit, ...finding, ...(scrapes === null ? [] : [scrapes])];
}

function planned(objective: Objective, plan: PlanFile): readonly Found[] {
  const phase = phaseFinding(objective, plan);
  const within = plannedPhase(objective, plan);
  const counted = objective.indicator === "latency" || objective.indicator === "ratio";
  if (phase.verdict !== "ok" || within === null || !counted) return [phase];
  return [phase, requestsFinding(objective, within)];
}

function lookedAt(objective: Objective, plan: PlanFile | null, facts: Facts): readonly Found[] {
  if (facts.failure !== null) return [notAsked(facts.failure)];
  switch (objective.indicator) {
    case "latency":
      return subjectsOf(objective).flatMap((subject) => ofSubject(subject, objective, plan, facts));
    case "ratio":
      return ofRatio(objective, plan, facts);
    case "query":
      return [
        queryFinding(objective, plannedPhase(objective, plan), facts),
        ...subjectsOf(objective).flatMap((subject) => ofSubject(subject, objective, plan, facts)),
      ];
    case "resource":
      return ofResource(objective, plan, facts);
  }
}

function notAsked({ text }: FetchFailure): Found {
  return hopeless("metric", "what is judged exists", text, "see to it as the text says, and try again");
}

/** The same said twice of one objective is said once. */
function distinct(found: readonly Found[]): readonly Found[] {
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}

/** Rule 5: before the run, can it prove anything? `facts` null: only the plan is looked at. */
export function preflight(file: ObjectivesFile, plan: PlanFile | null, facts: Facts | null): Preflight {
  const server = facts === null ? [] : serverFindings(facts.server).map(ofAll);
  const usable = server.some(({ verdict }) => verdict === "problem") ? null : facts;
  const ofObjectives = file.objectives.flatMap((objective) => {
    const found = [
      ...(plan === null ? [] : planned(objective, plan)),
      ...(usable === null ? [] : lookedAt(objective, plan, usable)),
    ];
    return distinct(found).map((one) => ofObjective(objective, one));
  });
  const checks = [...server, ...ofObjectives];
  return {
    schema: 1,
    exitCode: exitCodeOf(checks),
    service: file.service,
    profile: plan?.profile ?? null,
    prometheus: facts === null ? null : { address: facts.server.address, version: facts.server.version },
    checks,
  };
}

import { type Answers, readAnswers } from "./answers.ts";
import type { ClockCorrection } from "./clock-correction.ts";
import type { CounterEvidence, Evidence, QueryEvidence, ResourceEvidence } from "./evidence.ts";
import type { Fetched } from "./fetched.ts";
import type { Objective, ObjectivesFile, Selector } from "./objective.ts";
import { judgedPhases, phaseOf } from "./phases.ts";
import { reduceCounter, reduceLatency, reduceRatio } from "./reduce-counters.ts";
import { reduceQuery } from "./reduce-queries.ts";
import { reduceResource } from "./reduce-resources.ts";
import type { Phase } from "./run.ts";
import { selectorText } from "./selector-text.ts";

interface Lists {
  readonly counters: Map<string, CounterEvidence>;
  readonly resources: Map<string, ResourceEvidence>;
  readonly queries: Map<string, QueryEvidence>;
}

function once<Value>(map: Map<string, Value>, key: readonly string[], make: () => Value): void {
  const text = JSON.stringify(key);
  if (!map.has(text)) map.set(text, make());
}

function add(lists: Lists, objective: Objective, phase: Phase, answers: Answers, fetched: Fetched): void {
  switch (objective.indicator) {
    case "latency": {
      const { histogram } = objective;
      const key = ["latency", selectorText(histogram), phase.name];
      once(lists.counters, key, () => reduceLatency(answers, histogram, phase));
      break;
    }
    case "ratio": {
      const { part, total } = objective;
      const key = ["ratio", selectorText(part.selector), selectorText(total), phase.name];
      once(lists.counters, key, () => reduceRatio(answers, part.selector, total, phase));
      break;
    }
    case "resource": {
      const { service, namespace, container, resource } = objective;
      const key = [service, namespace ?? "", container ?? "", resource, phase.name];
      once(lists.resources, key, () => reduceResource(answers, objective, resource, phase));
      break;
    }
    case "query":
      once(lists.queries, [objective.promql, phase.name], () => reduceQuery(fetched, answers, objective, phase));
      break;
    default: {
      objective satisfies never;
    }
  }
}

/**
 * What Prometheus said, reduced to exact counts and samples: enough to judge again without it. Objectives that share
 * their selectors share their evidence. `serverCounter` and `frontCounter` are the run's, parsed; they are counted in
 * every judged phase.
 */
export function reduceEvidence(
  file: ObjectivesFile,
  phases: readonly Phase[],
  fetched: Fetched,
  options: {
    readonly serverCounter?: Selector | null;
    readonly frontCounter?: Selector | null;
    readonly clock?: ClockCorrection | null;
  } = {},
): Evidence {
  const answers = readAnswers(fetched);
  const lists: Lists = { counters: new Map(), resources: new Map(), queries: new Map() };
  for (const objective of file.objectives) {
    const found = phaseOf(objective, phases);
    if (found.kind === "found") add(lists, objective, found.phase, answers, fetched);
  }
  for (const [place, counter] of [options.serverCounter, options.frontCounter].entries()) {
    if (counter == null) continue;
    for (const phase of judgedPhases(file.objectives, phases)) {
      once(lists.counters, ["counter", String(place), phase.name], () => reduceCounter(answers, counter, phase));
    }
  }
  return {
    schema: 1,
    phases,
    ...(options.clock == null ? {} : { clock: options.clock }),
    counters: [...lists.counters.values()],
    resources: [...lists.resources.values()],
    queries: [...lists.queries.values()],
  };
}

import type { Objective, ObjectivesFile } from "../objective.ts";
import { unreachable } from "../unreachable.ts";
import { countedRules, type Made } from "./counted-rules.ts";
import type { Labels } from "./labels.ts";
import { queryRules } from "./query-rules.ts";
import type { LeftOut, RuleFile, RuleGroup, RuleOptions } from "./rule-file.ts";
import { EVERY } from "./windows.ts";

/** Recording rules and alerts of an objectives file, a group each objective; what cannot be an alert, with its reason. */
export function rulesOf({ service, objectives }: ObjectivesFile, options: RuleOptions): RuleFile {
  const groups: RuleGroup[] = [];
  const leftOut: LeftOut[] = [];
  for (const objective of objectives) {
    const { name } = objective;
    const made = rulesOfOne(objective, { service, objective: name }, options);
    if (made.kind === "none") leftOut.push({ objective: name, reason: made.reason });
    else groups.push({ name: `slo ${service} ${name}`, interval: EVERY.text, rules: made.rules, notes: made.notes });
  }
  return { service, groups, leftOut };
}

function rulesOfOne(objective: Objective, labels: Labels, options: RuleOptions): Made {
  switch (objective.indicator) {
    case "latency":
    case "ratio":
      return countedRules(objective, labels, options);
    case "query":
      return queryRules(objective, labels, options);
    case "resource":
      return {
        kind: "none",
        reason:
          "its budget is for a run, from whichever source tells most; alert on the containers' own limits instead",
      };
  }
  return unreachable(objective);
}

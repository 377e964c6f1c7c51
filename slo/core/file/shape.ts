import { commonFields } from "./common.ts";
import { INDICATORS, indicatorFields } from "./indicators/fields.ts";
import type { Kind } from "./kind.ts";
import { list } from "./list.ts";
import { object, optional, required, type Values } from "./object.ts";
import { share } from "./values/share.ts";
import { objectiveName, serviceName } from "./values/word.ts";

const objectiveFields = {
  name: required(objectiveName, "read-latency", "Unique name, for reports, JUnit and files."),
  ...commonFields,
  ...indicatorFields,
};

const insideIndicator = "it belongs inside the indicator: `latency`, `ratio`, `resource` or `query`";

const objective = object("an objective", objectiveFields, [INDICATORS], {
  atMost: insideIndicator,
  atLeast: insideIndicator,
  percentile: "it belongs inside `latency`",
  histogram: "it belongs inside `latency`",
  promql: "it belongs inside `query`",
  bad: "it belongs inside `ratio`",
  good: "it belongs inside `ratio`",
  total: "it belongs inside `ratio`",
  memory: "it belongs inside `resource`",
  cpu: "it belongs inside `resource`",
  throttling: "it belongs inside `resource`",
  oomKills: "it belongs inside `resource`",
  restarts: "it belongs inside `resource`",
  namespace: "it belongs inside `resource`",
  container: "it belongs inside `resource`",
  service: "it stands at the top of the file, or inside `resource`",
});

const perObjective = "it belongs to an objective, or under `defaults`";

const fileFields = {
  service: required(serviceName, "task-api", "The service whose objectives these are."),
  coverage: optional(
    share,
    "90%",
    "Least share of a phase that evidence must cover; less is inconclusive. Default: 90%.",
  ),
  defaults: optional(
    object("`defaults`", commonFields),
    "{ phase: steady }",
    "What holds for objectives that do not say.",
  ),
  objectives: required(
    list("`objectives`", "objective", objective),
    "[{ name: … }]",
    "The objectives; all gating ones must be met.",
  ),
};

export type FileValues = Values<typeof fileFields>;
export type ObjectiveValues = Values<typeof objectiveFields>;

/** The whole objectives file. */
export const fileShape: Kind<FileValues> = object("the objectives file", fileFields, [], {
  apiVersion: "this looks like OpenSLO or Kubernetes: an objectives file starts with `service` and `objectives`",
  name: perObjective,
  phase: perObjective,
  gating: perObjective,
  confidence: perObjective,
  burst: perObjective,
});

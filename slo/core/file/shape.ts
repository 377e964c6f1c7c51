import { commonFields } from "./common.ts";
import { OF_AN_OBJECTIVE, OF_DEFAULTS, OF_THE_FILE } from "./elsewhere.ts";
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

const objective = object("an objective", objectiveFields, [INDICATORS], OF_AN_OBJECTIVE);

const fileFields = {
  service: required(serviceName, "task-api", "The service whose objectives these are."),
  coverage: optional(
    share,
    "90%",
    "Least share of a phase that evidence must cover; less is inconclusive. Default: 90%.",
  ),
  defaults: optional(
    object("`defaults`", commonFields, [], OF_DEFAULTS),
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
export const fileShape: Kind<FileValues> = object("the objectives file", fileFields, [], OF_THE_FILE);

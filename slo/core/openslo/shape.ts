import { type Kind, refine } from "../file/kind.ts";
import { list } from "../file/list.ts";
import { object, optional, required, vacant } from "../file/object.ts";
import { choice } from "../file/values/choice.ts";
import { flag } from "../file/values/flag.ts";
import { serviceName } from "../file/values/word.ts";
import { annotations } from "./annotations.ts";
import { metric } from "./metric.ts";
import { anything, label, prose, refusing, target, targetPercent, value } from "./values.ts";

export const API_VERSION = "openslo/v1";

const metadata = object("`metadata`", {
  name: required(label, "read-latency", "Name of the object: small letters, digits and -."),
  displayName: vacant(prose, "Read latency", "Name for people."),
  labels: vacant(anything, "{ team: shop }", "Labels; the judge reads none."),
  annotations: vacant(annotations, "{ proving-ground/phase: steady }", "What OpenSLO has no key for."),
});

const raw = refusing(
  "`raw` is a share computed elsewhere: there is nothing to count",
  "give `good` or `bad`, and `total`: the judge counts both itself",
);
const rawType = refusing("`rawType` goes with `raw`, which cannot be judged", "remove it");

const ratioMetric = object(
  "`ratioMetric`",
  {
    counter: vacant(flag, "true", "Whether the metrics are counters."),
    good: vacant(metric("`good`"), "{ metricSource: … }", "What is good, of the total."),
    bad: vacant(metric("`bad`"), "{ metricSource: … }", "What is bad, of the total; instead of good."),
    total: required(metric("`total`"), "{ metricSource: … }", "All, good and bad."),
    raw: vacant(raw, "", "A share computed elsewhere; not judged."),
    rawType: vacant(rawType, "", "Of raw."),
  },
  [["good", "bad"]],
);

export const sliSpecShape = object(
  "an SLI's `spec`",
  {
    description: vacant(prose, "Requests that take at most 300 ms", "For people."),
    thresholdMetric: vacant(metric("`thresholdMetric`"), "{ metricSource: … }", "A value that must meet `op` `value`."),
    ratioMetric: vacant(
      ratioMetric,
      "{ counter: true, good: { metricSource: … }, total: { metricSource: … } }",
      "A share of good.",
    ),
  },
  [["thresholdMetric", "ratioMetric"]],
  { metricSource: "it belongs inside `thresholdMetric`, `good`, `bad` or `total`" },
);

const indicator = object("`indicator`", {
  metadata: vacant(metadata, "{ name: read-latency }", "Name of the indicator."),
  spec: required(sliSpecShape, "{ ratioMetric: … }", "The indicator."),
});

const OPERATORS = ["lte", "gte", "lt", "gt"] as const;
export type Operator = (typeof OPERATORS)[number];

export const objectiveShape = object(
  "an objective",
  {
    displayName: vacant(prose, "Fast enough", "Name for people."),
    op: vacant(choice<Operator>("operator", OPERATORS), "lte", "How a threshold's value compares."),
    value: vacant(value, "0.3", "What a threshold metric is compared with."),
    target: vacant(target, "0.99", "Share that must be good."),
    targetPercent: vacant(targetPercent, "99", "Likewise, per cent."),
    timeSliceTarget: vacant(anything, "0.95", "For Timeslices."),
    timeSliceWindow: vacant(anything, "1m", "For Timeslices."),
    indicator: vacant(indicator, "{ spec: … }", "Of a composite SLO."),
    indicatorRef: vacant(label, "read-latency", "Of a composite SLO."),
    compositeWeight: vacant(anything, "1", "Of a composite SLO."),
  },
  [["target", "targetPercent"]],
  {
    objective: "write `target`, such as 0.999, or `targetPercent`, such as 99.9",
    percentile: "write `target`, such as 0.99: the indicator says what is fast enough",
    atMost: "a threshold is `op: lte` with `value`; a ratio has its `target` alone",
    atLeast: "a threshold is `op: gte` with `value`; a ratio has its `target` alone",
  },
);

type Method = "Occurrences" | "Timeslices" | "RatioTimeslices";

const budgetingMethod: Kind<Method> = refine(
  choice<Method>("budgeting method", ["Occurrences", "Timeslices", "RatioTimeslices"]),
  ({ value: method, at }, reader) => {
    if (method === "Occurrences") return method;
    const message = `\`${method}\` judges slices of time; a load test is judged by its requests`;
    const hint = "write Occurrences, or keep this SLO in a file of its own";
    reader.report("error", at, { code: "budgeting-method", message, hint });
    return undefined;
  },
);

const sloSpec = object("an SLO's `spec`", {
  description: vacant(prose, "Reads are fast", "For people."),
  service: required(serviceName, "task-api", "The service whose objective this is."),
  indicator: vacant(indicator, "{ spec: { ratioMetric: … } }", "The indicator; instead of indicatorRef."),
  indicatorRef: vacant(label, "read-latency", "Name of an SLI in this file; instead of indicator."),
  timeWindow: vacant(anything, "[{ duration: 28d, isRolling: true }]", "Of an error budget; a run has its phases."),
  budgetingMethod: required(budgetingMethod, "Occurrences", "Occurrences."),
  objectives: required(list("`objectives`", "objective", objectiveShape), "[{ target: 0.99 }]", "What must be met."),
  alertPolicies: vacant(anything, "[{ alertPolicyRef: … }]", "The judge alerts nobody."),
});

const apiVersion: Kind<string> = refine(prose, ({ value: version, at }, reader) => {
  if (version === API_VERSION) return version;
  const message = `\`${version}\` is not read: of OpenSLO's versions only ${API_VERSION} is`;
  const hint = `write the object as ${API_VERSION} has it, and apiVersion: ${API_VERSION}`;
  reader.report("error", at, { code: "other-version", message, hint });
  return undefined;
});

const head = {
  apiVersion: required(apiVersion, API_VERSION, "OpenSLO's version."),
  kind: required(prose, "SLO", "Kind of object."),
  metadata: required(metadata, "{ name: read-latency }", "Name, and what OpenSLO has no key for."),
};

const dataSource = object("a DataSource's `spec`", {
  description: vacant(prose, "Our Prometheus", "For people."),
  type: vacant(prose, "Prometheus", "Kind of data source."),
  connectionDetails: vacant(anything, "{ url: … }", "The judge takes --prometheus."),
});

export const sloShape = object("an SLO", { ...head, spec: required(sloSpec, "{ service: … }", "The SLO.") });
export const sliShape = object("an SLI", {
  ...head,
  spec: required(sliSpecShape, "{ ratioMetric: … }", "The indicator."),
});
export const dataSourceShape = object("a DataSource", {
  ...head,
  spec: required(dataSource, "{ type: Prometheus }", "The data source."),
});
/** Of what the judge has no use for, only the head is looked at. */
export const otherShape = object("an OpenSLO object", { ...head, spec: optional(anything, "{}", "Anything.") });

type Read<K> = K extends Kind<infer T> ? T : never;
export type Slo = Read<typeof sloShape>;
export type SliSpec = Read<typeof sliSpecShape>;
export type SloObjective = Read<typeof objectiveShape>;
export type RatioMetric = Read<typeof ratioMetric>;

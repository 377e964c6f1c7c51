import type { ObjectivesFile } from "../../../slo/core/objective.ts";
import { RECORDED, shareOver } from "../../../slo/core/rules/names.ts";
import { BURN_WINDOWS, burnRate, DEFAULTS } from "../../../slo/core/rules/windows.ts";
import type { Board, Panel } from "../build/spec.ts";
import { latencies, promised, ratios, thresholds } from "./queries.ts";

const OF = 'service="$service",objective=~"$objective"';
const LEGEND = "{{objective}}";

/** As the alerts have them (slo/core/rules), the shortest first. */
const WINDOWS = [
  ...new Map(BURN_WINDOWS.flatMap(({ long, short }) => [long, short]).map((one) => [one.text, one])).values(),
]
  .toSorted((a, b) => a.seconds - b.seconds)
  .map(({ text }) => text);
const ALERTED = BURN_WINDOWS.map((window) => ({ ...window, rate: burnRate(window, DEFAULTS.days) }));
const FASTEST = Math.max(...ALERTED.map(({ rate }) => rate));
const STEPS = [
  { from: 1, color: "orange" },
  { from: FASTEST, color: "red" },
] as const;

/** Service level objectives by the rules that `slo rules` makes of the objectives file. */
export function slo(objectives: ObjectivesFile): Board {
  return {
    uid: "slo",
    title: "Objectives and error budget",
    description:
      "What is promised, how fast the error budget burns, and what is left of it. Alerts go by the same recorded series.",
    tags: ["slo"],
    from: "now-6h",
    refresh: "30s",
    variables: [
      {
        name: "service",
        label: "Service",
        query: `label_values(${RECORDED.target}, service)`,
        choice: { kind: "one", first: objectives.service },
      },
      {
        name: "objective",
        label: "Objective",
        query: `label_values(${RECORDED.target}{service="$service"}, objective)`,
        choice: { kind: "all" },
      },
    ],
    rows: [
      { title: "What is left", panels: left },
      { title: "How fast it burns", panels: burn },
      { title: "What is promised, as it is", panels: now(objectives) },
    ],
  };
}

const left: readonly Panel[] = [
  {
    kind: "bars",
    title: "Error budget left",
    description:
      "Of the period's budget: 1 is all of it, below 0 it is overdrawn. Without history the period counts from the first data on.",
    unit: "percentunit",
    width: 8,
    min: 0,
    max: 1,
    base: "red",
    queries: [{ expr: `sort(${RECORDED.remaining}{${OF}})`, legend: LEGEND }],
    steps: [
      { from: 0.1, color: "orange" },
      { from: 0.5, color: "green" },
    ],
  },
  {
    kind: "time series",
    title: "Error budget left over time",
    description:
      "A steep fall is an incident; a slow one is the ordinary error rate. When it is used up, changes stop.",
    unit: "percentunit",
    width: 16,
    max: 1,
    queries: [{ expr: `${RECORDED.remaining}{${OF}}`, legend: LEGEND }],
    steps: [
      { from: 0.1, color: "orange" },
      { from: 0.5, color: "green" },
    ],
    base: "red",
  },
  {
    kind: "table",
    title: "Objectives",
    description: "Share of requests that must be good, and that may be bad.",
    unit: "percentunit",
    width: 12,
    decimals: 3,
    queries: [
      { expr: `${RECORDED.target}{${OF}}`, legend: "" },
      { expr: `${RECORDED.budget}{${OF}}`, legend: "" },
    ],
    columns: { objective: "objective", "Value #A": "must be good", "Value #B": "may be bad" },
  },
  {
    kind: "time series",
    title: "Bad requests",
    description: "Bad requests per second, by objective: slower than promised, or failed.",
    unit: "reqps",
    width: 12,
    min: 0,
    queries: [{ expr: `${RECORDED.bad}{${OF}}`, legend: LEGEND }],
  },
];

const burn: readonly Panel[] = [
  {
    kind: "time series",
    title: "Burn rate",
    description: `Share of bad requests over 5 minutes ÷ share allowed: at 1 the budget lasts just its period; at ${FASTEST} it is gone in ${Math.round((DEFAULTS.days / FASTEST) * 10) / 10} of ${DEFAULTS.days} days, and somebody is paged if it lasts.`,
    unit: "short",
    width: 12,
    min: 0,
    queries: [{ expr: `${RECORDED.burnRate}{${OF}}`, legend: LEGEND }],
    steps: STEPS,
  },
  {
    kind: "time series",
    title: "Burn rate by window",
    description: `The worst of the chosen objectives over each alert window. An alert takes both of a pair: ${ALERTED.map(
      ({ severity, long, short, rate }) => `${severity} above ${rate} over ${long.text} and ${short.text}`,
    ).join("; ")}.`,
    unit: "short",
    width: 12,
    min: 0,
    queries: WINDOWS.map((window) => ({
      expr: `max(${shareOver(window)}{${OF}} / on (service, objective) ${RECORDED.budget}{${OF}})`,
      legend: window,
    })),
    steps: STEPS,
  },
  {
    kind: "table",
    title: "Alerts on the budget",
    description: "Alerts of objectives that are pending or fire. None: the table is empty, and that is well.",
    unit: "none",
    width: 24,
    height: 6,
    queries: [{ expr: 'ALERTS{objective!="",objective=~"$objective"}', legend: "" }],
    columns: { alertname: "alert", alertstate: "state", severity: "severity", objective: "objective" },
  },
];

/** Each promise of the objectives file as a line against its limit. */
function now(objectives: ObjectivesFile): readonly Panel[] {
  return [
    ...latencies(objectives).map(
      (objective): Panel => ({
        kind: "time series",
        title: `${objective.name}: p${objective.percentile}`,
        description: `Promised: at most ${objective.atMost} s. Interpolated between the histogram's edges, for watching.`,
        unit: "s",
        width: 8,
        min: 0,
        every: "1s",
        queries: [{ expr: promised(objective), legend: `p${objective.percentile}` }],
        steps: [{ from: objective.atMost, color: "red" }],
      }),
    ),
    ...ratios(objectives).map(
      ({ name, op, limit }): Panel => ({
        kind: "time series",
        title: `${name}: share of bad requests`,
        description: `Promised: at most ${op === "atMost" ? limit : 1 - limit} of all (objective ${name}), over 5 minutes.`,
        unit: "percentunit",
        width: 8,
        min: 0,
        queries: [{ expr: `${shareOver("5m")}{service="$service",objective="${name}"}`, legend: name }],
        steps: [{ from: op === "atMost" ? limit : 1 - limit, color: "red" }],
      }),
    ),
    ...thresholds(objectives).map(
      ({ name, promql, op, limit, gating }): Panel => ({
        kind: "time series",
        title: name,
        description: `Promised: ${op === "atMost" ? "at most" : "at least"} ${limit} (objective ${name}${gating ? "" : ", advisory"}), each series of it.`,
        unit: "short",
        width: 12,
        every: "1s",
        queries: [{ expr: promql.replaceAll("$phase", "$__rate_interval"), legend: "{{instance}}" }],
        base: op === "atMost" ? "green" : "red",
        steps: [{ from: limit, color: op === "atMost" ? "red" : "green" }],
      }),
    ),
  ];
}

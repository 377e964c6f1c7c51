import type { Board, Panel } from "../build/spec.ts";
import { failures, RUN, sides } from "./k6-answers.ts";
import { rate, sumBy } from "./queries.ts";

/** What the phase under way offers; k6 sends a gauge only while it changes, and the last phase's would linger. */
const OFFERED = `k6_offered_rate{${RUN}} and (time() - timestamp(k6_offered_rate{${RUN}}) < 10)`;
const ACHIEVED = sumBy("", rate(`k6_http_reqs_total{${RUN}}`));

/** A load test as it runs: what was offered, what was achieved, and whether client and server tell the same story. */
export function k6(): Board {
  return {
    uid: "k6-run",
    title: "k6 run",
    description:
      "A load as it runs: offered against achieved, client against server. The verdict is the report's; this is for watching.",
    tags: ["k6"],
    from: "now-5m",
    refresh: "5s",
    variables: [{ name: "run", label: "Run", query: "label_values(k6_vus, testid)", choice: { kind: "all" } }],
    rows: [
      { title: "The load", panels: load },
      { title: "Client against server", panels: sides },
      { title: "What went wrong", panels: failures },
      { title: "The generator", panels: generator },
    ],
  };
}

const load: readonly Panel[] = [
  {
    kind: "states",
    title: "Phase",
    description: "Which phase of the profile is under way. The same spans are annotations on every dashboard.",
    unit: "none",
    width: 24,
    height: 4,
    every: "1s",
    queries: [{ expr: `max by (phase) (${OFFERED}) * 0 + 1`, legend: "{{phase}}" }],
    texts: [{ value: "1", text: "under way", color: "blue" }],
  },
  {
    kind: "time series",
    title: "Offered against achieved",
    description:
      "Requests per second that the profile offers (dashed), that k6 began, and that were answered. Achieved below offered: the generator or the service did not keep up, and the run proves nothing.",
    unit: "reqps",
    width: 16,
    min: 0,
    every: "1s",
    queries: [
      { expr: `max(${OFFERED})`, legend: "offered" },
      { expr: sumBy("", rate(`k6_requests_started_total{${RUN}}`)), legend: "begun" },
      { expr: ACHIEVED, legend: "answered or failed" },
    ],
    dashed: "/offered/",
  },
  {
    kind: "stat",
    title: "Achieved of offered",
    description: "Answered ÷ offered, at the end of the time shown. Absent when no load is under way.",
    unit: "percentunit",
    width: 4,
    height: 8,
    decimals: 1,
    base: "red",
    every: "1s",
    queries: [{ expr: `${ACHIEVED} / max(${OFFERED})`, legend: "achieved" }],
    steps: [
      { from: 0.9, color: "orange" },
      { from: 0.95, color: "green" },
    ],
  },
  {
    kind: "stat",
    title: "Dropped journeys",
    description:
      "Journeys that k6 could not begin for want of virtual users, since the run's start. Any of them thins the load.",
    unit: "short",
    width: 4,
    height: 8,
    queries: [{ expr: `sum(k6_dropped_iterations_total{${RUN}}) or vector(0)`, legend: "dropped" }],
    steps: [{ from: 1, color: "red" }],
  },
];

const generator: readonly Panel[] = [
  {
    kind: "time series",
    title: "Virtual users",
    description:
      "Virtual users at work and made ready. At work at the most that are ready: the next journeys are dropped.",
    unit: "short",
    width: 8,
    min: 0,
    every: "1s",
    queries: [
      { expr: `max(k6_vus{${RUN}})`, legend: "at work" },
      { expr: `max(k6_vus_max{${RUN}})`, legend: "made ready" },
    ],
    dashed: "/ready/",
  },
  {
    kind: "time series",
    title: "Journeys",
    description: "Completed, and dropped before they began, per second.",
    unit: "ops",
    width: 8,
    min: 0,
    every: "1s",
    queries: [
      { expr: sumBy("", rate(`k6_iterations_total{${RUN}}`)), legend: "completed" },
      { expr: `${sumBy("", rate(`k6_dropped_iterations_total{${RUN}}`))} or vector(0)`, legend: "dropped" },
    ],
  },
  {
    kind: "time series",
    title: "Data",
    description: "Sent and received by k6, headers included.",
    unit: "Bps",
    width: 8,
    min: 0,
    every: "1s",
    queries: [
      { expr: sumBy("", rate(`k6_data_sent_total{${RUN}}`)), legend: "sent" },
      { expr: sumBy("", rate(`k6_data_received_total{${RUN}}`)), legend: "received" },
    ],
  },
];

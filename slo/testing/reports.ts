import type { Report, ReportedObjective } from "../core/report.ts";

const span = { from: "2026-11-22T16:40:10.000Z", to: "2026-11-22T16:40:40.000Z", coverage: 1 };
const place = (line: number) => ({ file: "objectives.yaml", line, column: 5 });

export const passing: ReportedObjective = {
  name: "read-latency",
  indicator: "latency",
  gating: true,
  phase: "steady",
  verdict: "pass",
  limit: { op: "atMost", value: 0.3, unit: "s", percentile: 99 },
  measured: { value: 0.041, lower: 0.035, upper: 0.05, unit: "s" },
  counts: { total: 6000, bad: 3 },
  bound: { lower: 0.000136, upper: 0.001292 },
  confidence: 0.95,
  span,
  reason: { code: "proven", text: "at most 0.129 % of requests took longer than 300 ms" },
  queries: ['http_request_duration_seconds_bucket{job="api",method="GET"}'],
  place: place(4),
};

export const failing: ReportedObjective = {
  ...passing,
  name: "errors",
  indicator: "ratio",
  verdict: "fail",
  limit: { op: "atMost", value: 0.001, unit: "ratio" },
  measured: { value: 0.0342, lower: 0.0342, upper: 0.0342, unit: "ratio" },
  counts: { total: 12_000, bad: 410 },
  bound: { lower: 0.0315, upper: 0.037 },
  reason: {
    code: "broken",
    text: "410 of 12 000 requests are bad, 3.42 %: even the lower bound of 3.15 % is above 0.1 %",
  },
  queries: ['http_request_duration_seconds_count{job="api",status_code=~"5.."}'],
  place: place(6),
};

export const inconclusive: ReportedObjective = {
  ...passing,
  name: "write-latency",
  verdict: "inconclusive",
  counts: { total: 120, bad: 0, badAtMost: 4 },
  bound: { lower: 0, upper: 0.0247 },
  measured: { value: null, lower: null, upper: 0.25, unit: "s" },
  reason: { code: "too-few", text: "120 requests cannot prove p99: 299 without a slow one would" },
  place: place(8),
};

export const noData: ReportedObjective = {
  ...passing,
  name: "pool-wait",
  indicator: "query",
  verdict: "no-data",
  limit: { op: "atMost", value: 2, unit: "number" },
  measured: null,
  counts: null,
  bound: null,
  confidence: null,
  span: null,
  reason: { code: "empty", text: "the query gave no series" },
  queries: ["max_over_time(db_pool_waiting[30s])"],
  place: place(10),
};

export const observed: ReportedObjective = {
  ...passing,
  name: "api-memory",
  indicator: "resource",
  gating: false,
  limit: { op: "atMost", value: 268_435_456, unit: "bytes" },
  measured: { value: 190_840_832, lower: 190_840_832, upper: null, unit: "bytes" },
  counts: null,
  bound: null,
  confidence: null,
  reason: {
    code: "sampled",
    text: "the highest sample of the process's RSS is below the limit; peaks between scrapes are not seen",
  },
  queries: ['process_resident_memory_bytes{job="api"}'],
  place: place(12),
};

export const passed: Report = {
  schema: 1,
  verdict: "pass",
  exitCode: 0,
  service: "task-api",
  run: {
    id: "20261122-164000-ab12",
    profile: "average",
    from: "2026-11-22T16:40:00.000Z",
    to: "2026-11-22T16:40:42.000Z",
    phases: [
      { name: "warmup", from: "2026-11-22T16:40:00.000Z", to: "2026-11-22T16:40:10.000Z" },
      { name: "steady", from: "2026-11-22T16:40:10.000Z", to: "2026-11-22T16:40:40.000Z" },
    ],
  },
  objectives: [passing, { ...observed, gating: true }],
  validity: [
    { check: "offered-rate", verdict: "pass", text: "100 % of the offered rate was achieved" },
    { check: "generator", verdict: "skip", text: "not measured here" },
  ],
  reconciliation: { client: 6000, server: 6000, unanswered: 0, interrupted: 0 },
};

export const failed: Report = {
  ...passed,
  verdict: "fail",
  exitCode: 1,
  objectives: [failing, passing, inconclusive, noData, { ...observed, verdict: "fail" }],
  reconciliation: { client: 12_012, server: 12_000, unanswered: 10, interrupted: 2 },
};

export const notJudged: Report = {
  ...passed,
  verdict: "inconclusive",
  exitCode: 3,
  objectives: [passing, inconclusive],
};

export const withoutData: Report = {
  ...passed,
  verdict: "no-data",
  exitCode: 3,
  run: { id: null, profile: null, from: passed.run.from, to: passed.run.to, phases: [] },
  objectives: [noData],
  validity: [],
  reconciliation: null,
};

const away = { code: "unreachable", text: "cannot reach Prometheus at http://localhost:9090: connection refused" };

export const unreached: Report = {
  ...withoutData,
  objectives: [
    { ...noData, reason: away },
    { ...passing, verdict: "no-data", measured: null, counts: null, bound: null, span: null, reason: away },
  ],
};

export const invalid: Report = {
  ...passed,
  verdict: "invalid",
  exitCode: 3,
  validity: [
    {
      check: "offered-rate",
      verdict: "fail",
      text: "81 % of the offered rate was achieved: the generator could not keep up",
    },
    { check: "restarts", verdict: "no-data", text: "api:3000 tells no process start" },
    { check: "unexpected", verdict: "pass", text: "none" },
  ],
};

/** Everything in it that could break out of where it is shown. */
export const hostile: Report = {
  ...failed,
  service: "a<b>&\"'|`*_[x](y) @team",
  objectives: [
    {
      ...failing,
      name: "evil\u001b[31m\r\n| name",
      reason: { code: "x\u0000y", text: "]]> <script>\u202eoops\u0007\n# head" },
    },
    { ...failing, name: "evil\u001b[31m\r\n| name" },
  ],
  validity: [{ check: "a|b", verdict: "fail", text: "<img src=x>\u009b2J" }],
};

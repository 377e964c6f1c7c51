import { describe, expect, it } from "vitest";
import { errors, fileOf, latency, query, resource, selector } from "../fixtures/scene.ts";
import type { Objective } from "../objective.ts";
import type { PlanFile } from "../plan-file.ts";
import type { CheckName } from "./check.ts";
import type { Facts, SeenSeries, SeenTarget, ServerFacts } from "./facts.ts";
import { API, BUCKETS, FACTS, PLAN, seen } from "./fixtures.ts";
import { preflight } from "./preflight.ts";

interface Scene {
  readonly objective?: Objective;
  readonly facts?: Partial<Facts>;
  readonly plan?: PlanFile | null;
}

/** What is amiss, a line a check: `verdict exit check: expected; actual; advice`. */
function amiss({ objective = latency(), facts = {}, plan = PLAN }: Scene): string[] {
  const { checks } = preflight(fileOf(objective), plan, { ...FACTS, ...facts });
  return checks
    .filter(({ verdict }) => verdict !== "ok")
    .map(
      ({ verdict, exitCode, check, expected, actual, advice }) =>
        `${verdict} ${exitCode} ${check}: ${expected}; ${actual}; ${advice}`,
    );
}

const labels = (objective: Objective): CheckName[] =>
  preflight(fileOf(objective), PLAN, FACTS).checks.map(({ check }) => check);

const target = (change: Partial<SeenTarget>): Partial<Facts> => ({ targets: [{ ...API, ...change }] });
const server = (change: Partial<ServerFacts>): Partial<Facts> => ({ server: { ...FACTS.server, ...change } });
const series = (...more: SeenSeries[]): Partial<Facts> => ({ series: more });
const steady = (change: object): PlanFile => ({
  ...PLAN,
  phases: PLAN.phases.map((phase) => (phase.name === "steady" ? { ...phase, ...change } : phase)),
});
const histogram = (text: string) => latency({ histogram: selector(text) });
const bad = (text: string) => errors({ part: { kind: "bad", selector: selector(text) } });
const good = (text: string) => errors({ part: { kind: "good", selector: selector(text) }, op: "atLeast", limit: 0.99 });

it("looks at the plan alone where there is no Prometheus", () => {
  const { prometheus, checks, exitCode } = preflight(fileOf(latency(), query()), PLAN, null);
  expect({ prometheus, exitCode }).toEqual({ prometheus: null, exitCode: 0 });
  expect(checks.map(({ check }) => check)).toEqual(["phase", "requests", "phase"]);
});

it("names 2 before 3", () => {
  const both = fileOf(latency({ name: "edge", atMost: 0.05 }), latency({ name: "phase", phase: "peak" }));
  expect(preflight(both, PLAN, FACTS).exitCode).toBe(2);
});

describe("a good system, one mutation, the exact message", () => {
  it.each<[string, Objective, CheckName[]]>([
    [
      "latency",
      latency(),
      ["prometheus", "clock", "phase", "requests", "histogram", "labels", "values", "edge", "targets", "scrapes"],
    ],
    [
      "errors",
      errors(),
      [
        "prometheus",
        "clock",
        "phase",
        "requests",
        "metric",
        "labels",
        "values",
        "targets",
        "scrapes",
        "labels",
        "values",
      ],
    ],
    ["resource", resource(), ["prometheus", "clock", "phase", "resource", "scrapes"]],
    ["query", query(), ["prometheus", "clock", "phase", "query", "metric", "labels", "values", "targets", "scrapes"]],
  ])("nothing is amiss with %s, and each check has its label", (_name, objective, checks) => {
    expect(amiss({ objective })).toEqual([]);
    expect(labels(objective)).toEqual(checks);
  });

  it.each<[string, Scene, string[]]>([
    [
      "Prometheus is not reached",
      { facts: server({ failure: { request: "time()", code: "unreachable", text: "connection refused" } }) },
      [
        "problem 3 prometheus: Prometheus answers at http://prometheus:9090; connection refused; see that it is up and the address right",
      ],
    ],
    [
      "its clock is off",
      { facts: server({ clock: { skew: -3, uncertainty: 0.1 } }) },
      [
        "problem 3 clock: its clock is within 1 s of this machine's; 3 s behind; set both by NTP: phases are cut by the clock of whoever runs the load",
      ],
    ],
    ["its clock may be right", { facts: server({ clock: { skew: 1.2, uncertainty: 0.3 } }) }, []],
    [
      "it does not tell its time",
      { facts: server({ clock: { skew: Number.NaN, uncertainty: 0.1 } }) },
      [
        "problem 3 clock: its clock is within 1 s of this machine's; it does not tell its time; is it Prometheus, or something else?",
      ],
    ],
    ["it tells neither version nor clock", { facts: server({ version: null, clock: null }) }, []],
    [
      "its answer is cut short",
      { facts: { failure: { request: "x", code: "too-expensive", text: "too many series" } } },
      ["problem 3 metric: what is judged exists; too many series; see to it as the text says, and try again"],
    ],
    [
      "an advisory objective cannot be judged",
      { objective: latency({ gating: false, atMost: 0.05 }) },
      [
        "problem 0 edge: an edge at 50 ms; there is none: the nearest are none below and 100 ms; add the edge 0.05 to it: without it nothing can pass",
      ],
    ],
    [
      "an advisory objective is misspelt",
      { objective: { ...histogram('http_request_duration_seconds{metod="GET"}'), gating: false } },
      [
        "problem 2 labels: http_request_duration_seconds has the label metod; it has no metod, but instance, job, le, method and status_code; did you mean method?",
      ],
    ],
    [
      "two labels are nothing like any",
      { objective: histogram('http_request_duration_seconds{tenant="a",zone!="b"}') },
      [
        "problem 2 labels: http_request_duration_seconds has the labels tenant and zone; it has no tenant and zone, but instance, job, le, method and status_code; see its spelling",
      ],
    ],
    [
      "a phase that the profile has not",
      { objective: latency({ phase: "peak" }) },
      ["problem 2 phase: profile average has one phase peak; it has none of that name; its phases: warmup, steady"],
    ],
    [
      "a phase that it has twice",
      { plan: { ...PLAN, phases: [...PLAN.phases, ...PLAN.phases.slice(1)] } },
      ["problem 2 phase: profile average has one phase steady; it has 2; its phases: warmup, steady, steady"],
    ],
    ["a label is asked to be absent", { objective: histogram('http_request_duration_seconds{tenant=""}') }, []],
  ])("%s", (_name, scene, lines) => {
    expect(amiss(scene)).toEqual(lines);
  });
});

describe("metrics and values", () => {
  it.each<[string, Scene, string[]]>([
    [
      "a misspelt metric",
      {
        objective: histogram('http_request_duration_secnds{job="api"}'),
        facts: { names: ["http_request_duration_seconds_bucket", "http_requests_total"] },
      },
      [
        'problem 2 histogram: http_request_duration_secnds exists at job="api"; there is no series of it; did you mean http_request_duration_seconds?',
      ],
    ],
    [
      "one somewhat like another",
      { objective: bad('http_request_failed_total{job="api"}'), facts: { names: ["http_requests_total"] } },
      [
        'unknown 0 metric: http_request_failed_total exists at job="api"; there is no series of it; did you mean http_requests_total? Else it may come with the first request',
      ],
    ],
    [
      "one that is declared, though all is said to be there",
      { objective: bad('failures_total{job="api"}'), facts: { declared: new Set(["failures_total"]), complete: true } },
      [
        'unknown 0 metric: failures_total exists at job="api"; it is declared, without a series yet; see its spelling; else it may come with the first request',
      ],
    ],
    [
      "one that is not, where all is said to be there",
      { objective: bad('failures_total{job="api"}'), facts: { complete: true } },
      [
        'problem 2 metric: failures_total exists at job="api"; there is no series of it; see its spelling, and what the service exports',
      ],
    ],
    [
      "one that what is yet to be scraped may have",
      {
        objective: query({ promql: "queue_length" }),
        facts: { complete: true, ...target({ state: "unscraped", interval: null }), queries: new Map() },
      },
      [
        "unknown 0 query: the query returns numbers; it was not tried; Prometheus was not asked",
        "unknown 0 metric: queue_length exists; there is no series of it; see its spelling; else it may come with the first request",
        "unknown 0 targets: every target in use is scraped, and `up`; not scraped yet, but answering: api api-1; Prometheus takes some seconds after its start; the judge tells if it never comes",
        "unknown 0 scrapes: the interval between scrapes; not known yet; two scrapes tell it: try again later",
      ],
    ],
    [
      "what each scrape writes",
      {
        objective: query({ promql: 'scrape_duration_seconds{job="api"}' }),
        facts: { complete: true, queries: new Map() },
      },
      [
        "unknown 0 query: the query returns numbers; it was not tried; Prometheus was not asked",
        'unknown 0 metric: scrape_duration_seconds exists at job="api"; there is no series of it; Prometheus writes it with each scrape: try again when it has scraped',
      ],
    ],
    [
      "a value of other case",
      { objective: histogram('http_request_duration_seconds{method="get"}'), plan: null },
      [
        'problem 2 values: series match http_request_duration_seconds{method="get"}; none has method="get"; there is GET and POST; did you mean method="GET"?',
      ],
    ],
    [
      "a value like another",
      { objective: histogram('http_request_duration_seconds{method="POSTS"}'), plan: null },
      [
        'unknown 0 values: series match http_request_duration_seconds{method="POSTS"}; none has method="POSTS"; there is GET and POST; did you mean method="POST"? Else it may come with the first such request',
      ],
    ],
    [
      "a pattern that fits nothing",
      { objective: histogram('http_request_duration_seconds{method=~"P.T"}'), plan: null },
      [
        'unknown 0 values: series match http_request_duration_seconds{method=~"P.T"}; none has method=~"P.T"; there is GET and POST; see its spelling; else it may come with the first such request',
      ],
    ],
    [
      "matchers that exclude each other",
      { objective: histogram('http_request_duration_seconds{method="GET",status_code="201"}') },
      [
        'unknown 0 values: series match http_request_duration_seconds{method="GET",status_code="201"}; each matcher alone matches, together they match none; see whether they exclude each other; else it may come with the first such request',
      ],
    ],
    [
      "good ones that are not there yet",
      { objective: good('http_request_duration_seconds_count{job="api",status_code="204"}') },
      [
        'unknown 0 values: series match http_request_duration_seconds_count{job="api",status_code="204"}; none has status_code="204"; there is 200 and 201; did you mean status_code="200"? Else it may come with the first such request',
      ],
    ],
  ])("%s", (_name, scene, lines) => {
    expect(amiss(scene)).toEqual(lines);
  });
});

describe("histograms and their edges", () => {
  const base = "http_request_duration_seconds";
  const native = (layout: readonly [number, number][]): SeenSeries => ({
    ...seen(base, { method: "GET" }),
    native: layout.map(([lower, upper]) => ({ lower, upper, closed: false })),
  });

  it.each<[string, Scene, string[]]>([
    [
      "a summary",
      { facts: series(seen(base, { method: "GET", quantile: "0.99" })) },
      [
        `problem 2 histogram: ${base} is a histogram; it is a summary; its quantiles were made inside the service and cannot be judged: export a histogram instead`,
      ],
    ],
    [
      "a counter",
      { facts: series(seen(base, { method: "GET" })) },
      [
        `problem 2 histogram: ${base} is a histogram; it is a counter or a gauge, without buckets; name a histogram of durations in seconds`,
      ],
    ],
    [
      "one without buckets",
      { facts: series(seen(`${base}_count`, { method: "GET" })) },
      [
        `problem 2 histogram: ${base} is a histogram; there are ${base}_count and no buckets; let the service export them (Micrometer: percentiles-histogram), or judge a histogram`,
      ],
    ],
    [
      "a limit between two edges",
      { objective: latency({ atMost: 0.5 }) },
      [
        "unknown 0 edge: an edge at 500 ms; there is none: the nearest are 300 ms and 1 s; add the edge 0.5 to it: without it a pass is proven only by 300 ms, a breach only by 1 s, and between them it is inconclusive",
      ],
    ],
    [
      "a limit above the last edge",
      { objective: latency({ atMost: 2 }) },
      [
        "unknown 0 edge: an edge at 2 s; there is none: the nearest are 1 s and none above; add the edge 2 to it: without it a pass is proven only by 1 s, a breach is never proven, and between them it is inconclusive",
      ],
    ],
    [
      "one label set without the edge",
      {
        objective: latency({ histogram: selector(base) }),
        facts: series(...BUCKETS.filter(({ labels: { le, method } }) => le !== "0.3" || method !== "GET")),
      },
      [
        "unknown 0 edge: an edge at 300 ms; there is none in 1 of 2 label sets: the nearest are 100 ms and 1 s; add the edge 0.3 to it: without it a pass is proven only by 100 ms, a breach only by 1 s, and between them it is inconclusive",
      ],
    ],
    [
      "a native one with the edge",
      {
        facts: series(
          native([
            [0.1, 0.3],
            [0.3, 0.5],
          ]),
        ),
      },
      [],
    ],
    [
      "a native one whose bucket spans the limit",
      { facts: series(native([[0.25, 0.5]])) },
      [
        "unknown 0 edge: an edge at 300 ms; a bucket spans it: the nearest are 250 ms and 500 ms; keep classic buckets with the edge 0.3 beside it, or set the limit to an edge (250 ms, 500 ms): no schema of exponential buckets has one there, a finer one leaves less open",
      ],
    ],
    [
      "a native one without a request",
      { facts: series(native([])) },
      ["unknown 0 edge: an edge at 300 ms; no bucket next to it holds anything yet; what the load brings will tell"],
    ],
    [
      "a total that is a native one's count",
      { objective: errors(), facts: series({ ...native([]), labels: { ...API.labels, status_code: "200" } }) },
      [],
    ],
  ])("%s", (_name, scene, lines) => {
    expect(amiss(scene)).toEqual(lines);
  });
});

describe("targets and scrapes", () => {
  it.each<[string, Scene, string[]]>([
    [
      "a target that is down",
      { facts: target({ state: "down" }) },
      [
        "problem 3 targets: every target in use is scraped, and `up`; down: api api-1; start it, or see its error on Prometheus' page /targets",
      ],
    ],
    [
      "one that is down, without a series, and why",
      { facts: { ...target({ state: "down", why: "connection refused" }), series: [] } },
      [
        "problem 3 targets: every target in use is scraped, and `up`; down: api api-1 (connection refused); start it, or see its error on Prometheus' page /targets",
      ],
    ],
    [
      "many that are down, some without a name",
      {
        facts: {
          targets: [
            ...[1, 2, 3, 4, 5, 6, 7, 8].map((one) => ({
              ...API,
              state: "down" as const,
              labels: { job: "api", instance: `api-${one}` },
            })),
            { ...API, state: "gone" as const, labels: {} },
          ],
        },
      },
      [
        "problem 3 targets: every target in use is scraped, and `up`; down: api api-1, api api-2, api api-3, api api-4, api api-5, api api-6 and 2 more; start it, or see its error on Prometheus' page /targets",
      ],
    ],
    [
      "one without a name that is no longer scraped",
      { facts: { targets: [{ ...API, state: "gone", labels: {} }], series: [] } },
      [
        "problem 3 targets: every target in use is scraped, and `up`; a target without job and instance: no longer scraped; see Prometheus' own page /targets",
      ],
    ],
    [
      "one that is no longer scraped",
      { facts: target({ state: "gone" }) },
      [
        "problem 3 targets: every target in use is scraped, and `up`; api api-1: no longer scraped; see Prometheus' own page /targets",
      ],
    ],
    [
      "one that is gone beside one that is up",
      { facts: { targets: [{ ...API, state: "gone", labels: { job: "api", instance: "api-0" } }, API] } },
      [],
    ],
    [
      "series without an `up`",
      { facts: target({ labels: { job: "other", instance: "" } }) },
      [
        "problem 3 targets: an `up` series with the job and instance of what is judged; its series have none, so a pass is not possible; pushed or federated series cannot be told from missed ones: let Prometheus scrape the service itself",
      ],
    ],
    [
      "nothing scraped at all",
      { facts: { targets: [], series: [] } },
      [
        "unknown 0 targets: targets that Prometheus scrapes; it has scraped none in the last 5 minutes; Prometheus may just have started: try again in some seconds",
      ],
    ],
    [
      "a misspelt job",
      { objective: histogram('http_request_duration_seconds{job="apu"}') },
      [
        'problem 2 targets: a target that http_request_duration_seconds{job="apu"} does not exclude; no target has job="apu"; there is api; did you mean job="api"?',
      ],
    ],
    [
      "a job of another name",
      { objective: histogram('http_request_duration_seconds{job="billing"}') },
      [
        'problem 3 targets: a target that http_request_duration_seconds{job="billing"} does not exclude; no target has job="billing"; there is api; let Prometheus scrape it, or mend the matcher',
      ],
    ],
    [
      "a pattern of jobs",
      { objective: histogram('http_request_duration_seconds{job=~"bill.*"}') },
      [
        'problem 3 targets: a target that http_request_duration_seconds{job=~"bill.*"} does not exclude; no target has job=~"bill.*"; there is api; let Prometheus scrape it, or mend the matcher',
      ],
    ],
    [
      "a job that is yet to be scraped",
      { objective: histogram('http_request_duration_seconds{job="billing"}'), facts: target({ state: "unscraped" }) },
      [
        'unknown 0 targets: a target that http_request_duration_seconds{job="billing"} does not exclude; no target has job="billing"; there is api yet; Prometheus has not scraped anything yet',
      ],
    ],
    [
      "labels that no target has together",
      {
        objective: histogram('http_request_duration_seconds{job="api",instance="b-1"}'),
        facts: { targets: [API, { ...API, labels: { job: "b", instance: "b-1" } }] },
      },
      [
        'problem 3 targets: a target that http_request_duration_seconds{instance="b-1",job="api"} does not exclude; Prometheus scrapes none with these labels; see Prometheus\' own page /targets',
      ],
    ],
    [
      "scrapes too rare for the phase, in pauses too short for them",
      { facts: target({ interval: 15 }), plan: steady({ duration: 29 }) },
      [
        "problem 3 scrapes: at least 5 scrapes in steady; a scrape every 15 s: 1 scrape in steady (29 s); scrape every 5.8 s or more often, or make steady at least 75 s long",
      ],
    ],
    [
      "few scrapes",
      { facts: target({ interval: 10 }) },
      [
        "unknown 0 scrapes: at least 5 scrapes in steady; a scrape every 10 s: 3 scrapes in steady (30 s); scrape every 6 s or more often: what happens between scrapes is not seen",
      ],
    ],
    [
      "rare scrapes in long pauses: counts are exact, gauges are not",
      { facts: target({ interval: 16 }), plan: steady({ offset: 50 }) },
      [
        "unknown 0 scrapes: at least 5 scrapes in steady; a scrape every 16 s: 1 scrape in steady (30 s); scrape every 6 s or more often, or make steady at least 80 s long",
      ],
    ],
    [
      "rare scrapes of a gauge",
      { objective: resource(), facts: target({ interval: 16 }), plan: steady({ offset: 50 }) },
      [
        "problem 3 scrapes: at least 5 scrapes in steady; a scrape every 16 s: 1 scrape in steady (30 s); scrape every 6 s or more often, or make steady at least 80 s long",
      ],
    ],
    [
      "a pause too short for two scrapes",
      { facts: target({ interval: 2 }) },
      [
        "unknown 0 scrapes: 2 scrapes in each pause around steady; a scrape every 2 s, a pause of 3 s; pause at least 4 s after the drain, or scrape more often: else the scrapes that cross its edges count in part",
      ],
    ],
    ["the same where nothing is said to pause", { facts: target({ interval: 2 }), plan: steady({ quiet: false }) }, []],
    ["no plan to hold it against", { facts: target({ interval: 600 }), plan: null }, []],
  ])("%s", (_name, scene, lines) => {
    expect(amiss(scene)).toEqual(lines);
  });
});

describe("resources and queries", () => {
  const container = (
    labels: Readonly<Record<string, string>>,
    metric = "container_memory_working_set_bytes",
  ): SeenSeries => ({
    metric,
    labels: { id: "/docker/1", ...labels },
    value: 0,
    native: null,
  });
  const told = (answer: unknown) => ({
    queries: new Map([["max_over_time(db_pool_waiting[30000ms])", answer]]) as Facts["queries"],
  });

  it.each<[string, Scene, string[]]>([
    ["cAdvisor's account", { objective: resource(), facts: series(container({ container: "api" })) }, []],
    [
      "a share of a limit that is set",
      {
        objective: resource({ ofLimit: true, atMost: 0.8 }),
        facts: series(container({ container: "api" }), {
          ...container({ container: "api" }, "container_spec_memory_limit_bytes"),
          value: 1e9,
        }),
      },
      [],
    ],
    [
      "a share of a limit that is not set",
      {
        objective: resource({ ofLimit: true, atMost: 0.8 }),
        facts: series(
          container({ container: "api", pod: "api-0" }),
          container({ container: "api" }, "container_spec_memory_limit_bytes"),
        ),
      },
      [
        "problem 3 limit: a memory limit of api's containers; none is set of api-0; set it, or write the budget in units of its own",
      ],
    ],
    [
      "a share of a limit where there is no container",
      { objective: resource({ ofLimit: true, atMost: 0.8 }) },
      [
        "problem 3 limit: a memory limit of api's containers; no container of it is known, and a process has no limit; run cAdvisor, or write the budget in units of its own",
      ],
    ],
    [
      "an account of another service",
      {
        objective: resource({ service: "billing" }),
        facts: series(container({ container: "bills" }, "container_start_time_seconds")),
      },
      [
        'problem 3 resource: an account of billing\'s memory; no container of that name, and no process with job="billing" that exports process_resident_memory_bytes; there is bills and api; else run cAdvisor, or let the service export it',
      ],
    ],
    [
      "a misspelt service",
      { objective: resource({ service: "aip", resource: "cpu" }) },
      [
        'problem 2 resource: an account of aip\'s cpu; no container of that name, and no process with job="aip" that exports process_cpu_seconds_total; did you mean service: api?',
      ],
    ],
    [
      "a service before the first scrape",
      { objective: resource({ service: "billing" }), facts: { series: [], targets: [] } },
      [
        'unknown 0 resource: an account of billing\'s memory; no container of that name, and no process with job="billing" that exports process_resident_memory_bytes; Prometheus has not scraped anything yet',
      ],
    ],
    [
      "a query that Prometheus refuses",
      {
        objective: query(),
        facts: told({ kind: "failure", failure: { request: "q", code: "bad-query", text: "no" } }),
      },
      ["problem 2 query: the query returns numbers; no; mend the query"],
    ],
    [
      "a query that it cannot answer",
      {
        objective: query(),
        facts: told({ kind: "failure", failure: { request: "q", code: "timeout", text: "late" } }),
      },
      ["problem 3 query: the query returns numbers; late; see to it as the text says, and try again"],
    ],
    [
      "a recorded series and one without a name are not looked for",
      {
        objective: query({ promql: 'job:x:rate5m / {__name__=~"y|z"} + {"db_pool_waiting"}' }),
        facts: {
          queries: new Map([
            ['job:x:rate5m / {__name__=~"y|z"} + {"db_pool_waiting"}', { kind: "values", values: [1], remarks: [] }],
          ]),
        },
      },
      [],
    ],
    [
      "a query without a result",
      { objective: query(), facts: told({ kind: "values", values: [], remarks: ["metric might not be a counter"] }) },
      [
        "unknown 0 query: the query returns numbers; it returns nothing now; Prometheus remarks: metric might not be a counter; what it reads may come with the load; else there will be no data",
      ],
    ],
    [
      "a query that Prometheus doubts",
      { objective: query(), facts: told({ kind: "values", values: [1], remarks: ["not a counter"] }) },
      [
        "unknown 0 query: the query returns numbers; 1 series now; Prometheus remarks: not a counter; see that it means what it should",
      ],
    ],
    [
      "a query whose result is NaN",
      { objective: query(), facts: told({ kind: "values", values: [Number.NaN], remarks: [] }) },
      [
        "unknown 0 query: the query returns numbers; it returns NaN now; 0/0 without traffic is NaN; under load it must not be",
      ],
    ],
  ])("%s", (_name, scene, lines) => {
    expect(amiss(scene)).toEqual(lines);
  });
});

import { describe, expect, it } from "vitest";
import { errors, query, selector } from "../fixtures/scene.ts";
import { amiss, bad, histogram, type Scene, series, target } from "./fixtures/amiss.ts";
import { BUCKETS } from "./fixtures/system.ts";

describe("what is written otherwise than it is", () => {
  it.each<[string, Scene, string[]]>([
    [
      "a misspelt counter",
      {
        objective: bad('failurs_total{job="api",instance="api-1"}'),
        facts: { names: ["failures_total"] },
      },
      [
        'problem 2 metric: failurs_total exists at job="api",instance="api-1"; there is no series of it; did you mean failures_total?',
      ],
    ],
    [
      "one somewhat like two others",
      {
        objective: bad('requests_lost_total{job="api"}'),
        facts: { names: ["requests_failed_total", "requests_fatal_total"], complete: true },
      },
      [
        'problem 2 metric: requests_lost_total exists at job="api"; there is no series of it; did you mean requests_fatal_total or requests_failed_total? see its spelling, and what the service exports',
      ],
    ],
    [
      "one of any target, where all is said to be there",
      {
        objective: query({ promql: "failures_total" }),
        facts: { complete: true, queries: new Map([["failures_total", { kind: "values", values: [1], remarks: [] }]]) },
      },
      [
        "problem 2 metric: failures_total exists; there is no series of it; see its spelling, and what the service exports",
      ],
    ],
    [
      "one of a page that is yet to be scraped, where all is said to be there",
      {
        objective: bad('failures_total{job="api"}'),
        facts: { complete: true, ...target({ state: "unscraped" }) },
      },
      [
        "unknown 0 targets: every target in use is scraped, and `up`; not scraped yet, but answering: api api-1; Prometheus takes some seconds after its start; the judge tells if it never comes",
        'problem 2 metric: failures_total exists at job="api"; there is no series of it; see its spelling, and what the service exports',
      ],
    ],
    [
      "a count of what is no native histogram",
      { objective: bad('db_pool_waiting_count{job="api"}') },
      [
        'unknown 0 metric: db_pool_waiting_count exists at job="api"; there is no series of it; see its spelling; else it may come with the first request',
      ],
    ],
    [
      "a misspelt label of bad ones",
      { objective: bad('http_request_duration_seconds_count{job="api",status_cod=~"5.."}') },
      [
        "problem 2 labels: http_request_duration_seconds_count has the labels job and status_cod; it has no status_cod, but instance, job, method and status_code; did you mean status_code?",
      ],
    ],
    [
      "a misspelt label of all",
      { objective: errors({ total: selector('http_request_duration_seconds_count{metod="GET"}') }), plan: null },
      [
        "problem 2 labels: http_request_duration_seconds_count has the label metod; it has no metod, but instance, job, method and status_code; did you mean method?",
      ],
    ],
    [
      "a label that must not be empty",
      { objective: histogram('http_request_duration_seconds{tenant!=""}') },
      [
        "problem 2 labels: http_request_duration_seconds has the label tenant; it has no tenant, but instance, job, le, method and status_code; see its spelling",
      ],
    ],
    [
      "a label like two others, another like none",
      {
        objective: histogram('http_request_duration_seconds{zonne="a",x="b"}'),
        facts: series(...BUCKETS.map((one) => ({ ...one, labels: { ...one.labels, zone: "a", zones: "b" } }))),
      },
      [
        "problem 2 labels: http_request_duration_seconds has the labels zonne and x; it has no zonne and x, but instance, job, le, method, status_code, zone and 1 more; did you mean zone?",
      ],
    ],
    [
      "a label as like one as another",
      {
        objective: histogram('http_request_duration_seconds{zone_name="a"}'),
        facts: series(...BUCKETS.map((one) => ({ ...one, labels: { ...one.labels, zone_nams: "a", zone_naze: "b" } }))),
        plan: null,
      },
      [
        "problem 2 labels: http_request_duration_seconds has the label zone_name; it has no zone_name, but instance, job, le, method, status_code, zone_nams and 1 more; did you mean zone_nams?",
      ],
    ],
    [
      "a value that some series have no label for",
      {
        objective: histogram('http_request_duration_seconds{zone="c"}'),
        facts: series(
          ...BUCKETS.map((one, index) => (index > 3 ? one : { ...one, labels: { ...one.labels, zone: "abc" } })),
        ),
        plan: null,
      },
      [
        'unknown 0 values: series match http_request_duration_seconds{zone="c"}; none has zone="c"; there is abc; see its spelling; else it may come with the first such request',
      ],
    ],
    [
      "a pattern of other case",
      { objective: histogram('http_request_duration_seconds{method=~"get"}'), plan: null },
      [
        'unknown 0 values: series match http_request_duration_seconds{method=~"get"}; none has method=~"get"; there is GET and POST; see its spelling; else it may come with the first such request',
      ],
    ],
    [
      "none but what is excluded",
      {
        objective: histogram('http_request_duration_seconds{method!="GET"}'),
        facts: series(...BUCKETS.slice(0, 4)),
        plan: null,
      },
      [
        'unknown 0 values: series match http_request_duration_seconds{method!="GET"}; none has method!="GET"; there is GET; see its spelling; else it may come with the first such request',
      ],
    ],
    [
      "bad ones of other case",
      { objective: bad('http_request_duration_seconds_count{job="api",method="get"}') },
      [
        'unknown 0 values: series match http_request_duration_seconds_count{job="api",method="get"}; none has method="get"; there is GET and POST; did you mean method="GET"? Else it counts as zero',
      ],
    ],
    [
      "bad ones that exclude each other",
      { objective: bad('http_request_duration_seconds_count{job="api",method="GET",status_code="201"}') },
      [],
    ],
  ])("%s", (_name, scene, lines) => {
    expect(amiss(scene)).toEqual(lines);
  });
});

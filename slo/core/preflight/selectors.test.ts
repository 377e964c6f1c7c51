import { describe, expect, it } from "vitest";
import { errors, latency, query, selector } from "../fixtures/scene.ts";
import type { SeenSeries } from "./facts.ts";
import { amiss, bad, histogram, type Scene, series, target } from "./fixtures/amiss.ts";
import { API, BUCKETS, seen } from "./fixtures/system.ts";

const good = (text: string) => errors({ part: { kind: "good", selector: selector(text) }, op: "atLeast", limit: 0.99 });

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

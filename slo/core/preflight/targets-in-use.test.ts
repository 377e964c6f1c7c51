import { describe, expect, it } from "vitest";
import { errors, latency, query, resource, selector } from "../fixtures/scene.ts";
import { amiss, histogram, type Scene, target } from "./fixtures/amiss.ts";
import { API, seen } from "./fixtures/system.ts";

const DEAD = { ...API, state: "down" as const, labels: { job: "api", instance: "api-2" } };
const DOWN = (names: string) =>
  `problem 3 targets: every target in use is scraped, and \`up\`; down: ${names}; start it, or see its error on Prometheus' page /targets`;

describe("targets in use", () => {
  it.each<[string, Scene, string[]]>([
    [
      "a counter without an `up`",
      { objective: errors(), facts: target({ labels: { job: "other", instance: "" } }) },
      [
        "problem 3 targets: an `up` series with the job and instance of what is judged; its series have none, so a pass is not possible; pushed or federated series cannot be told from missed ones: let Prometheus scrape the service itself",
      ],
    ],
    [
      "a process without an `up`",
      { objective: resource(), facts: target({ labels: { job: "other", instance: "" } }) },
      [
        "problem 3 targets: an `up` series with the job and instance of what is judged; its series have none, so a pass is not possible; pushed or federated series cannot be told from missed ones: let Prometheus scrape the service itself",
      ],
    ],
    [
      "a counter of one job, beside another's that is down",
      {
        objective: errors({ total: selector("n"), part: { kind: "bad", selector: selector('n{code="5"}') } }),
        facts: {
          series: [seen("n", { code: "2" })],
          targets: [API, { ...API, state: "down", labels: { job: "b", instance: "b-1" } }],
        },
      },
      [],
    ],
    [
      "what is not there yet, where a target is down that may be another's",
      {
        objective: latency({ histogram: selector("late_seconds") }),
        facts: { targets: [API, { ...API, state: "down", labels: { job: "b", instance: "b-1" } }] },
        plan: null,
      },
      [
        "unknown 0 histogram: late_seconds exists; there is no series of it; see its spelling; else it may come with the first request",
        "unknown 0 targets: every target in use is scraped, and `up`; down: b b-1; it may be another's: name the job of what is judged, or start it, or see its error on Prometheus' page /targets",
      ],
    ],
    [
      "values that are not there yet, of a metric that another job has not, which is down",
      {
        objective: histogram('http_request_duration_seconds{method="PUT"}'),
        facts: { targets: [API, { ...API, state: "down", labels: { job: "b", instance: "b-1" } }] },
        plan: null,
      },
      [
        'unknown 0 values: series match http_request_duration_seconds{method="PUT"}; none has method="PUT"; there is GET and POST; see its spelling; else it may come with the first such request',
      ],
    ],
    [
      "a sum over any target, one of which is down",
      {
        objective: query({ promql: "sum(db_pool_waiting)" }),
        facts: {
          targets: [API, { ...API, state: "down", labels: { job: "b", instance: "b-1" } }],
          queries: new Map([["sum(db_pool_waiting)", { kind: "values", values: [1], remarks: [] }]]),
        },
      },
      [
        "problem 3 targets: every target in use is scraped, and `up`; down: b b-1; name the job in the query: without it every target counts; or start it, or see its error on Prometheus' page /targets",
      ],
    ],
    ...['sum(db_pool_waiting{job=~"api|b"})', 'max_over_time(db_pool_waiting{job=~"api|b"}[1m])'].map(
      (promql): [string, Scene, string[]] => [
        `named jobs, one of which is down: ${promql}`,
        {
          objective: query({ promql }),
          facts: {
            targets: [API, { ...API, state: "down", labels: { job: "b", instance: "b-1" } }],
            queries: new Map([[promql, { kind: "values", values: [1], remarks: [] }]]),
          },
        },
        [DOWN("b b-1")],
      ],
    ),
    [
      "a replica of the job that has series, which is down",
      { objective: histogram("http_request_duration_seconds"), facts: { targets: [API, DEAD] }, plan: null },
      [DOWN("api api-2")],
    ],
    [
      "a replica of the named job, of what is not there yet",
      { objective: histogram('late_seconds{job="api"}'), facts: { targets: [API, DEAD] }, plan: null },
      [DOWN("api api-2")],
    ],
    [
      "all that there is, of what is not there yet",
      { objective: histogram("late_seconds"), facts: { targets: [DEAD] }, plan: null },
      [DOWN("api api-2")],
    ],
    ...['sum(db_pool_waiting{job="api"})', "max_over_time(db_pool_waiting[1m])"].map(
      (promql): [string, Scene, string[]] => [
        `the same, where it is told whose it is: ${promql}`,
        {
          objective: query({ promql }),
          facts: {
            targets: [API, { ...API, state: "down", labels: { job: "b", instance: "b-1" } }],
            queries: new Map([[promql, { kind: "values", values: [1], remarks: [] }]]),
          },
        },
        [],
      ],
    ),
  ])("%s", (_name, scene, lines) => {
    expect(amiss(scene)).toEqual(lines);
  });
});

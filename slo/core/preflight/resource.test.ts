import { describe, expect, it } from "vitest";
import { events, query, resource } from "../fixtures/scene.ts";
import type { Facts, SeenSeries } from "./facts.ts";
import { amiss, type Scene, series } from "./fixtures/amiss.ts";
import { FACTS } from "./fixtures/system.ts";

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
      "a limit that bounds nothing",
      {
        objective: resource({ ofLimit: true, atMost: 0.8 }),
        facts: series(container({ container: "api", pod: "api-0" }), {
          ...container({ container: "api" }, "container_spec_memory_limit_bytes"),
          value: 2 ** 63 - 4096,
        }),
      },
      [
        "problem 3 limit: a memory limit of api's containers; none is set of api-0; set it, or write the budget in units of its own",
      ],
    ],
    [
      "containers and processes of others alone",
      {
        objective: resource({ service: "billing" }),
        facts: { series: [...FACTS.series, container({ container: "shop" })] },
      },
      [
        'problem 3 resource: an account of billing\'s memory; no container of that name, and no process with job="billing" that exports process_resident_memory_bytes; there is api; else run cAdvisor, or let the service export it',
      ],
    ],
    [
      "a container in pods that cAdvisor does not tell of",
      { objective: resource({ container: "web" }) },
      [
        "problem 3 resource: an account of api's memory; no container of that name that cAdvisor tells it of; there is nothing; else run cAdvisor, or let the service export it",
      ],
    ],
    [
      "a misspelt service, in a share of its limit",
      { objective: resource({ service: "aip", ofLimit: true, atMost: 0.8 }) },
      [
        'problem 2 resource: an account of aip\'s memory; no container of that name, and no process with job="aip" that exports process_resident_memory_bytes; did you mean service: api?',
      ],
    ],
    [
      "throttling without a quota",
      {
        objective: events({ resource: "throttling" }),
        facts: series(container({ container: "api" }, "container_cpu_usage_seconds_total")),
      },
      [
        "problem 3 resource: an account of api's throttling; cAdvisor knows its containers, but exports no container_cpu_cfs_throttled_periods_total and container_cpu_cfs_periods_total of them; it does so for containers with a CPU quota only: set one, or leave the objective out",
      ],
    ],
    [
      "memory that cAdvisor leaves out, though a process tells of it",
      {
        objective: resource(),
        facts: { series: [...FACTS.series, container({ container: "api" }, "container_cpu_usage_seconds_total")] },
      },
      [
        "problem 3 resource: an account of api's memory; cAdvisor knows its containers, but exports no container_memory_working_set_bytes and container_memory_max_usage_bytes of them; let cAdvisor export it",
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
      "a query that Prometheus doubts twice, of several series",
      { objective: query(), facts: told({ kind: "values", values: [1, 2], remarks: ["not a counter", "no gauge"] }) },
      [
        "unknown 0 query: the query returns numbers; 2 series now; Prometheus remarks: not a counter; no gauge; see that it means what it should",
      ],
    ],
    [
      "a query of which some is NaN",
      { objective: query(), facts: told({ kind: "values", values: [1, Number.NaN, 2], remarks: ["not a counter"] }) },
      [
        "unknown 0 query: the query returns numbers; it returns NaN now for 1 of 3 series; Prometheus remarks: not a counter; 0/0 without traffic is NaN; under load it must not be",
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

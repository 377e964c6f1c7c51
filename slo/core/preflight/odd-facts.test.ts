import { describe, expect, it } from "vitest";
import { fileOf, latency, resource, selector } from "../fixtures/scene.ts";
import { nearest } from "../near.ts";
import type { Objective } from "../objective.ts";
import type { Facts, SeenSeries } from "./facts.ts";
import { API, FACTS, PLAN, seen } from "./fixtures/system.ts";
import { preflight } from "./preflight.ts";
import { seenTargets } from "./seen-targets.ts";

/** What is said of one check: `verdict exit: actual; advice`. */
function said(check: string, objective: Objective, facts: Partial<Facts>): string[] {
  return preflight(fileOf(objective), PLAN, { ...FACTS, ...facts })
    .checks.filter((one) => one.check === check)
    .map(({ verdict, exitCode, actual, advice }) => `${verdict} ${exitCode}: ${actual}; ${advice}`);
}

const usage = (labels: Readonly<Record<string, string>>): SeenSeries => ({
  metric: "container_memory_working_set_bytes",
  labels,
  value: 1,
  native: null,
});
const ofLimit = resource({ ofLimit: true, atMost: 0.8 });
const started = (container: string): SeenSeries => ({
  ...usage({ id: container, container }),
  metric: "container_start_time_seconds",
});
const bucket = (le: string, route: string) =>
  seen("http_request_duration_seconds_bucket", { method: "GET", le, route });
const histogram = latency({ histogram: selector('http_request_duration_seconds{job="api",method="GET"}') });

describe("odd facts before a run", () => {
  it.each<[string, string, Objective, Partial<Facts>, string[]]>([
    [
      "a container known by its cgroup alone",
      "limit",
      ofLimit,
      { series: [usage({ container: "api", id: "/a" })] },
      ["problem 3: none is set of /a; set it, or write the budget in units of its own"],
    ],
    [
      "a container without id, name and pod",
      "limit",
      ofLimit,
      { series: [usage({ container: "api" })] },
      ["problem 3: none is set of a container; set it, or write the budget in units of its own"],
    ],
    [
      "a limit whose value was not read",
      "limit",
      ofLimit,
      {
        series: [
          usage({ name: "api", id: "/a" }),
          { ...usage({ id: "/a" }), metric: "container_spec_memory_limit_bytes", value: null },
        ],
      },
      ["problem 3: none is set of api; set it, or write the budget in units of its own"],
    ],
    [
      "containers told apart by name, and by pod",
      "resource",
      resource(),
      { series: [usage({ container: "api", name: "a" }), usage({ container: "api", pod: "b" })] },
      ["ok 0: cAdvisor's, of 2 containers; null"],
    ],
    [
      "a process, where a namespace is asked for",
      "resource",
      resource({ namespace: "shop" }),
      {},
      [
        "problem 3: no container of that name that cAdvisor tells it of; there is nothing; else run cAdvisor, or let the service export it",
      ],
    ],
    [
      "a service near in name, no slip away",
      "resource",
      resource({ service: "billing-v1" }),
      { series: [started("billing-v2"), started("")] },
      [
        'problem 3: no container of that name, and no process with job="billing-v1" that exports process_resident_memory_bytes; did you mean service: billing-v2? Else run cAdvisor, or let the service export it',
      ],
    ],
    [
      "a throttled service of another name",
      "resource",
      { ...resource({ service: "orders" }), resource: "throttling", atMost: 0.1 } as Objective,
      { series: [] },
      [
        "problem 3: no container of that name that cAdvisor tells it of; there is api; else run cAdvisor, or let the service export it",
      ],
    ],
    [
      "label sets without an edge at the limit, the one without any below first",
      "edge",
      histogram,
      { series: [bucket("0.2", "a"), bucket("1", "a"), bucket("+Inf", "a"), bucket("0.5", "b"), bucket("+Inf", "b")] },
      [
        "unknown 0: there is none: the nearest are none below and 500 ms; add the edge 0.3 to it: without it each request there may count as too slow",
      ],
    ],
    [
      "a target near in name, no slip away",
      "targets",
      latency({ histogram: selector('http_request_duration_seconds{zone="b",job="api_v1"}') }),
      {
        series: [],
        targets: [{ ...API, labels: { job: "api_v2" } }],
      },
      [
        'problem 3: no target has job="api_v1"; there is api_v2; did you mean job="api_v2"? Or let Prometheus scrape it, or mend the matcher',
      ],
    ],
    [
      "series and targets without a job",
      "targets",
      latency({ histogram: selector("h") }),
      {
        series: [{ metric: "h_bucket", labels: { le: "+Inf" }, value: 1, native: null }],
        targets: [API, { ...API, labels: { instance: "x" } }],
      },
      ["ok 0: 1 target up; null"],
    ],
  ])("%s", (_what, check, objective, facts, expected) => {
    expect(said(check, objective, facts)).toEqual(expected);
  });

  it("names equally near words in the order of their letters, and one twice", () => {
    expect(nearest("abcdef", ["abcdez", "abcdey", "abcdez"])).toEqual(["abcdey", "abcdez", "abcdez"]);
  });

  it("takes a target for down whose `up` has no sample, and lists targets by name", () => {
    const up = (instance: string, times: readonly number[]) => ({
      labels: { __name__: "up", job: "api", instance },
      times,
      values: times.map(() => 1),
    });
    const targets = seenTargets([up("b", []), up("a", [90, 95, 100]), up("c", [95, 100])], 100);
    expect(targets.map(({ labels, state }) => [labels.instance, state])).toEqual([
      ["a", "up"],
      ["b", "down"],
      ["c", "up"],
    ]);
  });
});

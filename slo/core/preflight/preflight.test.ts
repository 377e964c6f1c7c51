import { describe, expect, it } from "vitest";
import { errors, fileOf, latency, query, resource } from "../fixtures/scene.ts";
import type { Objective } from "../objective.ts";
import type { CheckName } from "./check.ts";
import { amiss, histogram, labels, type Scene, server } from "./fixtures/amiss.ts";
import { FACTS, PLAN } from "./fixtures/system.ts";
import { preflight } from "./preflight.ts";

it("looks at the plan alone where there is no Prometheus", () => {
  const { prometheus, checks, exitCode } = preflight(fileOf(latency(), query()), PLAN, null);
  expect({ prometheus, exitCode }).toEqual({ prometheus: null, exitCode: 0 });
  expect(checks.map(({ check }) => check)).toEqual(["phase", "requests", "phase"]);
});

it("looks no further at a Prometheus that does not serve, or whose clock is off", () => {
  const lost = latency({ histogram: { metric: "nothing_seconds", matchers: [] } });
  for (const facts of [
    server({ failure: { request: "time()", code: "unreachable", text: "connection refused" } }),
    server({ clock: { skew: 3, uncertainty: 0.1 } }),
  ])
    expect(amiss({ objective: lost, facts })).toHaveLength(1);
});

it("reckons with no phase that stands twice", () => {
  const plan = { ...PLAN, phases: [...PLAN.phases, ...PLAN.phases.slice(1)] };
  const { checks } = preflight(fileOf(latency()), plan, null);
  expect(checks.map(({ check }) => check)).toEqual(["phase"]);
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
    ["resource", resource(), ["prometheus", "clock", "phase", "resource", "targets", "scrapes"]],
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
    [
      "its clock is ahead",
      { facts: server({ clock: { skew: 3, uncertainty: 0.1 } }) },
      [
        "problem 3 clock: its clock is within 1 s of this machine's; 3 s ahead; set both by NTP: phases are cut by the clock of whoever runs the load",
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

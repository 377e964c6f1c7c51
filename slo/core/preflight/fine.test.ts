import { expect, it } from "vitest";
import { errors, events, fileOf, latency, OBSERVED, query, resource } from "../fixtures/scene.ts";
import { bad, fine, series, server } from "./fixtures/amiss.ts";
import { FACTS, PLAN, seen } from "./fixtures/system.ts";
import { preflight } from "./preflight.ts";

const SERVER = [
  "prometheus: Prometheus answers at http://prometheus:9090; it answers, version 3.5.3",
  "clock: its clock is within 1 s of this machine's; 100 ms ahead",
];
const PHASE = "phase: profile average has one phase steady; it has";
const TARGETS = "targets: every target in use is scraped, and `up`; 1 target up";
const SCRAPES = "scrapes: at least 5 scrapes in steady; a scrape every 1 s: 30 scrapes in steady (30 s)";
const COUNT = "http_request_duration_seconds_count";

it("says of a latency what it found", () => {
  expect(fine({})).toEqual([
    ...SERVER,
    PHASE,
    "requests: 299 without a bad one, to prove at most 1 % at 95 % confidence; 3000 requests planned in steady",
    "histogram: http_request_duration_seconds is a histogram; classic, 8 series of buckets",
    "labels: http_request_duration_seconds has the labels job and method; it has",
    'values: series match http_request_duration_seconds{job="api",method="GET"}; 4 of 8 do',
    "edge: an edge at 300 ms; there is one",
    TARGETS,
    SCRAPES,
  ]);
});

it("says of a ratio what it found", () => {
  expect(fine({ objective: errors({ confidence: OBSERVED }) })).toEqual([
    ...SERVER,
    PHASE,
    "requests: any, compared as observed without a bound; 3000 requests planned in steady",
    `metric: ${COUNT} exists; 2 series of it`,
    `labels: ${COUNT} has the label job; it has`,
    `values: series match ${COUNT}{job="api"}; 2 of 2 do`,
    TARGETS,
    SCRAPES,
    `labels: ${COUNT} has the labels job and status_code; it has`,
    `values: series match ${COUNT}{job="api",status_code=~"5.."}; none yet: zero, for as long as its total counts`,
  ]);
});

it("says of a resource and a query what it found", () => {
  expect(fine({ objective: resource() })).toEqual([
    ...SERVER,
    PHASE,
    "resource: an account of api's memory; the process's own, of 1 target",
    TARGETS,
    SCRAPES,
  ]);
  expect(fine({ objective: query(), plan: null, facts: { queries: new Map() } })).toEqual([
    ...SERVER,
    "metric: db_pool_waiting exists; 1 series of it",
    "labels: db_pool_waiting, any of it; it has",
    "values: series match db_pool_waiting; 1 of 1 do",
    TARGETS,
    "scrapes: the interval between scrapes; a scrape every 1 s",
  ]);
  expect(fine({ objective: query() })[3]).toBe("query: the query returns numbers; 1 series now");
  const two = { kind: "values", values: [1, 2], remarks: [] } as const;
  const facts = { queries: new Map([["max_over_time(db_pool_waiting[30000ms])", two]]) };
  expect(fine({ objective: query(), facts })[3]).toBe("query: the query returns numbers; 2 series now");
});

it("says what it does not know of Prometheus", () => {
  expect(fine({ facts: server({ version: null, clock: null }) })[0]).toBe(
    "prometheus: Prometheus answers at http://prometheus:9090; it answers",
  );
  expect(fine({ facts: server({ clock: { skew: -1, uncertainty: 0 } }) })[1]).toBe(
    "clock: its clock is within 1 s of this machine's; 1 s behind",
  );
});

it("tells one series from several, and a limit that is set", () => {
  const container = (metric: string, id: string) => ({ ...seen(metric, { container: "api", id }), value: 1e9 });
  const containers = ["/a", "/b"].flatMap((id) =>
    ["container_memory_working_set_bytes", "container_spec_memory_limit_bytes"].map((metric) => container(metric, id)),
  );
  expect(fine({ objective: resource({ ofLimit: true, atMost: 0.8 }), facts: series(...containers) }).slice(3)).toEqual([
    "resource: an account of api's memory; cAdvisor's, of 2 containers",
    "limit: a memory limit of api's containers; each has one",
    SCRAPES,
  ]);
  const two = ["a", "b"].map((instance) => ({
    ...seen("process_resident_memory_bytes"),
    labels: { job: "api", instance },
  }));
  expect(fine({ objective: resource(), facts: series(...two) })[3]).toBe(
    "resource: an account of api's memory; the process's own, of 2 targets",
  );
  const declared = bad(`${COUNT}{job="api",code="5"}`);
  expect(fine({ objective: declared }).at(-1)).toBe(SCRAPES);
});

it("asks a process where cAdvisor knows the service by its start alone", () => {
  const start = seen("container_start_time_seconds", { container: "api", id: "/a" });
  expect(fine({ objective: resource(), facts: { series: [...FACTS.series, start] } })[3]).toBe(
    "resource: an account of api's memory; the process's own, of 1 target",
  );
});

it("counts no name of a service as a container of it", () => {
  const started = "container_start_time_seconds";
  const known = { metric: started, labels: { container: "api" }, value: 1, native: null };
  const counted = (...labels: Readonly<Record<string, string>>[]) =>
    fine({
      objective: events(),
      facts: series(known, ...labels.map((one) => seen(started, { container: "api", ...one }))),
    })[3];
  const account = "resource: an account of api's restarts; cAdvisor's, of";
  expect(counted({ id: "/a", name: "one" })).toBe(`${account} 1 container`);
  expect(counted({ name: "a" }, { name: "b" })).toBe(`${account} 2 containers`);
  expect(counted({ pod: "a" }, { pod: "b" }, { pod: "b" })).toBe(`${account} 2 containers`);
  expect(counted()).toBeUndefined();
});

it("names the service, the profile and Prometheus", () => {
  expect(preflight(fileOf(latency()), PLAN, FACTS)).toMatchObject({
    schema: 1,
    service: "task-api",
    profile: "average",
    prometheus: { address: "http://prometheus:9090", version: "3.5.3" },
  });
  expect(preflight(fileOf(latency()), null, FACTS).profile).toBeNull();
});

import { expect, it } from "vitest";
import { errors, fileOf, latency, query, resource, selector } from "../fixtures/scene.ts";
import { namesQuery, preflightAsk } from "./asks.ts";
import { PLAN } from "./fixtures/system.ts";

const many = [
  ...Array.from({ length: 50 }, (_, index) =>
    latency({ name: `l-${index}`, histogram: selector(`http_seconds{job="api",route="/${index}"}`) }),
  ),
  ...Array.from({ length: 50 }, (_, index) =>
    errors({
      name: `e-${index}`,
      total: selector(`jobs_total{job="worker",queue="${index}"}`),
      part: { kind: "bad", selector: selector(`jobs_failed_total{job="worker",queue="${index}"}`) },
    }),
  ),
  ...Array.from({ length: 50 }, (_, index) => query({ name: `q-${index}`, promql: 'queue{job="api"}' })),
];

it("asks once for all series of the same targets, whatever their number of objectives", () => {
  expect(preflightAsk(fileOf(...many), PLAN)).toEqual({
    series: [
      '{__name__=~"http_seconds_bucket|http_seconds|http_seconds_count|queue",job="api"}',
      '{__name__=~"jobs_total|jobs_failed_total",job="worker"}',
    ],
    clocks: ['up{job="api"}', 'up{job="worker"}'],
    queries: ['queue{job="api"}'],
  });
});

it("asks for a metric of two jobs once, and for containers by each label that may name their service", () => {
  const two = ["a", "b"].map((job) => latency({ name: job, histogram: selector(`{"http.seconds",job="${job}"}`) }));
  const asked = preflightAsk(fileOf(...two, resource({ resource: "cpu" })), null);
  expect(asked.series.slice(0, 2)).toEqual([
    '{__name__=~"http\\\\.seconds_bucket|http\\\\.seconds|http\\\\.seconds_count"}',
    '{__name__=~"process_cpu_seconds_total",job="api"}',
  ]);
  const named = ["container_label_com_docker_compose_service", "container", "pod", "name"];
  const containers = asked.series.slice(2);
  expect(containers).toHaveLength(named.length + 1);
  named.forEach((label, index) => {
    expect(containers[index]).toMatch(
      new RegExp(`^\\{__name__=~"container_cpu_usage_seconds_total[^"]*",${label}=~"api`),
    );
  });
  expect(containers.at(-1)).toBe(
    "group by (__name__, container_label_com_docker_compose_service, container) (container_start_time_seconds)",
  );
  expect(asked.clocks).toEqual(['up{job="a"}', 'up{job="b"}', 'up{job="api"}', "up"]);
});

it("asks for the native histogram whose count a counter may be", () => {
  const counted = errors({
    total: selector("http_seconds_count"),
    part: { kind: "bad", selector: selector('http_seconds_count{code="500"}') },
  });
  expect(preflightAsk(fileOf(counted), null).series).toEqual(['{__name__=~"http_seconds_count|http_seconds"}']);
});

it("asks for names at the targets where one is missing", () => {
  expect(namesQuery([{ label: "job", op: "=", value: "api" }])).toBe('group by (__name__) ({__name__!="",job="api"})');
});

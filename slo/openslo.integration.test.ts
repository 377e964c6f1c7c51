import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "./core/report.ts";
import { folderWith, slo } from "./testing/command.ts";
import { type RunningServer, serveHttp } from "./testing/http.ts";
import { type RunningPrometheus, startPrometheus } from "./testing/prometheus.ts";
import { scraped } from "./testing/quiet-run.ts";
import { metricsOf, newState } from "./testing/service.ts";

const services = { healthy: newState(), faulty: newState() };
const names = Object.keys(services);

const open: {
  server?: RunningServer;
  prometheus?: RunningPrometheus;
  folder?: Awaited<ReturnType<typeof folderWith>>;
} = {};
const window = { from: 0, to: 0 };

/** Errors, and latency as the field writes it: the share of requests within a bucket. */
const openslo = (job: string) => `apiVersion: openslo/v1
kind: SLO
metadata: { name: errors }
spec:
  service: ${job}
  budgetingMethod: Occurrences
  indicator:
    metadata: { name: errors }
    spec:
      ratioMetric:
        counter: true
        bad: { metricSource: { type: prometheus, spec: { query: 'sum(rate(http_request_duration_seconds_count{job="${job}",status_code=~"5.."}[{{.window}}]))' } } }
        total: { metricSource: { type: prometheus, spec: { query: 'sum(rate(http_request_duration_seconds_count{job="${job}"}[{{.window}}]))' } } }
  objectives:
    - { target: 0.99 }
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: quick }
spec:
  service: ${job}
  budgetingMethod: Occurrences
  indicator:
    metadata: { name: quick }
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { type: prometheus, spec: { query: 'sum(rate(http_request_duration_seconds_bucket{job="${job}",le="0.3"}[{{.window}}]))' } } }
        total: { metricSource: { type: prometheus, spec: { query: 'sum(rate(http_request_duration_seconds_count{job="${job}"}[{{.window}}]))' } } }
  objectives:
    - { target: 0.95 }
`;

beforeAll(async () => {
  const server = await serveHttp(metricsOf(services));
  open.server = server;
  const jobs = names.map((job) => ({ job, target: `127.0.0.1:${server.port}`, path: `/${job}` }));
  const prometheus = await startPrometheus(jobs, "1s");
  open.prometheus = prometheus;
  open.folder = await folderWith(Object.fromEntries(names.map((job) => [`${job}.yaml`, openslo(job)])));
  await scraped(prometheus, names.length, 3);
  window.from = Date.now() / 1000;
  await scraped(prometheus, names.length, 1);
  for (const state of Object.values(services)) state.fast += 1000;
  services.faulty.failed += 100;
  await scraped(prometheus, names.length, 1);
  window.to = Date.now() / 1000;
  await scraped(prometheus, names.length, 3);
});

afterAll(async () => {
  await open.prometheus?.stop();
  await open.server?.stop();
  await open.folder?.remove();
});

async function checked(...args: readonly string[]) {
  const cwd = open.folder?.path ?? "";
  const span = ["--from", String(window.from), "--to", String(window.to)];
  const ran = await slo(["check", ...args, ...span, "--prometheus", open.prometheus?.url ?? "", "--format", "json"], {
    cwd,
  });
  expect(ran.stderr).toBe("");
  const { verdict, objectives } = JSON.parse(ran.stdout) as Report;
  return { code: ran.code, verdict, objectives: objectives.map((one) => [one.name, one.verdict, one.counts]) };
}

describe("an OpenSLO file against a real Prometheus", () => {
  it("is judged by exact counts", async () => {
    const total = services.faulty.fast + services.faulty.failed;
    expect(await checked("healthy.yaml")).toEqual({
      code: 0,
      verdict: "pass",
      objectives: [
        ["errors", "pass", { total: 1000, bad: 0 }],
        ["quick", "pass", { total: 1000, bad: 0 }],
      ],
    });
    expect(await checked("faulty.yaml")).toEqual({
      code: 1,
      verdict: "fail",
      objectives: [
        ["errors", "fail", { total, bad: services.faulty.failed }],
        ["quick", "pass", { total, bad: 0 }],
      ],
    });
  });

  it("comes to the same as what slo convert makes of it", async () => {
    const cwd = open.folder?.path ?? "";
    const converted = await slo(["convert", "faulty.yaml"], { cwd });
    expect([converted.code, converted.stderr]).toEqual([0, ""]);
    await writeFile(join(cwd, "converted.yaml"), converted.stdout);
    expect(converted.stdout).not.toContain("openslo");
    expect(await checked("converted.yaml")).toEqual(await checked("faulty.yaml"));
  });
});

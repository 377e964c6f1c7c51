import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { load, processesMentioning, readRun, runFolder } from "./lib/load.ts";

const folder = mkdtempSync(join(tmpdir(), "proving-ground-preflight-"));
afterAll(() => rmSync(folder, { recursive: true }));

function objectives(name: string, one: string): string {
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, `service: task-api\nobjectives:\n  - name: ${name}\n    ${one}\n`);
  return path;
}

const errors = (bad: string) =>
  `ratio: { bad: '${bad}', total: 'http_request_duration_seconds_count{job="api"}', atMost: 5% }`;
const latency = (histogram: string) => `latency: { histogram: '${histogram}', percentile: 90, atMost: 300ms }`;

async function refused(name: string, one: string, code: 2 | 3, text: string): Promise<string> {
  const ended = await load(["--profile", "smoke", "--objectives", objectives(name, one)]);
  expect(ended.code, ended.stderr).toBe(code);
  expect(ended.stderr).toContain(text);
  expect(ended.stderr).toContain("Nothing was put under load");
  expect(ended.stderr).not.toContain("· load");
  expect(processesMentioning(ended.results)).toEqual([]);
  return ended.results;
}

test.each([
  [
    "label",
    errors('http_request_duration_seconds_count{job="api",status_cod=~"5.."}'),
    "http_request_duration_seconds_count has the labels job and status_cod; it has no status_cod, but instance, job, method, route and status_code; did you mean status_code?",
  ],
  [
    "metric",
    latency('http_request_duration_second{job="api"}'),
    'http_request_duration_second exists at job="api"; there is no series of it; did you mean http_request_duration_seconds?',
  ],
  ["job", latency('http_request_duration_seconds{job="apii"}'), 'did you mean job="api"?'],
  [
    "nothing-like-it",
    "query: { promql: 'max_over_time(db_pool_sharks{job=\"api\"}[$phase])', atMost: 5 }",
    'db_pool_sharks exists at job="api"; there is no series of it',
  ],
])("what does not fit the running system ends before any load, with 2: %s", async (name, one, text) => {
  expect(readdirSync(await refused(name, one, 2, text))).toEqual([]);
});

test("what surely cannot be proven ends before any load, with 3", async () => {
  const one = errors('http_request_duration_seconds_count{job="api",status_code=~"5.."}').replace("5%", "0.001%");
  const results = await refused("requests", one, 3, "make steady at least");
  expect(readdirSync(runFolder(results))).not.toContain("k6.json");
  expect(readRun(results).failure?.text).toContain("make steady at least");
});

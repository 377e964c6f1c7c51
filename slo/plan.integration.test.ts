import { writeFile } from "node:fs/promises";
import type { RequestListener } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "./cli.ts";
import { preflightShape } from "./io/files/shapes/preflight.ts";
import { folderWith } from "./testing/command.ts";
import { planFile } from "./testing/files.ts";
import { type RunningServer, serveHttp } from "./testing/http.ts";
import { type RunningPrometheus, startPrometheus } from "./testing/prometheus.ts";
import { scraped } from "./testing/quiet-run.ts";
import { shopPage } from "./testing/shop.ts";

const open: {
  server?: RunningServer;
  prometheus?: RunningPrometheus;
  folder?: Awaited<ReturnType<typeof folderWith>>;
} = {};
let url = "";
let folder = "";

const pages: RequestListener = (request, response) => {
  response.setHeader("content-type", "text/plain; version=0.0.4");
  if (request.url === "/down") response.writeHead(503).end();
  else response.end(shopPage());
};

beforeAll(async () => {
  const server = await serveHttp(pages);
  open.server = server;
  const target = `127.0.0.1:${server.port}`;
  const prometheus = await startPrometheus(
    [
      { job: "shop", target, path: "/shop", instance: "shop-1" },
      { job: "down", target, path: "/down", instance: "down-1" },
    ],
    "1s",
  );
  open.prometheus = prometheus;
  url = prometheus.url;
  const short = { ...planFile.phases[0], name: "short", offset: 50, duration: 0.7, quiet: false };
  open.folder = await folderWith({
    "plan.json": JSON.stringify({ ...planFile, phases: [...planFile.phases, short] }),
  });
  folder = open.folder.path;
  await scraped(prometheus, 2, 3);
});

afterAll(async () => {
  await open.prometheus?.stop();
  await open.server?.stop();
  await open.folder?.remove();
});

const at = (limit: string, histogram = 'shop_seconds{job="shop",method="GET"}') =>
  `latency: { histogram: '${histogram}', percentile: 95, atMost: ${limit} }`;
const errors = (bad: string, total = 'requests_total{job="shop"}') =>
  `ratio: { bad: '${bad}', total: '${total}', atMost: 1% }`;
const query = (promql: string) => `query: { promql: '${promql}', atMost: 5 }`;

interface Case {
  readonly name: string;
  readonly objectives: readonly string[];
  readonly flags?: readonly string[];
  readonly code: number;
}

const CASES: readonly Case[] = [
  {
    name: "all is well; errors that never happened are zero",
    objectives: [
      at("250ms"),
      errors('requests_total{job="shop",code=~"5.."}'),
      "resource: { service: shop, memory: { atMost: 256MiB } }",
      "resource: { service: shop, cpu: { atMost: 1 } }",
      query('max_over_time(queue_length{job="shop"}[$phase])'),
    ],
    code: 0,
  },
  { name: "a misspelt label", objectives: [errors('requests_total{job="shop",cod=~"5.."}')], code: 2 },
  {
    name: "a misspelt label that excludes nothing",
    objectives: [at("250ms", 'shop_seconds{job="shop",metod!="GET"}')],
    code: 2,
  },
  { name: "a misspelt metric", objectives: [at("250ms", 'shop_second{job="shop"}')], code: 2 },
  { name: "a metric that may come yet", objectives: [errors('failures_total{job="shop"}')], code: 0 },
  {
    name: "the same, of a service that shows all it has",
    objectives: [errors('failures_total{job="shop"}')],
    flags: ["--complete"],
    code: 2,
  },
  { name: "a value of other case", objectives: [at("250ms", 'shop_seconds{job="shop",method="get"}')], code: 2 },
  { name: "a value that may come yet", objectives: [at("250ms", 'shop_seconds{job="shop",code="404"}')], code: 0 },
  { name: "a misspelt job", objectives: [at("250ms", 'shop_seconds{job="shp"}')], code: 2 },
  { name: "a job that is not there", objectives: [at("250ms", 'shop_seconds{job="warehouse"}')], code: 3 },
  {
    name: "no histograms",
    objectives: ["rpc_seconds", "requests_total", "timer_seconds"].map((name) => at("1s", `${name}{job="shop"}`)),
    code: 2,
  },
  { name: "no edge at the limit", objectives: [at("300ms"), at("2s")], code: 0 },
  { name: "no edge at or below the limit", objectives: [at("50ms")], code: 3 },
  { name: "a target that is down", objectives: [errors('x_total{job="down"}', 'requests_total{job="down"}')], code: 3 },
  { name: "too few requests", objectives: [at("250ms").replace("95", "99.9")], code: 3 },
  { name: "too few scrapes", objectives: [`phase: short\n    ${at("250ms")}`], code: 3 },
  { name: "an advisory objective that cannot be judged", objectives: [`gating: false\n    ${at("50ms")}`], code: 0 },
  {
    name: "queries: empty, NaN, doubted",
    objectives: [
      query('rate(queue_length{job="shop"}[$phase])'),
      query('max_over_time(queue_length{job="shop"}[$phase]) > 100'),
      query('0 * queue_length{job="shop"} / 0'),
    ],
    code: 0,
  },
  {
    name: "a query that Prometheus refuses",
    objectives: [query('queue_length{job="shop"} / on() shop_seconds_bucket')],
    code: 2,
  },
  { name: "a misspelt service", objectives: ["resource: { service: shpo, memory: { atMost: 256MiB } }"], code: 2 },
  { name: "an unknown service", objectives: ["resource: { service: bank, memory: { atMost: 256MiB } }"], code: 3 },
];

/** What differs from run to run, and from one Prometheus to the next. */
function steadied(text: string): string {
  return text
    .replaceAll(url, "http://prometheus:9090")
    .replace(/version [\w.+]+/g, "version 3.x")
    .replace(/a scrape every [^:]+: \d+ scrapes? in (steady|short)/g, "a scrape every 1 s: N scrapes in $1")
    .replace(/(Prometheus remarks: PromQL|Prometheus cannot evaluate the query:)[\s\S]*?\n( +do )/g, "$1 …\n$2")
    .replace(/at least \d+ s long/g, "at least N s long");
}

async function plan({ objectives, flags = [] }: Case, more: readonly string[] = []) {
  const lines = objectives.map((one, index) => `  - name: objective-${index + 1}\n    ${one}\n`);
  await writeFile(join(folder, "objectives.yaml"), `service: shop\nobjectives:\n${lines.join("")}`);
  const said = { stdout: "", stderr: "" };
  const code = await run({
    argv: ["plan", "objectives.yaml", "--plan", "plan.json", "--prometheus", url, ...flags, ...more],
    stdout: { write: (text) => (said.stdout += text) },
    stderr: { write: (text) => (said.stderr += text) },
    env: {},
    cwd: folder,
    now: () => Date.now() / 1000,
    signal: new AbortController().signal,
  });
  return { code, ...said };
}

describe("slo plan against a real Prometheus", () => {
  it("command, input, exact output, exit code", async () => {
    const shown: string[] = [];
    for (const one of CASES) {
      const { code, stdout, stderr } = await plan(one);
      const input = one.objectives.join("\n");
      const command = ["slo plan objectives.yaml --plan plan.json --prometheus URL", ...(one.flags ?? [])].join(" ");
      const [, , , ...output] = steadied(stdout).split("\n");
      shown.push(`=== ${one.name}\n${input}\n$ ${command}\n${output.join("\n")}${steadied(stderr)}exit code ${code}\n`);
    }
    await expect(shown.join("\n")).toMatchFileSnapshot("golden/plan.txt");
  });

  it.each(CASES)("$name: $code", async (one) => {
    const { code, stdout } = await plan(one, ["--format", "json"]);
    expect(preflightShape.parse(JSON.parse(stdout)).exitCode, stdout).toBe(one.code);
    expect(code).toBe(one.code);
  });
});

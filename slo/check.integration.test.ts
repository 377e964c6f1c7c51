import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "./core/report.ts";
import { reportShape } from "./io/files/shapes/report.ts";
import { folderWith, slo } from "./testing/command.ts";
import { runFile } from "./testing/files.ts";
import { type RunningServer, serveHttp } from "./testing/http.ts";
import { type RunningPrometheus, startPrometheus, until } from "./testing/prometheus.ts";
import { scraped as eachScraped } from "./testing/quiet-run.ts";
import { metricsOf, newState } from "./testing/service.ts";

const services = {
  healthy: newState(),
  faulty: newState(),
  slow: newState(),
  quiet: newState(),
  gap: newState(),
  restarted: newState(),
  killed: newState(),
};
type Name = keyof typeof services;
const names = Object.keys(services) as Name[];

const open: {
  server?: RunningServer;
  prometheus?: RunningPrometheus;
  folder?: Awaited<ReturnType<typeof folderWith>>;
} = {};
let url = "";
let folder = "";
let from = 0;
let to = 0;

const scraped = (prometheus: RunningPrometheus, times: number) => eachScraped(prometheus, names.length, times);

/** Requests, again and again, until what is waited for is there. */
async function traffic(each: () => void, waiting: Promise<void>): Promise<void> {
  let over = false;
  const end = () => {
    over = true;
  };
  waiting.then(end, end);
  for (; !over; await delay(50)) each();
  await waiting;
}

beforeAll(async () => {
  const server = await serveHttp(metricsOf(services));
  open.server = server;
  const jobs = names.map((job) => ({ job, target: `127.0.0.1:${server.port}`, path: `/${job}` }));
  const prometheus = await startPrometheus(jobs, "1s");
  open.prometheus = prometheus;
  url = prometheus.url;
  open.folder = await folderWith({});
  folder = open.folder.path;
  for (const name of names) services[name].fast = 7;
  await scraped(prometheus, 3);

  from = Date.now() / 1000;
  services.healthy.sizedAt = from + 0.3;
  // A scrape that began before the window may be answered within it: nothing counts until one lies wholly inside.
  await scraped(prometheus, 1);
  const step = () => {
    // Enough to prove an objective by few steps, where a machine makes few.
    services.healthy.fast += 100;
    services.faulty.fast += 20;
    services.faulty.failed += 1;
    services.slow.fast += 20;
    services.slow.slow += 1;
    services.gap.fast += 20;
    services.restarted.fast += 20;
  };
  services.quiet.fast += 20;
  await traffic(step, scraped(prometheus, 2));
  services.gap.answering = false;
  services.killed.answering = false;
  Object.assign(services.restarted, newState());
  const down = async () => (await prometheus.ask('max(up{job=~"gap|killed"})')) === 0;
  await traffic(step, until(down, "a scrape of each that does not answer"));
  services.gap.answering = true;
  await traffic(step, scraped(prometheus, 3));
  to = Date.now() / 1000;
  await scraped(prometheus, 3);
});

afterAll(async () => {
  await open.prometheus?.stop();
  await open.server?.stop();
  await open.folder?.remove();
});

const latency = (job: string) =>
  `{ name: latency, latency: { histogram: 'http_request_duration_seconds{job="${job}"}', percentile: 95, atMost: 300ms } }`;
const errors = (job: string, label = "status_code") =>
  `{ name: errors, ratio: { bad: 'http_request_duration_seconds_count{job="${job}",${label}=~"5.."}', total: 'http_request_duration_seconds_count{job="${job}"}', atMost: 1% } }`;

async function check(name: string, objectives: readonly string[], more: readonly string[] = []) {
  const file = `${name}.yaml`;
  await writeFile(
    join(folder, file),
    `service: ${name}\nobjectives:\n${objectives.map((one) => `  - ${one}\n`).join("")}`,
  );
  const window = ["--from", String(from), "--to", String(to)];
  const ran = await slo(["check", file, "--prometheus", url, "--format", "json", ...window, ...more], { cwd: folder });
  expect(ran.stderr).toBe("");
  return { ...ran, report: reportShape.parse(JSON.parse(ran.stdout)) };
}

const told = ({ report, code }: Awaited<ReturnType<typeof check>>) => ({
  code,
  verdict: report.verdict,
  objectives: report.objectives.map(({ name, verdict, counts }) => ({ name, verdict, counts })),
});

describe("slo check against a real Prometheus", () => {
  it("passes what is proven, by exact counts; absent errors are zero where there was traffic", async () => {
    const total = services.healthy.fast - 7;
    expect(told(await check("healthy", [latency("healthy"), errors("healthy")]))).toEqual({
      code: 0,
      verdict: "pass",
      objectives: [
        { name: "latency", verdict: "pass", counts: { total, bad: 0 } },
        { name: "errors", verdict: "pass", counts: { total, bad: 0 } },
      ],
    });
  });

  it("fails what is broken, by exact counts, though the bad series was born at 1", async () => {
    const { fast, failed } = services.faulty;
    expect(told(await check("faulty", [latency("faulty"), errors("faulty")]))).toEqual({
      code: 1,
      verdict: "fail",
      objectives: [
        { name: "latency", verdict: "pass", counts: { total: fast - 7 + failed, bad: 0 } },
        { name: "errors", verdict: "fail", counts: { total: fast - 7 + failed, bad: failed } },
      ],
    });
  });

  it("does not take a misspelt label for health", async () => {
    const result = await check("misspelt", [errors("healthy", "statuscode")]);
    expect(result.code).toBe(3);
    expect(result.report.verdict).toBe("no-data");
    expect(result.report.objectives[0]?.reason.text).toContain("statuscode");
  });

  it("does not judge by too few requests", async () => {
    const result = await check("quiet", [latency("quiet")]);
    expect(told(result)).toEqual({
      code: 3,
      verdict: "inconclusive",
      objectives: [{ name: "latency", verdict: "inconclusive", counts: { total: 20, bad: 0 } }],
    });
  });

  it("has no data for an unknown metric and an empty query", async () => {
    const result = await check("unknown", [
      "{ name: metric, latency: { histogram: 'no_such_seconds{job=\"healthy\"}', percentile: 99, atMost: 1s } }",
      "{ name: query, query: { promql: 'max_over_time(no_such_gauge[$phase])', atMost: 1 } }",
    ]);
    expect(result.code).toBe(3);
    expect(result.report.objectives.map(({ verdict }) => verdict)).toEqual(["no-data", "no-data"]);
  });

  it("evaluates queries at the window's end", async () => {
    const query = (limit: number) =>
      `{ name: queue-${limit}, confidence: observed, query: { promql: 'max_over_time(queue_length{job="healthy"}[$phase])', atMost: ${limit} } }`;
    const result = await check("query", [query(3), query(2)]);
    expect(result.code).toBe(1);
    expect(result.report.objectives.map(({ verdict, measured }) => [verdict, measured?.value])).toEqual([
      ["pass", 3],
      ["fail", 3],
    ]);
  });

  it.each([
    ["killed", "coverage"],
    ["gap", "target-down"],
    ["restarted", "target-restarted"],
  ])("withdraws a query's pass, never its fail, where the target was %s half-way", async (job, code) => {
    const query = (limit: number, promql: string) =>
      `{ name: queue-${limit}, confidence: observed, query: { promql: '${promql}', atMost: ${limit} } }`;
    const own = `max_over_time(queue_length{job="${job}"}[$phase])`;
    const { report } = await check(`query-${job}`, [query(3, own), query(2, own), query(4, `sum(${own})`)]);
    expect(report.objectives.map(({ verdict, measured, reason }) => [verdict, measured?.value, reason.code])).toEqual([
      ["inconclusive", 3, code],
      ["fail", 3, "broken"],
      ["inconclusive", 3, code],
    ]);
    expect(report.objectives[0]?.reason.text).toContain(`127.0.0.1:${open.server?.port}`);
  });

  it("revives no series that ended well before the window's end", async () => {
    const size = (name: string, promql: string) =>
      `{ name: ${name}, confidence: observed, query: { promql: '${promql}', atMost: 3 } }`;
    const seen = 'max_over_time(disk_size{job="healthy"}[$phase])';
    const { report } = await check("query-dead", [size("seen", seen), size("dead", `disk_size + 0 * ${seen}`)]);
    expect(report.objectives.map(({ name, verdict, reason }) => [name, verdict, reason.code])).toEqual([
      ["seen", "pass", "met"],
      ["dead", "no-data", "no-series"],
    ]);
  });

  it("names Prometheus' own words about a query it cannot evaluate", async () => {
    const result = await check("bad-query", [
      `{ name: join, query: { promql: 'max_over_time(up[$phase]) / on() up', atMost: 1 } }`,
    ]);
    expect(result.code).toBe(3);
    expect(result.report.objectives[0]?.reason.text).toContain("many-to-many matching not allowed");
  });

  it.each(["gap", "restarted"])("passes nothing where the target was %s", async (job) => {
    const result = await check(job, [latency(job), errors(job)]);
    expect(result.code).toBe(3);
    expect(result.report.objectives.map(({ verdict }) => verdict)).not.toContain("pass");
  });

  it("judges a run, reconciles it, and judges it again without Prometheus to the byte", async () => {
    const count = services.slow.fast + services.slow.slow - 7;
    const client = { ...runFile.client[0], answered: count, iterations: count };
    const run = {
      ...runFile,
      ...{ from: from - 0.2, to: to + 0.2, phases: [{ name: "steady", from, to, quiet: true }], client: [client] },
      serverCounter: 'http_request_duration_seconds_count{job="slow"}',
    };
    const results = await folderWith({
      "run.json": JSON.stringify(run),
      "slow.yaml": `service: slow\nobjectives:\n  - ${latency("slow")}\n`,
    });
    try {
      const at = ["check", "slow.yaml", "--run", "."];
      const first = await slo([...at, "--prometheus", url, "--output", "junit=out/junit.xml"], { cwd: results.path });
      expect(first.code).toBe(3);
      const report = await readFile(join(results.path, "report.json"), "utf8");
      const { reconciliation, objectives } = JSON.parse(report) as Report;
      expect(reconciliation).toEqual({ client: count, server: count, unanswered: 0, interrupted: 0 });
      expect(objectives[0]?.counts).toEqual({ total: count, bad: services.slow.slow });
      expect(first.stdout).toContain("report: report.json");
      expect(await readFile(join(results.path, "out/junit.xml"), "utf8")).toContain('classname="slo.slow"');

      const again = await slo([...at, "--format", "json"], { cwd: results.path });
      expect(again).toEqual({ code: 3, stderr: "", stdout: report });
    } finally {
      await results.remove();
    }
  });
});

import { mkdir } from "node:fs/promises";
import type { RequestListener } from "node:http";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { readAddress } from "./io/prometheus/address.ts";
import { createClient } from "./io/prometheus/client.ts";
import { fetchPlan } from "./io/prometheus/fetch-plan.ts";
import { folderWith } from "./testing/command.ts";
import { serveHttp } from "./testing/http.ts";
import {
  type PrometheusOptions,
  type RunningPrometheus,
  type ScrapedJob,
  startPrometheus,
} from "./testing/prometheus.ts";
import { checkRun, quietRun, scraped } from "./testing/quiet-run.ts";

function addressOf({ url }: RunningPrometheus) {
  const reading = readAddress(url, { token: null, username: null, password: null });
  if (reading.kind === "problem") throw new Error(reading.text);
  return reading.address;
}

const LINES = [
  ["second", "PROMETHEUS2_BIN"],
  ["third", "PROMETHEUS_BIN"],
] as const;

/** A second as four clients write it; Prometheus 3 makes one spelling of them, where the type is told. */
const SPELLINGS = ["1", "1.0", "1.00", "1e0"];

interface Counts {
  quick: number;
  slow: number;
}

/** Classic buckets in text; `untyped` is told without its type. Quick took 20 ms, slow 1.5 s. */
function textOf(counts: Counts, startedAt: number): RequestListener {
  return (request, response) => {
    const [, name = "", spelling = "1"] = (request.url ?? "").split("/");
    const { quick, slow } = counts;
    const lines = [
      ...(name === "untyped" ? [] : ["# TYPE latency histogram"]),
      `latency_bucket{le="0.30"} ${quick}`,
      `latency_bucket{le="${spelling}"} ${quick}`,
      `latency_bucket{le="2"} ${quick + slow}`,
      `latency_bucket{le="+Inf"} ${quick + slow}`,
      `latency_sum ${quick * 0.02 + slow * 1.5}`,
      `latency_count ${quick + slow}`,
      "# TYPE process_start_time_seconds gauge",
      `process_start_time_seconds ${startedAt}`,
    ];
    response.setHeader("content-type", "text/plain; version=0.0.4");
    response.end(`${lines.join("\n")}\n`);
  };
}

const cleaning: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleaning.splice(0).reverse()) await clean();
});

async function service(counts: Counts): Promise<string> {
  const server = await serveHttp(textOf(counts, Date.now() / 1000 - 100));
  cleaning.push(server.stop);
  return `127.0.0.1:${server.port}`;
}

async function prometheusWith(jobs: readonly ScrapedJob[], options: PrometheusOptions): Promise<RunningPrometheus> {
  const prometheus = await startPrometheus(jobs, "1s", options);
  cleaning.push(prometheus.stop);
  return prometheus;
}

async function scratch(): Promise<string> {
  const { path, remove } = await folderWith({});
  cleaning.push(remove);
  return path;
}

/** Of the requests of at most a second, those of nobody. */
const within = (name: string, job: string) => {
  const bucket = `latency_bucket{job="${job}",le="1"`;
  return `{ name: ${name}, confidence: observed, ratio: { bad: '${bucket},instance="none"}', total: '${bucket}}', atMost: 5% } }`;
};

const latency = (name: string, job: string, atMost = "1s") =>
  `{ name: ${name}, confidence: observed, latency: { histogram: 'latency{job="${job}"}', percentile: 90, atMost: ${atMost} } }`;

describe.each(LINES)("a classic histogram in a Prometheus of the %s line", (_, binary) => {
  it("has an edge at 1 s however it is spelled, counts exact there, and no sample lost at a range's edge", async () => {
    const counts = { quick: 1000, slow: 1000 };
    const target = await service(counts);
    const jobs = ["typed", "untyped"].flatMap((name) =>
      SPELLINGS.map((spelling) => ({ job: `${name}-${spelling}`, target, path: `/${name}/${spelling}` })),
    );
    const prometheus = await prometheusWith(jobs, { binary });
    await scraped(prometheus, jobs.length, 3);
    const from = Date.now() / 1000;
    await scraped(prometheus, jobs.length, 1);
    counts.quick += 990;
    counts.slow += 10;
    await scraped(prometheus, jobs.length, 1);
    const to = Date.now() / 1000;
    await scraped(prometheus, jobs.length, 3);
    const folder = await scratch();
    await quietRun(join(folder, "run"), from, to);
    // Each kind by itself, as what is asked for one would do for the other too.
    for (const [objective, total, bad] of [
      [latency, 1000, 10],
      [within, 990, 0],
    ] as const) {
      const objectives = jobs.map(({ job }, index) => objective(`at-${index}`, job));
      const { report } = await checkRun(folder, objectives, prometheus.url);
      expect(report.objectives.map(({ verdict, counts: found }) => [verdict, found])).toEqual(
        jobs.map(() => ["pass", { total, bad }]),
      );
    }
    await givesTheFirstSample(prometheus);
  });
});

/** Left open or closed, what is asked for holds the sample at its very start, once. */
async function givesTheFirstSample(prometheus: RunningPrometheus): Promise<void> {
  const times = async (from: number, to: number) => {
    const client = createClient({ address: addressOf(prometheus), timeout: 10 });
    const plan = { ranges: [{ metric: "up", selector: 'up{job="typed-1"}', from, to }], instants: [] };
    const [answer] = (await fetchPlan(client, plan)).ranges;
    return answer?.kind === "answer" ? answer.result.flatMap((series) => series.times) : [answer?.failure.text];
  };
  const now = Date.now() / 1000;
  const [first, second, third] = (await times(now - 60, now)).map(Number);
  if (first === undefined || second === undefined || third === undefined) throw new Error("too few scrapes");
  expect(await times(first, third)).toEqual([first, second, third]);
  expect(await times(first + 0.001, third)).toEqual([second, third]);
  expect(await times(second, second)).toEqual([second]);
}

it("a Prometheus that is updated from the second line to the third within the phase counts nothing twice", async () => {
  const counts = { quick: 1000, slow: 1000 };
  const target = await service(counts);
  const jobs = [{ job: "typed", target, path: "/typed/1" }];
  const folder = await scratch();
  const data = join(folder, "data");
  await mkdir(data);
  const older = await startPrometheus(jobs, "1s", { binary: "PROMETHEUS2_BIN", data });
  cleaning.push(older.stop);
  await scraped(older, 1, 3);
  const from = Date.now() / 1000;
  await scraped(older, 1, 1);
  counts.quick += 500;
  counts.slow += 3;
  await scraped(older, 1, 1);
  expect(await older.ask('latency_bucket{le="1"}')).toBe(1500);
  await older.stop();
  counts.quick += 400;
  const newer = await prometheusWith(jobs, { data });
  await scraped(newer, 1, 1);
  expect(await newer.ask('latency_bucket{le="1.0"}')).toBe(1900);
  counts.quick += 90;
  counts.slow += 7;
  await scraped(newer, 1, 1);
  const to = Date.now() / 1000;
  await scraped(newer, 1, 3);
  await quietRun(join(folder, "run"), from, to);
  const { report } = await checkRun(folder, [latency("updated", "typed")], newer.url);
  // The third line's Prometheus finds the sample at once, where it left off: one process, scraped late.
  expect(report.objectives[0]).toMatchObject({ counts: { total: 1000, bad: 10 }, span: { coverage: 1 } });
});

it("classic buckets that Prometheus converts into a native histogram are exact at their edges", async () => {
  const counts = { quick: 1000, slow: 1000 };
  const target = await service(counts);
  const jobs = [
    { job: "converted", target, path: "/typed/1", scrape: { convert_classic_histograms_to_nhcb: true } },
    {
      job: "kept",
      target,
      path: "/typed/1",
      scrape: { convert_classic_histograms_to_nhcb: true, always_scrape_classic_histograms: true },
    },
  ];
  const prometheus = await prometheusWith(jobs, { flags: ["--enable-feature=native-histograms"] });
  await scraped(prometheus, 2, 3);
  expect(await prometheus.ask('count({__name__="latency_bucket",job="converted"})')).toBeUndefined();
  const from = Date.now() / 1000;
  await scraped(prometheus, 2, 1);
  counts.quick += 990;
  counts.slow += 10;
  await scraped(prometheus, 2, 1);
  const to = Date.now() / 1000;
  await scraped(prometheus, 2, 3);
  const folder = await scratch();
  await quietRun(join(folder, "run"), from, to);
  const objectives = [
    latency("converted", "converted"),
    latency("kept", "kept"),
    latency("between", "converted", "1.7s"),
    '{ name: errors, ratio: { bad: \'latency_count{job="converted",instance="none"}\', total: \'latency_count{job="converted"}\', atMost: 5% } }',
  ];
  const { report } = await checkRun(folder, objectives, prometheus.url);
  expect(report.objectives.map(({ name, verdict, counts: found }) => [name, verdict, found])).toEqual([
    ["converted", "pass", { total: 1000, bad: 10 }],
    ["kept", "pass", { total: 1000, bad: 10 }],
    ["between", "pass", { total: 1000, bad: 0, badAtMost: 10 }],
    ["errors", "pass", { total: 1000, bad: 0 }],
  ]);
  expect(report.objectives.map(({ queries }) => queries)).toMatchObject([
    ['latency{job="converted"}'],
    ['latency_bucket{job="kept"}', 'latency{job="kept"}'],
    ['latency{job="converted"}'],
    [expect.any(String), 'histogram_count(latency{job="converted"})'],
  ]);
});

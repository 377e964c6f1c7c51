import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { folderWith } from "./testing/command.ts";
import { serveHttp } from "./testing/http.ts";
import { startPrometheus } from "./testing/prometheus.ts";
import { checkRun, quietRun, scraped } from "./testing/quiet-run.ts";

const LAGS = [20, 60, 200];
const GONE = ["dropped", "restarted"];
const JOBS = [...LAGS.map((lag) => `lag-${lag}`), ...GONE];

const cleaning: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleaning.splice(0).reverse()) await clean();
});

interface State {
  readonly good: number;
  readonly gone: boolean;
}

type Page = (job: string, state: State) => readonly string[];

/** What a job's other series carry after their values; null: they end, or have ended. */
function stampOf(job: string, { gone }: State): string | null {
  const lag = Number(job.replace("lag-", ""));
  if (Number.isFinite(lag)) return ` ${Date.now() - lag * 1000}`;
  return gone ? null : "";
}

/** Half of the requests fail, at times of their own; or some failed once, in what is gone. */
const errors: Page = (job, state) => {
  const stamp = stampOf(job, state);
  const count = stamp === "" ? 7 : state.good;
  return [
    "# TYPE requests_total counter",
    `requests_total{code="200"} ${state.good}`,
    ...(stamp === null ? [] : [`requests_total{code="500"} ${count}${stamp}`]),
  ];
};

/** Half of the requests are slow, at times of their own; or some were once, in what is gone. */
const slowness: Page = (job, state) => {
  const stamp = stampOf(job, state);
  const count = stamp === "" ? 7 : state.good;
  const route = (name: string, within: number, all: number, time: string) => [
    `latency_seconds_bucket{route="${name}",le="0.3"} ${within}${time}`,
    `latency_seconds_bucket{route="${name}",le="+Inf"} ${all}${time}`,
    `latency_seconds_sum{route="${name}"} 1${time}`,
    `latency_seconds_count{route="${name}"} ${all}${time}`,
  ];
  return [
    "# TYPE latency_seconds histogram",
    ...route("/quick", state.good, state.good, ""),
    ...(stamp === null ? [] : route("/slow", 0, count, stamp)),
  ];
};

/** Judges the jobs' objectives on a run in which a thousand good requests are seen: verdicts, the report and its text. */
async function judged(page: Page, objectiveOf: (job: string) => string) {
  const state = { good: 100, gone: false };
  const startedAt = Date.now() / 1000 - 100;
  const server = await serveHttp((request, response) => {
    const job = (request.url ?? "").slice(1);
    const start = job === "restarted" && state.gone ? startedAt + 50 : startedAt;
    const process = ["# TYPE process_start_time_seconds gauge", `process_start_time_seconds ${start}`];
    response.setHeader("content-type", "text/plain; version=0.0.4");
    response.end([...page(job, state), ...process, ""].join("\n"));
  });
  cleaning.push(server.stop);
  const target = `127.0.0.1:${server.port}`;
  const jobs = JOBS.map((job) => ({ job, target, path: `/${job}`, instance: job }));
  const prometheus = await startPrometheus(jobs, "1s");
  cleaning.push(prometheus.stop);
  await scraped(prometheus, jobs.length, 3);
  state.gone = true;
  // Longer than the margin: what ended is not among what is fetched.
  await scraped(prometheus, jobs.length, 13);
  const from = Date.now() / 1000;
  await scraped(prometheus, jobs.length, 1);
  state.good += 1000;
  await scraped(prometheus, jobs.length, 1);
  const to = Date.now() / 1000;
  await scraped(prometheus, jobs.length, 3);
  const { path, remove } = await folderWith({});
  cleaning.push(remove);
  await quietRun(join(path, "run"), from, to);
  const objectives = JOBS.map(objectiveOf);
  const { report, text } = await checkRun(path, objectives, prometheus.url);
  expect((await checkRun(path, objectives)).text).toBe(text);
  return report.objectives.map(({ name, verdict, reason }) => ({ found: [name, verdict, reason.code], reason }));
}

const EXPECTED = [
  ...LAGS.map((lag) => [`lag-${lag}`, "inconclusive", "own-clock"]),
  ...GONE.map((job) => [job, "pass", "observed"]),
];

describe("what has timestamps of its own, older than what is fetched", () => {
  it("never passes as errors that are not seen, whereas errors that ended before the phase are none in it", async () => {
    const objectives = await judged(errors, (job) => {
      const total = `requests_total{job="${job}",code=~".+"}`;
      const bad = `requests_total{job="${job}",code=~"5.."}`;
      return `{ name: ${job}, confidence: observed, ratio: { bad: '${bad}', total: '${total}', atMost: 1% } }`;
    });
    expect(objectives.map(({ found }) => found)).toEqual(EXPECTED);
    expect(objectives[0]?.reason.text).toBe(
      'requests_total{code="500",instance="lag-20",job="lag-20"} carries timestamps of its own that lag behind its scrapes, so what it counted in the phase is not seen; scrape it with honor_timestamps: false: nothing is decided on such data.',
    );
  });

  it("never passes as slowness that is not seen, where no objective is a ratio", async () => {
    const objectives = await judged(slowness, (job) => {
      const histogram = `latency_seconds{job="${job}"}`;
      return `{ name: ${job}, confidence: observed, latency: { histogram: '${histogram}', percentile: 99, atMost: 300ms } }`;
    });
    expect(objectives.map(({ found }) => found)).toEqual(EXPECTED);
    expect(objectives[0]?.reason.text).toBe(
      'latency_seconds_bucket{instance="lag-20",job="lag-20",le="+Inf",route="/slow"} carries timestamps of its own that lag behind its scrapes, so what it counted in the phase is not seen; scrape it with honor_timestamps: false: nothing is decided on such data.',
    );
  });
});

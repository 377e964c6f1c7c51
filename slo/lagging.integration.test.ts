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

/** Half of the requests fail, at times of their own; or some failed once, in what is gone. */
function pageOf(job: string, good: number, gone: boolean, startedAt: number): string {
  const lag = Number(job.replace("lag-", ""));
  const bad = `requests_total{code="500"}`;
  return [
    "# TYPE requests_total counter",
    `requests_total{code="200"} ${good}`,
    ...(Number.isFinite(lag) ? [`${bad} ${good} ${Date.now() - lag * 1000}`] : gone ? [] : [`${bad} 7`]),
    "# TYPE process_start_time_seconds gauge",
    `process_start_time_seconds ${job === "restarted" && gone ? startedAt + 50 : startedAt}`,
    "",
  ].join("\n");
}

describe("errors with timestamps of their own, older than what is fetched", () => {
  it("never pass, whereas errors that ended before the phase are none in it", async () => {
    const state = { good: 100, gone: false };
    const startedAt = Date.now() / 1000 - 100;
    const server = await serveHttp((request, response) => {
      response.setHeader("content-type", "text/plain; version=0.0.4");
      response.end(pageOf((request.url ?? "").slice(1), state.good, state.gone, startedAt));
    });
    cleaning.push(server.stop);
    const target = `127.0.0.1:${server.port}`;
    const jobs = JOBS.map((job) => ({ job, target, path: `/${job}`, instance: job }));
    const prometheus = await startPrometheus(jobs, "500ms");
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
    const objectives = JOBS.map((job) => {
      const total = `requests_total{job="${job}",code=~".+"}`;
      const bad = `requests_total{job="${job}",code=~"5.."}`;
      return `{ name: ${job}, confidence: observed, ratio: { bad: '${bad}', total: '${total}', atMost: 1% } }`;
    });
    const { report, text } = await checkRun(path, objectives, prometheus.url);
    const found = report.objectives.map(({ name, verdict, reason }) => [name, verdict, reason.code]);
    expect(found).toEqual([
      ...LAGS.map((lag) => [`lag-${lag}`, "inconclusive", "own-clock"]),
      ...GONE.map((job) => [job, "pass", "observed"]),
    ]);
    expect(report.objectives[0]?.reason.text).toBe(
      'requests_total{code="500",instance="lag-20",job="lag-20"} carries timestamps of its own that lag behind its scrapes, so what it counted in the phase is not seen; scrape it with honor_timestamps: false: nothing is decided on such data.',
    );
    expect((await checkRun(path, objectives)).text).toBe(text);
  });
});

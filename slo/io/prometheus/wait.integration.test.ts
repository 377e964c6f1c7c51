import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FetchPlan } from "../../core/fetched.ts";
import { type RunningServer, serveHttp } from "../../testing/http.ts";
import { type RunningPrometheus, startPrometheus, until } from "../../testing/prometheus.ts";
import { metricsOf, newState } from "../../testing/service.ts";
import { createClient } from "./client.ts";
import { isSkewed, serverClock } from "./clock.ts";
import { fetchPlan } from "./fetch-plan.ts";
import type { TargetState } from "./target.ts";
import { type WaitOptions, waitForEvidence } from "./wait.ts";

const services = { live: newState(), dying: newState(), brief: newState() };
/** One that was scraped a single time, a minute ago, of a job that goes on. */
const brief = {
  labels: { __name__: "up", job: "brief", instance: "brief:1" },
  times: [Date.now() / 1000 - 60],
  values: [1],
};
const open: { server?: RunningServer; prometheus?: RunningPrometheus } = {};

const now = () => Date.now() / 1000;
const options: WaitOptions = { now, timeout: 120, samples: 1 };
const upOf = (job: string): FetchPlan => ({
  ranges: [{ metric: "up", selector: `up{job="${job}"}`, from: 0, to: 0 }],
  instants: [],
});

function client(signal?: AbortSignal) {
  if (open.prometheus === undefined) throw new Error("Prometheus is not up");
  const address = { url: open.prometheus.url, headers: [], tls: null };
  return createClient({ address, timeout: 60, signal });
}

beforeAll(async () => {
  const server = await serveHttp(metricsOf(services));
  open.server = server;
  const jobs = Object.keys(services).map((job) => ({ job, target: `127.0.0.1:${server.port}`, path: `/${job}` }));
  const prometheus = await startPrometheus(jobs, "500ms", { history: [brief] });
  open.prometheus = prometheus;
  await until(
    async () => (await prometheus.ask("count(count_over_time(up[5m]) >= 3)")) === jobs.length,
    "three scrapes of each",
  );
});
afterAll(async () => {
  await open.prometheus?.stop();
  await open.server?.stop();
});

describe("waitForEvidence", () => {
  it("waits for a scrape at or after the end", async () => {
    const end = now();
    const result = await waitForEvidence(client(), upOf("live"), end, options);
    expect(result).toMatchObject({
      kind: "complete",
      targets: [{ state: "scraped", interval: expect.closeTo(0.5, 0) }],
    });
    const asked = { ranges: [{ metric: "up", selector: 'up{job="live"}', from: end, to: now() }], instants: [] };
    const { ranges } = await fetchPlan(client(), asked);
    expect(ranges[0]?.kind === "answer" && ranges[0].result[0]?.times.length).toBeGreaterThanOrEqual(1);
  });

  it("does not wait for a target that is down, nor where there is none", async () => {
    services.dying.answering = false;
    await until(async () => (await open.prometheus?.ask('up{job="dying"}')) === 0, "the target is down");
    const result = await waitForEvidence(client(), upOf("dying"), now(), { ...options, samples: 1000 });
    expect(result).toMatchObject({ kind: "complete", targets: [{ state: "down" }] });
    expect(await waitForEvidence(client(), upOf("unknown"), now(), options)).toMatchObject({
      kind: "complete",
      targets: [],
    });
  });

  it("does not wait for one that was scraped once and never again, where its job tells how often that would be", async () => {
    const result = await waitForEvidence(client(), upOf("brief"), now(), options);
    expect(result.kind).toBe("complete");
    const targets = result.kind === "failure" ? [] : result.targets;
    expect(targets.map(({ labels, state }) => `${labels.instance === "brief:1"} ${state}`).toSorted()).toEqual([
      "false scraped",
      "true gone",
    ]);
  });

  it("tells whom it waits for once it takes more than a moment", async () => {
    const waiting: string[] = [];
    const onWait = (targets: readonly TargetState[]) => waiting.push(...targets.map(({ labels }) => labels.job ?? ""));
    const enough = new AbortController();
    const tell = (targets: readonly TargetState[]) => {
      onWait(targets);
      enough.abort();
    };
    const patient = { ...options, samples: 1000, timeout: 120, onWait: tell, signal: enough.signal };
    const told = await waitForEvidence(client(enough.signal), upOf("live"), now(), patient);
    expect(told).toMatchObject({ kind: "failure", fault: { code: "interrupted" } });
    expect(waiting).toEqual(["live"]);
    const { waited } = await waitForEvidence(client(), upOf("live"), now(), { ...options, onWait });
    // A machine that takes as long as that for a scrape is told, and rightly.
    if (waited < 2) expect(waiting).toEqual(["live"]);
  });

  it("gives up after its time, and judges what is there", async () => {
    const result = await waitForEvidence(client(), upOf("live"), now(), { ...options, samples: 1000, timeout: 0 });
    expect(result).toMatchObject({ kind: "timeout", targets: [{ state: "waiting" }] });
  });

  it("does not wait for a window well in the past", async () => {
    expect(await waitForEvidence(client(), upOf("live"), now() - 3600, options)).toMatchObject({ kind: "past" });
  });
});

describe("fetchPlan", () => {
  it("takes exactly the samples from `from` to `to`, both included", async () => {
    const whole = await samples(now() - 60, now());
    const [first = 0, , third = 0] = whole;
    expect(await samples(first, third)).toEqual(whole.slice(0, 3));
    expect(await samples(first + 0.001, third - 0.001)).toEqual(whole.slice(1, 2));
  });

  it("keeps the plan's order and fails alone what Prometheus refuses", async () => {
    const at = now();
    const fetched = await fetchPlan(client(), {
      ranges: [],
      instants: [
        { objective: "a", promql: "vector(1)", at },
        { objective: "b", promql: "sum(", at },
        { objective: "c", promql: "1 / 0", at },
      ],
    });
    expect(
      fetched.instants.map((answer) => (answer.kind === "answer" ? answer.result[0]?.values : answer.failure.code)),
    ).toEqual([[1], "bad-query", [Number.POSITIVE_INFINITY]]);
  });

  it("does not revive what is older than the lookback", async () => {
    const at = now() + 20;
    const ask = async (lookback?: number) => {
      const instant = { objective: "a", promql: 'up{job="live"}', at, ...(lookback === undefined ? {} : { lookback }) };
      const [answer] = (await fetchPlan(client(), { ranges: [], instants: [instant] })).instants;
      return answer?.kind === "answer" ? answer.result.length : answer?.failure.text;
    };
    expect(await ask()).toBe(1);
    expect(await ask(5)).toBe(0);
  });
});

describe("serverClock", () => {
  it("measures the true skew between what we read before and after", async () => {
    const clock = await serverClock(client(), now);
    expect(Math.abs(clock.skew)).toBeLessThanOrEqual(clock.uncertainty + 0.002);
    expect(isSkewed(clock)).toBe(false);
    expect(isSkewed(await serverClock(client(), () => now() - 60))).toBe(true);
  });
});

async function samples(from: number, to: number): Promise<readonly number[]> {
  const request = { metric: "up", selector: 'up{job="live"}', from, to };
  const [answer] = (await fetchPlan(client(), { ranges: [request], instants: [] })).ranges;
  if (answer?.kind !== "answer") throw new Error("no answer");
  return answer.result[0]?.times ?? [];
}

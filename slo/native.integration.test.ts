import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Evidence } from "./core/evidence.ts";
import type { Report } from "./core/report.ts";
import { folderWith, slo } from "./testing/command.ts";
import { type RunningServer, serveHttp } from "./testing/http.ts";
import { NATIVE, type NativeState, nativesOf, newNative, observe } from "./testing/native-service.ts";
import { type RunningPrometheus, startPrometheus, until } from "./testing/prometheus.ts";
import { checkRun, quietRun, scraped } from "./testing/quiet-run.ts";

const FEATURE = ["--enable-feature=native-histograms"];
const STEPS = 30;
const EACH = 20;

/** Each step of load, `EACH` requests took 20 ms; what else happens is each service's own. */
function services() {
  return {
    plain: newNative(),
    finest: newNative({ schema: 8 }),
    coarsest: newNative({ schema: -4 }),
    zero: newNative({ zeroThreshold: 0.05 }),
    coarser: newNative(),
    born: newNative(),
    replica: newNative(),
    gap: newNative(),
    reset: newNative(),
    hidden: newNative(),
    restarted: newNative(),
    errors: newNative(),
    both: newNative({ classic: [0.1, 0.3] }),
  };
}

type Services = ReturnType<typeof services>;

function step(all: Services, index: number): void {
  for (const state of Object.values(all)) if (state !== all.hidden) observe(state, 0.02, EACH);
  observe(all.plain, 0.25);
  observe(all.plain, 0.31);
  observe(all.finest, 1);
  observe(all.coarsest, 1.5);
  observe(all.zero, -0.01);
  observe(all.zero, 0.4);
  observe(all.coarser, 0.4);
  observe(all.both, 0.31);
  if (index % 10 === 0) observe(all.errors, 0.02, 1, "500");
  // Slow ones first, then none of them and more quick ones: neither the count nor what is quick falls.
  observe(all.hidden, index <= STEPS / 2 ? 0.2 : 0.02, EACH);
}

function half(all: Services): void {
  all.coarser.schema = 0;
  observe(all.born, 0.02, 3, "201");
  clear(all.reset);
  clear(all.restarted);
  all.restarted.startedAt = Date.now() / 1000;
  clear(all.hidden);
  observe(all.hidden, 0.02, STEPS * EACH);
}

function clear(state: NativeState): void {
  state.observed = {};
}

const latency = (name: string, job: string, atMost: string) =>
  `{ name: ${name}, confidence: observed, latency: { histogram: '${NATIVE}{job="${job}"}', percentile: 90, atMost: ${atMost} } }`;
const OBJECTIVES = [
  latency("plain-at-an-edge", "plain", "250ms"),
  latency("plain-between", "plain", "300ms"),
  latency("finest", "finest", "1s"),
  latency("coarsest", "coarsest", "1s"),
  latency("zero", "zero", "50ms"),
  latency("coarser-at-an-edge", "coarser", "250ms"),
  latency("coarser-between", "coarser", "450ms"),
  latency("born", "born", "250ms"),
  latency("gap", "gap", "250ms"),
  latency("reset", "reset", "250ms"),
  latency("hidden", "hidden", "250ms"),
  latency("restarted", "restarted", "250ms"),
  latency("replicas", "replica|plain", "250ms").replace('job="', 'job=~"'),
  latency("both-by-native", "both", "250ms"),
  `{ name: errors, confidence: observed, ratio: { bad: '${NATIVE}_count{job="errors",status_code=~"5.."}', total: '${NATIVE}_count{job="errors"}', atMost: 5% } }`,
];

const total = STEPS * EACH;

describe.each([
  ["second", "PROMETHEUS2_BIN"],
  ["third", "PROMETHEUS_BIN"],
] as const)("native histograms in a Prometheus of the %s line", (_, binary) => {
  const all = services();
  const open: {
    server?: RunningServer;
    prometheus?: RunningPrometheus;
    folder?: Awaited<ReturnType<typeof folderWith>>;
  } = {};
  let folder = "";
  let text = "";
  let report: Report;

  beforeAll(async () => {
    const server = await serveHttp(nativesOf(all));
    open.server = server;
    const names = Object.keys(all);
    const jobs = names.map((job) => ({
      job,
      target: `127.0.0.1:${server.port}`,
      path: `/${job}`,
      instance: job,
      ...(job === "both" && binary === "PROMETHEUS_BIN" ? { scrape: { always_scrape_classic_histograms: true } } : {}),
    }));
    const prometheus = await startPrometheus(jobs, "1s", { binary, flags: FEATURE });
    open.prometheus = prometheus;
    open.folder = await folderWith({});
    folder = open.folder.path;
    // Before the phase, slow ones only: none of them may be counted.
    for (const state of Object.values(all)) observe(state, 9, 7);
    await scraped(prometheus, names.length, 3);
    const from = Date.now() / 1000;
    await scraped(prometheus, names.length, 1);
    for (let index = 0; index < STEPS; index += 1) {
      step(all, index);
      if (index === STEPS / 2) {
        // What is lost must have been seen before.
        await scraped(prometheus, names.length, 1);
        half(all);
        all.gap.answering = false;
        await until(async () => (await prometheus.ask('up{job="gap"}')) === 0, "a scrape fails");
        all.gap.answering = true;
      }
      await delay(50);
    }
    await scraped(prometheus, names.length, 1);
    const to = Date.now() / 1000;
    await scraped(prometheus, names.length, 3);
    await quietRun(join(folder, "run"), from, to);
    ({ text, report } = await checkRun(folder, OBJECTIVES, prometheus.url));
  });

  afterAll(async () => {
    await open.prometheus?.stop();
    await open.server?.stop();
    await open.folder?.remove();
  });

  const told = (name: string) => {
    const found = report.objectives.find((one) => one.name === name);
    return found === undefined ? name : [found.verdict, found.reason.code, found.counts];
  };

  it.each([
    ["plain-at-an-edge", "pass", "observed", { total: total + 2 * STEPS, bad: STEPS }],
    ["plain-between", "pass", "observed", { total: total + 2 * STEPS, bad: 0, badAtMost: STEPS }],
    ["finest", "pass", "observed", { total: total + STEPS, bad: 0 }],
    ["coarsest", "pass", "observed", { total: total + STEPS, bad: STEPS }],
    ["zero", "pass", "observed", { total: total + 2 * STEPS, bad: STEPS }],
    ["coarser-at-an-edge", "pass", "observed", { total: total + STEPS, bad: STEPS }],
    ["coarser-between", "pass", "observed", { total: total + STEPS, bad: 0, badAtMost: STEPS }],
    ["born", "pass", "observed", { total: total + 3, bad: 0 }],
    ["errors", "pass", "observed", { total: total + 3, bad: 3 }],
    ["replicas", "pass", "observed", { total: 2 * total + 2 * STEPS, bad: STEPS }],
    ["both-by-native", "pass", "observed", { total: total + STEPS, bad: STEPS }],
  ] as const)("counts %s to the unit: %s", (name, verdict, code, counts) => {
    expect(told(name)).toEqual([verdict, code, counts]);
  });

  it.each([
    ["reset", "counts-lost"],
    ["hidden", "buckets-not-rising"],
    ["restarted", "target-restarted"],
    ["gap", "target-down"],
  ])("passes nothing where counts were lost: %s", (name, code) => {
    expect(told(name).slice(0, 2)).toEqual(["inconclusive", code]);
  });

  it("keeps them in the evidence, judges them again to the byte, and explains them", async () => {
    expect((await checkRun(folder, OBJECTIVES)).text).toBe(text);
    const evidence = JSON.parse(await readFile(join(folder, "run/evidence.json"), "utf8")) as Evidence;
    const forms = evidence.counters.flatMap(({ counted }) => (counted.kind === "latency" ? [counted.form] : []));
    expect(new Set(forms)).toEqual(new Set(binary === "PROMETHEUS_BIN" ? ["native", "both"] : ["native"]));
    const explained = await slo(["explain", "plain-between", "--run", "run"], { cwd: folder });
    expect(explained.stdout).toContain("of a native histogram, at the edges that all its samples share");
    const queries = report.objectives.find(({ name }) => name === "errors")?.queries;
    expect(queries?.map((query) => query.replace(/\(.*/, ""))).toEqual(["histogram_count", "histogram_count"]);
    expect(await open.prometheus?.ask(queries?.[1] ?? "")).toBe(7 + total);
  });
});

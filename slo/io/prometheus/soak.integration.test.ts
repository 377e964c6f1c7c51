import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Evidence } from "../../core/evidence.ts";
import { planFetch } from "../../core/fetch-plan.ts";
import type { Fetched, RawSeries } from "../../core/fetched.ts";
import type { Objective, ObjectivesFile, Selector } from "../../core/objective.ts";
import { reduceEvidence } from "../../core/reduce.ts";
import { parseSelector } from "../../core/selector.ts";
import { type RunningPrometheus, startPrometheus } from "../../testing/prometheus.ts";
import { randomOf, randomTarget } from "../../testing/random-history.ts";
import { createClient } from "./client.ts";
import { fetchPlan } from "./fetch-plan.ts";
import { mergeSeries } from "./merge.ts";
import { readRaw } from "./read-raw.ts";

const JOBS = 24;
const LENGTH = 900;
const MARGIN = 5;
const from = Math.floor(Date.now() / 1000) - 3 * LENGTH + 0.4;
const phase = { name: "soak", from: from + 20, to: from + LENGTH - 20, quiet: false };

function* history(): Generator<RawSeries> {
  const random = randomOf(20_261_122);
  for (let job = 0; job < JOBS; job += 1)
    for (let replica = 0; replica <= job % 2; replica += 1) {
      const life = {
        from: Math.ceil(from),
        to: Math.ceil(from) + LENGTH,
        job: `job-${job}`,
        instance: `host-${job}:${replica}`,
      };
      yield* randomTarget({ ...life, random });
    }
}

const open: { roomy?: RunningPrometheus; narrow?: RunningPrometheus } = {};
beforeAll(async () => {
  open.roomy = await startPrometheus([], "1s", { history: history() });
  open.narrow = await startPrometheus([], "1s", { history: history(), flags: ["--query.max-samples=400"] });
});
afterAll(async () => {
  await open.roomy?.stop();
  await open.narrow?.stop();
});

function clientOf(prometheus: RunningPrometheus | undefined) {
  if (prometheus === undefined) throw new Error("Prometheus is not up");
  return createClient({ address: { url: prometheus.url, headers: [], tls: null }, timeout: 60 });
}

function selector(text: string): Selector {
  const parsed = parseSelector(text);
  if (parsed.kind !== "ok") throw new Error(text);
  return parsed.value;
}

function fileOf(job: string): ObjectivesFile {
  const common = {
    name: "any",
    gating: true,
    phase: "soak",
    confidence: { kind: "observed" },
    burst: 1,
    place: { file: "objectives.yaml", line: 1, column: 1 },
  } as const;
  const objectives: readonly Objective[] = [
    { ...common, indicator: "latency", histogram: selector(`seconds{${job}}`), percentile: 90, atMost: 0.5 },
    {
      ...common,
      indicator: "ratio",
      part: { kind: "bad", selector: selector(`requests_total{${job},code="500"}`) },
      total: selector(`requests_total{${job}}`),
      op: "atMost",
      limit: 0.1,
    },
  ];
  return { file: "objectives.yaml", service: "any", coverage: 0.9, objectives };
}

async function evidenceOf(job: string, longFrom: number, prometheus = open.roomy) {
  const file = fileOf(job);
  const plan = planFetch(file, [phase], { marginSeconds: MARGIN });
  const fetched = await fetchPlan(clientOf(prometheus), plan, { longFrom });
  return { fetched, evidence: reduceEvidence(file, [phase], fetched) };
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

/** What a verdict rests on; the courses of two reads may have other points. */
function counts({ counters }: Evidence) {
  return counters.map(({ targets, faults, missing, series, counted, failure }) => ({
    counted,
    failure,
    series,
    missing,
    faults: faults.map(({ text }) => text).toSorted(),
    targets: targets.map(({ job, instance, total, columns, troubles, coverage, before, after, times }) => ({
      target: `${job} ${instance}`,
      total: sum(total),
      columns: columns.map(sum),
      troubles,
      coverage,
      stillness: [before, after],
      span: [times[0], times.at(-1)],
    })),
  }));
}

const samples = ({ ranges }: Fetched) =>
  sum(ranges.flatMap((one) => (one.kind === "answer" ? one.result.map(({ times }) => times.length) : [])));

describe("a long phase read by its edges and in blocks", () => {
  it.each(Array.from({ length: JOBS }, (_, job) => `job="job-${job}"`))(
    "counts as reading every sample does: %s",
    async (job) => {
      const whole = await evidenceOf(job, Number.POSITIVE_INFINITY);
      const long = await evidenceOf(job, 0);
      expect(whole.fetched.thinned).toEqual([]);
      expect(counts(long.evidence)).toEqual(counts(whole.evidence));
      expect(long.fetched.thinned?.some(({ blocks }) => blocks.length > 0)).toBe(true);
      expect(samples(long.fetched)).toBeLessThan(samples(whole.fetched));
    },
  );

  it("counts the same where Prometheus loads no more than 400 samples at once", async () => {
    const whole = await evidenceOf('job=~"job-.*"', Number.POSITIVE_INFINITY);
    const narrow = await evidenceOf('job=~"job-.*"', 0, open.narrow);
    expect(counts(narrow.evidence)).toEqual(counts(whole.evidence));
  });
});

const ordered = (series: readonly RawSeries[]) =>
  series.toSorted((a, b) => (JSON.stringify(a.labels) < JSON.stringify(b.labels) ? -1 : 1));

describe("an answer that is too large", () => {
  it("is had in parts, by time and by label, and is the same", async () => {
    const span = { from: phase.from * 1000, to: phase.to * 1000 };
    const whole = await readRaw(clientOf(open.roomy).query, "seconds_bucket", span);
    expect(sum(whole.map(({ times }) => times.length))).toBeGreaterThan(50_000);
    const short = { from: span.from, to: span.from + 30_000 };
    const inParts = await readRaw(clientOf(open.narrow).query, "seconds_bucket", short);
    const cut = (await readRaw(clientOf(open.roomy).query, "seconds_bucket", short)).filter(
      ({ times }) => times.length > 0,
    );
    expect(ordered(inParts)).toEqual(ordered(cut));
    expect(ordered(mergeSeries([cut, cut]))).toEqual(ordered(cut));
  });

  it("is a fault with what to do where no part is small enough", async () => {
    const tiny = await startPrometheus([], "1s", { history: history(), flags: ["--query.max-samples=1"] });
    try {
      const span = { from: phase.from * 1000, to: phase.from * 1000 + 5000 };
      await expect(readRaw(clientOf(tiny).query, "seconds_bucket", span)).rejects.toThrow(
        /^the query is too expensive for .*; judge a shorter window, or select fewer series; not even in parts \(\d+ requests\) could it be had$/,
      );
    } finally {
      await tiny.stop();
    }
  });
});

import { describe, expect, it } from "vitest";
import {
  errors,
  fileOf,
  judged,
  latency,
  loadFacts,
  query,
  resource,
  runFile,
  selector,
  target,
  verdictOf,
} from "./fixtures/scene.ts";
import { calls } from "./fixtures/service.ts";
import { type Source, scrapes } from "./fixtures/world.ts";

const answers = (bad: number, count = 6000) => calls(1000, 1030, count, { bad, status: "500", seconds: 0.5 });
const rss = (bytes: number): Source => ({ labels: { __name__: "process_resident_memory_bytes" }, at: () => bytes });
const mark = (bytes: number): Source => ({
  labels: { __name__: "process_resident_memory_peak_bytes" },
  at: () => bytes,
});

describe("a limit is told as it was written, and apart from what is measured", () => {
  it.each<[string, () => ReturnType<typeof judged>]>([
    [
      "3 of 6000 were not good (0.05 %) with 0.05 % allowed: too few to tell with 99.95 % confidence. The share is at the limit itself: no number of requests would tell.",
      () =>
        judged(
          errors({
            part: {
              kind: "good",
              selector: selector('http_request_duration_seconds_count{job="api",status_code="200"}'),
            },
            op: "atLeast",
            limit: 0.9995,
            confidence: { kind: "bounded", level: 0.9995 },
          }),
          [target(answers(3))],
        ),
    ],
    ["The result is 1234.9; at most 1234.5 is allowed.", () => asked(1234.9, 1234.5)],
    ["The result is 1234; at most 1234.5 is allowed.", () => asked(1234, 1234.5)],
    [
      "0 of 6000 took longer than 1.235 s: at most 0.0499 % with 95 % confidence; 1 % is allowed. Bursts rarer than about five a phase cannot be excluded.",
      () => judged(latency({ atMost: 1.235 }), [target(answers(0))]),
    ],
    [
      "Between 0 and 60 of 6000 took longer than 300.1 ms; 1 % is allowed. The histogram has no edge at 300.1 ms (300 ms below, 1 s above); add the edge 0.3001 to it.",
      () => judged(latency({ atMost: 0.3001 }), [target(answers(60))]),
    ],
    [
      "The peak of RSS (process_resident_memory_bytes) of 127.0.0.1:9464 (the process's own, without cAdvisor) was 1.398 GiB; only 1.397 GiB is allowed.",
      () => memory(rss(1.501e9)),
    ],
    [
      "The peak of 30 samples of RSS (process_resident_memory_bytes) of 127.0.0.1:9464 (the process's own, without cAdvisor) is 1.3 GiB, 1.397 GiB is allowed, but the kernel's mark of RSS (process_resident_memory_peak_bytes) stands at 1.398 GiB, and not from samples in this phase. Start the service afresh before the run, or say \"confidence: observed\".",
      () => memory(rss(1.4e9), mark(1.501e9)),
    ],
    [
      "The kernel's mark of RSS (process_resident_memory_peak_bytes) of 127.0.0.1:9464 (the process's own, without cAdvisor) is 1.396 GiB; 1.397 GiB is allowed.",
      () => memory(rss(1.4e9), mark(1.499e9)),
    ],
    ["Only 89.98 % of steady is covered at 127.0.0.1:9464, 90 % must be.", () => covered(1026.994)],
    ["Only 85 % of steady is covered at 127.0.0.1:9464, 90 % must be.", () => covered(1025.5)],
  ])("%s", (text, found) => {
    expect(found().reason.text).toBe(text);
  });

  it.each([
    [
      { achievedRate: 197.9995 },
      "offered-rate",
      "98.9998 % of the offered rate of steady was achieved, 99 % must be. Offer less, or give the generator more room.",
    ],
    [
      { generatorCpu: 0.8001 },
      "generator-cpu",
      "The generator used 80.01 % of its CPU in steady, more than 80 %: it was saturated. Offer less, or give it more room.",
    ],
  ])("of the load as well: %j", (facts, name, text) => {
    const report = verdictOf(fileOf(latency()), runFile({ load: [loadFacts(facts)] }), {
      targets: [target(answers(0))],
    });
    expect(report.validity.find(({ check }) => check === name)).toEqual({ check: name, verdict: "fail", text });
  });
});

function memory(...sources: readonly Source[]) {
  return judged(resource({ atMost: 1.5e9 }), [target([], { sources })]);
}

/** Scraped up to this moment, and no longer. */
function covered(until: number) {
  const sources = [rss(1e8), mark(1e8)];
  const scraped = [...scrapes(970.25, until - 0.3, 1), ...scrapes(until, until, 1)];
  return judged(resource(), [target([], { sources, scrapes: scraped })]);
}

function asked(value: number, limit: number) {
  const results = [{ labels: {}, times: [1030], values: [value] }];
  const instants = { "max_over_time(db_pool_waiting[30s])": results };
  return judged(query({ limit }), [target([])], runFile(), { instants });
}

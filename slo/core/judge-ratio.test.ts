import { describe, expect, it } from "vitest";
import {
  COUNTER,
  errors,
  fileOf,
  judged,
  latency,
  OBSERVED,
  runFile,
  selector,
  target,
  verdictOf,
} from "./fixtures/scene.ts";
import { calls, histogram } from "./fixtures/service.ts";
import { scrapes } from "./fixtures/world.ts";

const answers = (bad: number, count = 6000) => calls(1000, 1030, count, { bad, status: "500" });
const part = (text: string, kind: "bad" | "good" = "bad") => ({ part: { kind, selector: selector(text) } });
const COUNT = "http_request_duration_seconds_count";

describe("a ratio", () => {
  it.each([
    [0, "pass", "proven"],
    [1, "pass", "proven"],
    [2, "inconclusive", "too-few-requests"],
    [20, "fail", "broken"],
  ])("of %d bad in 6000 at most 0.1 %%: %s", (bad, verdict, code) => {
    const found = judged(errors(), [target(answers(bad))]);
    expect(found).toMatchObject({ verdict, reason: { code }, counts: { total: 6000, bad } });
    expect(found.measured).toEqual({ value: bad / 6000, lower: bad / 6000, upper: bad / 6000, unit: "ratio" });
  });

  it("of good ones counts the rest as bad", () => {
    const good = { ...part(`${COUNT}{job="api",status_code="200"}`, "good"), op: "atLeast" as const };
    const found = judged(errors({ ...good, limit: 0.999 }), [target(answers(1))]);
    expect(found).toMatchObject({ verdict: "pass", counts: { total: 6000, bad: 1 }, measured: { value: 5999 / 6000 } });
    expect(found.reason.text).toContain("1 of 6000 were not good");
    expect(judged(errors({ ...good, limit: 0.999 }), [target(answers(20))]).verdict).toBe("fail");
  });

  it.each([
    { op: "atMost", limit: 1, kind: "bad" },
    { op: "atLeast", limit: 0.5, kind: "good" },
  ] as const)("decides nothing where the part is more than the total: $op", ({ op, limit, kind }) => {
    const counter = (name: string, count: number) => ({
      labels: { __name__: name },
      at: (time: number) => Math.round(Math.max(0, Math.min(1, (time - 1000) / 30)) * count),
    });
    const found = judged(
      errors({ ...part('part_total{job="api"}', kind), total: selector('all_total{job="api"}'), op, limit }),
      [target([], { sources: [counter("part_total", 6001), counter("all_total", 6000)] })],
    );
    expect(found).toMatchObject({
      verdict: "inconclusive",
      reason: {
        code: "part-exceeds-total",
        text: "The part (6001) is more than the total (6000); the selectors do not count the same things: nothing is decided on such data.",
      },
      counts: null,
    });
  });

  it("can bound good ones from above, and bad ones from below", () => {
    const good = part(`${COUNT}{job="api",status_code="200"}`, "good");
    expect(judged(errors({ ...good, limit: 0.5 }), [target(answers(10))]).verdict).toBe("fail");
    expect(judged(errors({ op: "atLeast", limit: 0.5 }), [target(answers(5990))]).verdict).toBe("pass");
  });

  it("with no bad one allowed is broken by one, never proven, and observed at none", () => {
    expect(judged(errors({ limit: 0 }), [target(answers(1))]).verdict).toBe("fail");
    expect(judged(errors({ limit: 0 }), [target(answers(0))])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "zero-unprovable", text: expect.stringContaining('"confidence: observed"') },
    });
    const all = part(`${COUNT}{job="api",status_code="200"}`, "good");
    expect(judged(errors({ ...all, op: "atLeast", limit: 1 }), [target(answers(0))]).reason.code).toBe(
      "zero-unprovable",
    );
    expect(judged(errors({ limit: 0, confidence: OBSERVED }), [target(answers(0))]).verdict).toBe("pass");
    expect(judged(errors({ limit: 0, confidence: OBSERVED }), [target(answers(1))]).verdict).toBe("fail");
  });

  it("with more of the part than of the total decides nothing", () => {
    const narrow = { total: selector(`${COUNT}{job="api",method="POST"}`), ...part(`${COUNT}{job="api"}`) };
    const posts = calls(1000, 1030, 10).map((call) => ({ ...call, labels: { method: "POST", status_code: "200" } }));
    expect(judged(errors(narrow), [target([...answers(0), ...posts])])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "part-exceeds-total" },
      counts: null,
    });
  });
});

describe("rule 6: nothing is not zero", () => {
  const nothing = (change: Parameters<typeof errors>[0], all = answers(0)) => judged(errors(change), [target(all)]);

  it("takes no bad series for no bad requests where the metric and the label are there", () => {
    expect(nothing({}).verdict).toBe("pass");
  });

  it("does not take a misspelt label for health", () => {
    const found = nothing(part(`${COUNT}{job="api",status=~"5.."}`));
    expect(found).toMatchObject({ verdict: "no-data", counts: null, bound: null, measured: null });
    expect(found.reason).toEqual({
      code: "unknown-label",
      text: `No series of the metric has the label status at 127.0.0.1:9464, which has traffic, so ${COUNT}{job="api",status=~"5.."} tells nothing; check its spelling.`,
    });
  });

  it("nor a negative matcher on a label that is not there, which matches all", () => {
    const total = selector(`${COUNT}{job="api",rout!="/health"}`);
    expect(nothing({ total }).reason.code).toBe("unknown-label");
    const histogramOf = selector('http_request_duration_seconds{job="api",rout!~"/health"}');
    expect(judged(latency({ histogram: histogramOf }), [target(answers(0))]).reason.code).toBe("unknown-label");
  });

  it("lets a matcher for an empty value ask for the label's absence", () => {
    expect(nothing({ total: selector(`${COUNT}{job="api",canary=""}`) }).verdict).toBe("pass");
  });

  it("nor a misspelt metric", () => {
    expect(nothing(part(`http_errors_total{job="api",status_code=~"5.."}`)).reason.code).toBe("unknown-metric");
    expect(nothing({ total: selector('http_requests{job="api"}') }).reason.code).toBe("unknown-metric");
    expect(nothing({ total: selector(`${COUNT}{job="apy"}`) })).toMatchObject({ verdict: "no-data" });
  });

  it("demands the label at every replica that has traffic", () => {
    const other = target([], {
      instance: "b:1",
      sources: histogram(answers(0).map((call) => ({ ...call, labels: { method: "GET", code: "200" } }))),
    });
    expect(judged(errors(), [target(answers(0)), other])).toMatchObject({
      verdict: "no-data",
      reason: { code: "unknown-label", text: expect.stringContaining("b:1") },
    });
  });

  it("accepts a part that another target counts", () => {
    const proxy = target([], {
      job: "proxy",
      instance: "p:1",
      sources: [{ labels: { __name__: "proxy_errors_total", code: "502" }, at: () => 0 }],
    });
    const found = judged(errors(part('proxy_errors_total{job="proxy",code="502"}')), [target(answers(0)), proxy]);
    expect(found).toMatchObject({ verdict: "pass", counts: { total: 6000, bad: 0 } });
  });

  it("has no verdict without traffic", () => {
    const found = nothing({}, calls(980, 985, 100));
    expect(found).toMatchObject({ verdict: "no-data", reason: { code: "no-traffic" }, counts: null });
    expect(judged(latency(), [target(calls(980, 985, 100))]).reason.code).toBe("no-traffic");
  });

  it("has no verdict where the labels match nothing", () => {
    const found = nothing({
      total: selector(`${COUNT}{job="api",method="PUT"}`),
      ...part(`${COUNT}{job="api",method="PUT",status_code=~"5.."}`),
    });
    expect(found).toMatchObject({ verdict: "no-data", reason: { code: "no-series" } });
  });

  it("has no verdict from an empty Prometheus", () => {
    expect(judged(errors(), [])).toMatchObject({ verdict: "no-data", reason: { code: "unknown-metric" }, span: null });
  });
});

describe("rule 8: gaps", () => {
  const gap = (gone: Parameters<typeof scrapes>[3], change: Parameters<typeof target>[1] = {}) =>
    judged(errors(), [target(answers(0), { scrapes: scrapes(970.25, 1050.25, 1, gone), ...change })]);

  it("costs counters nothing inside the phase with the process unchanged", () => {
    const found = gap({ dropped: [1010, 1016] });
    expect(found).toMatchObject({ verdict: "pass", counts: { total: 6000, bad: 0 }, span: { coverage: 1 } });
  });

  it("does not pass where the process is not known to be the same", () => {
    const often = { scrapes: scrapes(970.25, 1050.25, 0.5, { dropped: [1010, 1011.4] }), start: null };
    expect(gap({}, often)).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "gap" },
    });
    expect(gap({ dropped: [1010, 1020] }, { start: null }).reason.code).toBe("coverage");
  });

  it("does not pass over an edge", () => {
    expect(gap({ dropped: [998, 1004] })).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "gap", text: expect.stringContaining("over the edge") },
    });
    expect(gap({ dropped: [1027, 1033] }).reason.code).toBe("gap");
  });

  it("does not pass with up at 0", () => {
    expect(gap({ down: [1010, 1011.5] })).toMatchObject({ verdict: "inconclusive", reason: { code: "target-down" } });
  });

  it("does not pass while a replica of the same job is down all along", () => {
    const dead = target([], {
      instance: "b:1",
      sources: [],
      scrapes: scrapes(970.25, 1050.25, 1, { down: [0, 2000] }),
    });
    expect(judged(errors(), [target(answers(0)), dead])).toMatchObject({
      verdict: "inconclusive",
      reason: { code: "coverage", text: expect.stringContaining("b:1") },
    });
    const other = { ...dead, job: "node" };
    expect(judged(errors(), [target(answers(0)), other]).verdict).toBe("pass");
  });

  it("lets a breach stand through all of these", () => {
    const found = judged(errors(), [
      target(answers(60), { scrapes: scrapes(970.25, 1050.25, 1, { down: [1010, 1011.5] }) }),
    ]);
    expect(found.verdict).toBe("fail");
  });
});

describe("rule 13: fail closed", () => {
  const failure = { request: COUNTER, code: "unreachable", text: "Prometheus does not answer." };

  it.each(["up", "process_start_time_seconds", COUNT])("has no verdict when %s could not be fetched", (metric) => {
    const report = verdictOf(fileOf(errors()), runFile(), {
      targets: [target(answers(0))],
      failures: { [metric]: failure },
    });
    expect(report.objectives[0]).toMatchObject({
      verdict: "no-data",
      reason: { code: "unreachable", text: failure.text },
    });
    expect(report).toMatchObject({ verdict: "invalid", exitCode: 3 });
  });
});

import { describe, expect, it } from "vitest";
import type { QueryEvidence, Watch } from "./evidence.ts";
import { judged, query, runFile, STEADY, target } from "./fixtures/scene.ts";
import { judgeQuery } from "./judge-query.ts";

const PROMQL = "max_over_time(db_pool_waiting[30s])";
const series = (...values: readonly number[]) =>
  values.map((value, index) => ({ labels: { pool: String(index) }, times: [1030], values: [value] }));
const asked = (values: readonly number[], change: Parameters<typeof query>[0] = {}) =>
  judged(query(change), [target([])], runFile(), { instants: { [PROMQL]: series(...values) } });

describe("rule 12: a query", () => {
  it("passes where every series meets the limit", () => {
    expect(asked([1, 2, 0])).toMatchObject({
      verdict: "pass",
      measured: { value: 2, lower: 2, upper: 2, unit: "number" },
      reason: { code: "met", text: "The worst of 3 series is 2; at most 2 is allowed." },
      queries: [PROMQL],
      counts: null,
      bound: null,
      span: { from: "1970-01-01T00:16:40.000Z", to: "1970-01-01T00:17:10.000Z", coverage: 1 },
    });
    expect(asked([1]).reason.text).toBe("The result is 1; at most 2 is allowed.");
  });

  it("fails where one does not, and names it", () => {
    expect(asked([1, 3, 0])).toMatchObject({
      verdict: "fail",
      reason: { code: "broken", text: '{pool="1"} is 3; at most 2 is allowed.' },
    });
    const one = { labels: {}, times: [1030], values: [2.0000001] };
    expect(judged(query(), [target([])], runFile(), { instants: { [PROMQL]: [one] } }).reason.text).toBe(
      "The result is 2.0000001; at most 2 is allowed.",
    );
  });

  it("names the first of equals by its labels, all of them, in order", () => {
    const of = (labels: Record<string, string>) => ({ labels, times: [1030], values: [3] });
    const same = [of({ pool: "b", app: "y" }), of({ pool: "a", app: "z" }), of({ pool: "a", app: "x" })];
    for (const order of [same, same.toReversed()])
      expect(judged(query(), [target([])], runFile(), { instants: { [PROMQL]: order } }).reason.text).toMatch(
        /^\{app="x",pool="a"\} is 3;/,
      );
  });

  it("can ask for a least", () => {
    expect(asked([5, 3], { op: "atLeast", limit: 3 })).toMatchObject({ verdict: "pass", measured: { value: 3 } });
    expect(asked([5, 2], { op: "atLeast", limit: 3 })).toMatchObject({ verdict: "fail", measured: { value: 2 } });
  });

  it("takes nothing and NaN for no data", () => {
    expect(asked([])).toMatchObject({ verdict: "no-data", reason: { code: "no-series" }, measured: null, span: null });
    expect(asked([Number.NaN, 1])).toMatchObject({
      verdict: "no-data",
      reason: { code: "not-a-number" },
      measured: { value: 1 },
    });
    expect(asked([Number.NaN])).toMatchObject({ verdict: "no-data", measured: null });
    expect(asked([Number.NaN, 3]).verdict).toBe("fail");
  });

  it("takes infinity for a breach, never for a pass", () => {
    expect(asked([Number.POSITIVE_INFINITY]).verdict).toBe("fail");
    expect(asked([Number.NEGATIVE_INFINITY]).verdict).toBe("no-data");
    expect(asked([Number.POSITIVE_INFINITY], { op: "atLeast", limit: 3 }).verdict).toBe("no-data");
    expect(asked([Number.NEGATIVE_INFINITY], { op: "atLeast", limit: 3 }).verdict).toBe("fail");
  });

  it("has no data where Prometheus refused", () => {
    const failure = { request: PROMQL, code: "bad-query", text: "parse error" };
    expect(judged(query(), [target([])], runFile(), { instants: { [PROMQL]: failure } })).toMatchObject({
      verdict: "no-data",
      reason: { code: "bad-query", text: "parse error" },
    });
  });

  it("is asked for the phase's length, in milliseconds where it has them", () => {
    const odd = runFile({ phases: [{ ...STEADY, to: 1030.5 }] });
    const promql = "max_over_time(db_pool_waiting[30500ms])";
    expect(judged(query(), [target([])], odd, { instants: { [promql]: series(1) } })).toMatchObject({
      verdict: "pass",
      queries: [promql],
    });
  });
});

describe("what is told of a query", () => {
  const seen = { job: "api", instance: "a:1", coverage: 1, troubles: [] };
  const down = { ...seen, troubles: [{ kind: "down", from: 1010, to: 1012 }] } as const;
  const DOWN = "api a:1 could not be scraped between 00:16:50 and 00:16:52 UTC (up was 0); see why, and run again.";
  const ASKED = { selectors: ["depth"], failure: null, unwatched: [], everywhere: null, faults: [], targets: [seen] };
  const told = (
    values: readonly QueryEvidence["series"][number]["value"][],
    watch: Partial<Watch> = {},
    change: Parameters<typeof query>[0] = {},
  ) => {
    const series = values.map((value) => ({ labels: {}, value }));
    const evidence = { promql: "depth", phase: "steady", failure: null, series, watch: { ...ASKED, ...watch } };
    const scene = { phase: STEADY, phases: [STEADY], coverage: 0.9, saturated: false };
    const { verdict, reason } = judgeQuery(query(change), evidence, scene);
    return [`${verdict}: ${reason.code}`, reason.text];
  };

  it.each<[string, Parameters<typeof told>, string]>([
    ["pass: met", [[3], {}, { op: "atLeast" }], "The result is 3; at least 2 is allowed."],
    ["fail: broken", [[1], {}, { op: "atLeast" }], "The result is 1; at least 2 is allowed."],
    ["pass: met", [[1, 2]], "The worst of 2 series is 2; at most 2 is allowed."],
    [
      "no-data: not-a-number",
      [[1, "NaN"]],
      "The result is not a number, as after a division by zero: that says nothing of the limit.",
    ],
    [
      "no-data: not-a-number",
      [["-Inf"]],
      "The result is minus infinite, as after a division by zero: that says nothing of the limit.",
    ],
    [
      "no-data: no-series",
      [[]],
      "The query returned nothing. Check its metric and labels, and that there are samples at the phase's end.",
    ],
    ["no-data: no-series", [[], { targets: [down] }], `The query returned nothing. ${DOWN}`],
    [
      "inconclusive: reads-nothing",
      [[1], { selectors: [] }],
      "The query reads no series, so its result tells nothing of the phase: name a metric in it.",
    ],
    [
      "inconclusive: no-clock",
      [[1], { unwatched: [{ selector: "depth", why: "no-target" }] }],
      'There is no "up" of a target of depth in the phase: whether it was watched throughout is not known. Check its job, and that it is scraped.',
    ],
    [
      "inconclusive: no-clock",
      [[1], { unwatched: [{ selector: "a:b", why: "recorded" }] }],
      'a:b is a rule\'s own series, which no "up" tells of: whether what it rests on was watched throughout is not known. Query that instead.',
    ],
    [
      "inconclusive: bad-value",
      [[1], { faults: [{ code: "bad-value", text: "up is 7" }] }],
      "up is 7: nothing is decided on such data.",
    ],
    ["no-data: timeout", [[1], { failure: { request: "up", code: "timeout", text: "Too slow." } }], "Too slow."],
    [
      "inconclusive: coverage",
      [[1], { targets: [seen, { ...seen, coverage: 0.5 }] }],
      "Only 50 % of steady is covered, 90 % must be.",
    ],
    [
      "inconclusive: coverage",
      [[1], { targets: [{ ...down, coverage: 0.5 }] }],
      `Only 50 % of steady is covered, 90 % must be. ${DOWN}`,
    ],
    ["inconclusive: target-down", [[1], { targets: [seen, down] }], DOWN],
    ["fail: broken", [[3], { targets: [{ ...down, coverage: 0.5 }] }], "The result is 3; at most 2 is allowed."],
    [
      "inconclusive: target-down",
      [[1], { targets: [down], everywhere: "depth" }],
      `${DOWN} depth does not say whose it is, so every target counts: name its job.`,
    ],
  ])("%s %#", (decision, given, text) => {
    expect(told(...given)).toEqual([decision, text]);
  });
});

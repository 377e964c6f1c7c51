import { describe, expect, it } from "vitest";
import { judged, query, runFile, STEADY, target } from "./fixtures/scene.ts";

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

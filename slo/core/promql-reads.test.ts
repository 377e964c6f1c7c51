import { describe, expect, it } from "vitest";
import { queryReads } from "./promql-reads.ts";

const texts = (promql: string) => queryReads(promql).selectors.map(({ text }) => text);

describe("what a query reads", () => {
  it.each<[string, string[]]>([
    ['queue{job="a"}', ['queue{job="a"}']],
    ['max_over_time(queue{job="a"}[30s])', ['queue{job="a"}']],
    ["sum by (job) (rate(a[5m] offset 1h)) / on() b @ end()", ["a", "b"]],
    ["max_over_time(rate(a[1m])[30s:1s])", ["a"]],
    ["a + a + b", ["a", "b"]],
    ['absent(up{job="a"}) or vector(0)', ['up{job="a"}']],
    ["histogram_quantile(0.9, sum by (le) (rate(a_bucket[30s])))", ["a_bucket"]],
    ['a{b="c{d}"} # e{f="g"}', ['a{b="c{d}"}']],
    ["vector(1)", []],
    ["1 + 2 * time()", []],
    ["sum(", []],
    ["", []],
  ])("finds the selectors of %s", (promql, selectors) => {
    expect(texts(promql)).toEqual(selectors);
  });

  it("reads names and matchers in all their spellings", () => {
    const one = (promql: string) => queryReads(promql).selectors[0];
    const matchers = [{ label: "job", op: "=", value: "x" }];
    expect(one('a{job="x"}')).toMatchObject({ metric: "a", matchers });
    expect(one("{__name__='a',job=`x`}")).toMatchObject({ metric: "a", matchers });
    expect(one('{"a b","job"="x"}')).toMatchObject({ metric: "a b", matchers });
    expect(one('{__name__=~"a.*",job="x"}')).toMatchObject({ metric: null, matchers });
  });

  it.each(['job=~"("', 'job="\\q"', '"\\q"="x"'])(
    "leaves out a matcher that cannot be read, to look at more rather than less: %s",
    (matcher) => {
      expect(queryReads(`a{${matcher},b="c"}`).selectors[0]?.matchers).toEqual([{ label: "b", op: "=", value: "c" }]);
    },
  );

  it("knows no metric where the name cannot be read", () => {
    expect(queryReads('{"\\q"}').selectors).toEqual([{ text: '{"\\q"}', offset: 0, metric: null, matchers: [] }]);
  });

  it.each(["a +", "a)", ""])("reads nothing of what is no PromQL: %j", (promql) => {
    expect(queryReads(promql)).toEqual({ selectors: [], keepsSeries: false, keepsLabels: false });
  });

  it.each<[string, boolean, boolean]>([
    ["max_over_time(a[30s])", true, true],
    ["-ceil(max_over_time(rate(a[1m] offset 1s)[30s:]))", true, true],
    ["sum by (job) (a)", false, true],
    ["time()", false, true],
    ['count_values by (job) ("instance", a)', false, false],
    ["info(a)", false, false],
    ["a > 5", false, true],
    ["a and b", false, true],
    ['label_replace(a, "job", "x", "", "")', false, false],
    ['label_join(a, "job", "", "b")', false, false],
    ['absent(a{job="x"})', false, false],
    ["vector(scalar(a))", false, false],
  ])("knows whether the result of %s has every series, and true labels", (promql, keepsSeries, keepsLabels) => {
    expect(queryReads(promql)).toMatchObject({ keepsSeries, keepsLabels });
  });
});

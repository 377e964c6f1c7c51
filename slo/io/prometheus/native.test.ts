import { describe, expect, it } from "vitest";
import type { RawSeries } from "../../core/fetched.ts";
import { readAnswer } from "./answer.ts";

// As Prometheus 3.5 wrote it: a zero bucket, a negative bucket, positive ones with a hole between, and an overflow.
const buckets = [
  [1, "-0.5", "-0.25", "1"],
  [3, "-0.001", "0.001", "2"],
  [0, "0.0625", "0.08838834764831845", "30"],
  [0, "1.7976931348623157e+308", "+Inf", "4"],
];
const sample = { count: "37", sum: "9.5", buckets };

const matrix = (histograms: unknown, more: object = {}) => ({
  data: { resultType: "matrix", result: [{ metric: { __name__: "latency" }, histograms, ...more }] },
});

function seriesIn(body: unknown): readonly RawSeries[] {
  const reading = readAnswer(body);
  if (reading.kind !== "answered") throw new Error(reading.why);
  return reading.answered.series;
}

function unreadable(histogram: unknown): string {
  const reading = readAnswer(matrix([[1, histogram]]));
  return reading.kind === "unreadable" ? reading.why : "it was read";
}

describe("a native histogram's samples", () => {
  it("are counts with buckets, closed below where the rule says so", () => {
    const [series] = seriesIn(matrix([[1.5, sample]]));
    expect(series).toEqual({
      labels: { __name__: "latency" },
      times: [1.5],
      values: [37],
      histograms: [
        {
          counts: [1, 2, 30, 4],
          layout: [
            { lower: -0.5, upper: -0.25, closed: true },
            { lower: -0.001, upper: 0.001, closed: true },
            { lower: 0.0625, upper: 0.08838834764831845, closed: false },
            { lower: Number.MAX_VALUE, upper: Number.POSITIVE_INFINITY, closed: false },
          ],
        },
      ],
    });
  });

  it("share the layout of their buckets as long as it is the same", () => {
    const [series] = seriesIn(
      matrix([
        [1, sample],
        [2, { ...sample, count: "38" }],
        [3, { count: "0", sum: "0" }],
      ]),
    );
    const layouts = series?.histograms?.map(({ layout }) => layout);
    expect(series?.values).toEqual([37, 38, 0]);
    expect([layouts?.[0] === layouts?.[1], layouts?.[2]]).toEqual([true, []]);
  });

  it("stand beside the plain numbers that a series had before it became one", () => {
    const series = seriesIn(matrix([[2, sample]], { values: [[1, "5"]] }));
    expect(series.map(({ values, histograms }) => [values, histograms?.length])).toEqual([
      [[5], undefined],
      [[37], 1],
    ]);
  });

  it.each<[unknown, string]>([
    [null, '"count" is missing'],
    [{}, '"count" is missing'],
    [{ count: 37 }, "a histogram's count is 37"],
    [{ count: "many" }, 'a histogram\'s count is "many"'],
    [{ count: "1", buckets: {} }, "a histogram's buckets is not a list"],
    [{ count: "1", buckets: [[0, "1", "2"]] }, "a bucket has not rule, bounds and count"],
    [{ count: "1", buckets: [{}] }, "a bucket has not rule, bounds and count"],
    [{ count: "1", buckets: [[4, "1", "2", "1"]] }, "a bucket's boundary rule is 4"],
    [{ count: "1", buckets: [["0", "1", "2", "1"]] }, 'a bucket\'s boundary rule is "0"'],
    [{ count: "1", buckets: [[0, 1, "2", "1"]] }, "a bucket's bound is 1"],
    [{ count: "1", buckets: [[0, "1", "wide", "1"]] }, 'a bucket\'s bound is "wide"'],
    [{ count: "1", buckets: [[0, "1", "2", null]] }, "a bucket's count is null"],
    [{ count: "1", buckets: [[0, "2", "1", "1"]] }, "a histogram's buckets do not rise from bound to bound"],
    [{ count: "1", buckets: [[0, "NaN", "1", "1"]] }, "a histogram's buckets do not rise from bound to bound"],
    [
      {
        count: "1",
        buckets: [
          [0, "1", "3", "1"],
          [0, "2", "4", "1"],
        ],
      },
      "a histogram's buckets do not rise from bound to bound",
    ],
  ])("are not read where they are %j", (histogram, why) => {
    expect(unreadable(histogram)).toBe(why);
  });
});

import { describe, expect, it } from "vitest";
import { readAnswer } from "./answer.ts";

const matrix = (values: unknown) => ({
  status: "success",
  data: { resultType: "matrix", result: [{ metric: { __name__: "up", job: "api" }, values }] },
});

function unreadable(body: unknown): string {
  const reading = readAnswer(body);
  return reading.kind === "unreadable" ? reading.why : "it was read";
}

describe("readAnswer", () => {
  it("keeps every sample with its own time, and the values that parseFloat loses", () => {
    const values = [
      [1.5, "1"],
      [2.5, "+Inf"],
      [3.5, "-Inf"],
      [4.5, "NaN"],
      [5.5, "1e+06"],
    ];
    const reading = readAnswer(matrix(values));
    expect(reading).toEqual({
      kind: "answered",
      answered: {
        warnings: [],
        remarks: [],
        series: [
          {
            labels: { __name__: "up", job: "api" },
            times: [1.5, 2.5, 3.5, 4.5, 5.5],
            values: [1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 1_000_000],
          },
        ],
      },
    });
  });

  it("reads vectors and scalars as series of one sample", () => {
    const vector = { data: { resultType: "vector", result: [{ metric: {}, value: [7, "3"] }] } };
    const scalar = { data: { resultType: "scalar", result: [7, "3"] } };
    const series = [{ labels: {}, times: [7], values: [3] }];
    expect(readAnswer(vector)).toEqual({ kind: "answered", answered: { series, warnings: [], remarks: [] } });
    expect(readAnswer(scalar)).toEqual({ kind: "answered", answered: { series, warnings: [], remarks: [] } });
  });

  it.each([true, "true", 1])("takes isPartial: %j of VictoriaMetrics for a warning", (isPartial) => {
    const reading = readAnswer({ ...matrix([[1, "1"]]), isPartial });
    expect(reading).toMatchObject({ answered: { warnings: [expect.stringContaining("did not answer")] } });
    expect(readAnswer({ ...matrix([[1, "1"]]), isPartial: false })).toMatchObject({ answered: { warnings: [] } });
  });

  it("keeps warnings of the server apart from remarks about PromQL", () => {
    const body = {
      ...matrix([[1, "1"]]),
      warnings: ["store-2 did not answer", "PromQL warning: odd"],
      infos: ["PromQL info: not a counter"],
    };
    const reading = readAnswer(body);
    expect(reading.kind === "answered" && reading.answered).toMatchObject({
      warnings: ["store-2 did not answer"],
      remarks: ["PromQL warning: odd", "PromQL info: not a counter"],
    });
  });

  it.each([
    [{}, '"data" is missing'],
    [null, '"data" is missing'],
    [{ data: { result: [] } }, '"resultType" is missing'],
    [{ data: { resultType: "string", result: [1, "x"] } }, 'data.resultType is "string"'],
    [{ data: { resultType: "matrix", result: {} } }, "data.result is not a list"],
    [{ data: { resultType: "matrix", result: [{ values: [] }] } }, '"metric" is missing'],
    [{ data: { resultType: "matrix", result: [{ metric: [], values: [] }] } }, "data.result[].metric is not an object"],
    [
      { data: { resultType: "matrix", result: [{ metric: { a: 1 }, values: [] }] } },
      "data.result[].metric holds a label that is not a string",
    ],
    [matrix({}), "data.result[].values is not a list"],
    [matrix([]), "a series holds no sample"],
    [{ data: { resultType: "matrix", result: [{ metric: {}, histograms: [] }] } }, "a series holds no sample"],
    [matrix([[1]]), "a sample is not a pair of time and value"],
    [matrix([["1", "1"]]), 'a sample\'s time is "1"'],
    [
      matrix([
        [2, "1"],
        [2, "1"],
      ]),
      "a sample's time is 2",
    ],
    [matrix([[1, 1]]), "a sample's value is 1"],
    [matrix([[1, ""]]), 'a sample\'s value is ""'],
    [matrix([[1, "abc"]]), 'a sample\'s value is "abc"'],
  ])("names what is wrong with %j", (body, why) => {
    expect(unreadable(body)).toBe(why);
  });
});

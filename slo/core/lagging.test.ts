import { describe, expect, it } from "vitest";
import type { RawSeries } from "./fetched.ts";
import { laggingOf, unseenOf } from "./lagging.ts";

const labels = { __name__: "errors_total", job: "api", instance: "a:1" };
const up: RawSeries = {
  labels: { __name__: "up", job: "api", instance: "a:1" },
  times: [900, 901, 902, 903, 920, 921],
  values: [1, 1, 1, 1, 1, 1],
};
const verdictOf = (newest: number, ups: readonly RawSeries[] = [up]) =>
  laggingOf([{ labels, newest }], ups, 922).length > 0;

describe("a series alive without a sample in what was fetched", () => {
  it.each([
    ["lags where its newest sample is beside the scrapes", 902.25, true],
    ["lags where the next scrape did not mark its end", 901, true],
    ["ended where no scrape followed in time to mark it", 903, false],
  ])("%s", (_, newest, lags) => {
    expect(verdictOf(newest)).toBe(lags);
  });

  it("lags where the next scrape came in time, two and a half spacings at most", () => {
    const late = (next: number): readonly RawSeries[] => [
      { ...up, times: [next], values: [1] },
      { ...up, times: [900, 901, 902, 903], values: [1, 1, 1, 1] },
    ];
    expect(verdictOf(903, late(905.5))).toBe(true);
    expect(verdictOf(903, late(905.501))).toBe(false);
  });

  it("is held against the next scrape of all, whatever the order of labels that a target had", () => {
    const turns = [
      { ...up, times: [910], values: [1] },
      { ...up, times: [900, 901, 902, 903, 904.5], values: [1, 1, 1, 1, 1] },
    ];
    expect(verdictOf(903, turns)).toBe(true);
  });

  it("lags where no clock tells of it", () => {
    expect(verdictOf(903, [])).toBe(true);
  });

  it("is told by its metric and all of its labels", () => {
    const request = { metric: "errors_total", selector: "errors_total", from: 0, to: 1 };
    const series = (more: Record<string, string>): RawSeries => ({
      labels: { ...labels, ...more },
      times: [1],
      values: [1],
    });
    const alive = [series({}), series({ code: "500" }), series({ __name__: "others_total" })];
    expect(unseenOf(alive, [{ request, result: [series({})] }])).toEqual([alive[1]]);
    const turned = { ...series({}), labels: { instance: "a:1", job: "api", __name__: "errors_total" } };
    expect(unseenOf(alive, [{ request, result: [turned] }])).toEqual([alive[1]]);
  });
});

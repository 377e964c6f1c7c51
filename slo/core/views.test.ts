import { describe, expect, it } from "vitest";
import { readAnswers } from "./answers.ts";
import type { RawSeries } from "./fetched.ts";
import type { Selector } from "./objective.ts";
import { counterQueries, withCounts, withHistogram } from "./views.ts";

const labelled = (name: string, times: readonly number[], instance = "a:1"): RawSeries => ({
  labels: { __name__: name, job: "api", instance },
  times,
  values: times.map((time) => 10 * time),
});
const native = (name: string, times: readonly number[], instance?: string): RawSeries => ({
  ...labelled(name, times, instance),
  histograms: times.map(() => ({ layout: [], counts: [] })),
});
const answered = (...series: readonly RawSeries[]) =>
  readAnswers({
    ranges: [...Map.groupBy(series, ({ labels }) => labels.__name__ ?? "")].map(([metric, result]) => ({
      kind: "answer",
      request: { metric, selector: metric, from: 0, to: 9 },
      result,
    })),
    instants: [],
  });
const named = (metric: string): Selector => ({ metric, matchers: [{ label: "job", op: "=", value: "api" }] });

describe("a histogram's native series", () => {
  it("stand among its buckets, and among nothing else", () => {
    const [buckets, other, natives] = [labelled("m_bucket", [1]), labelled("n_bucket", [1]), native("m", [1])];
    const answers = withHistogram(answered(buckets, other, natives), named("m"));
    expect(answers.seriesOf("m_bucket")).toEqual([buckets, natives]);
    expect(answers.seriesOf("n_bucket")).toEqual([other]);
  });
});

describe("a native histogram's counts", () => {
  it("are its counter at the scrapes that brought no such counter to that target", () => {
    const answers = answered(labelled("m_count", [1, 2]), native("m", [2, 3]), native("m", [2], "b:1"));
    expect(withCounts(answers, [named("m_count")]).seriesOf("m_count")).toEqual([
      labelled("m_count", [1, 2]),
      labelled("m_count", [3]),
      labelled("m_count", [2], "b:1"),
    ]);
  });

  it("stand beside counters that have none, and leave other metrics as they are", () => {
    const [errors, up] = [labelled("errors_total", [1]), labelled("other", [1])];
    const answers = withCounts(answered(errors, up, native("m", [1])), [named("errors_total"), named("m_count")]);
    expect(answers.seriesOf("m_count")).toEqual([labelled("m_count", [1])]);
    expect(answers.seriesOf("errors_total")).toEqual([errors]);
    expect(answers.seriesOf("other")).toEqual([up]);
  });

  it("are shown as what to paste into Prometheus", () => {
    const count = 'histogram_count(m{job="api"})';
    const queries = (...series: readonly RawSeries[]) => counterQueries(answered(...series), named("m_count"));
    expect(queries(native("m", [1]))).toEqual([count]);
    expect(queries(labelled("m_count", [1]))).toEqual(['m_count{job="api"}']);
    expect(queries(labelled("m_count", [1]), native("m", [1]))).toEqual(['m_count{job="api"}']);
    expect(queries(labelled("m_count", [1]), native("m", [2]))).toEqual(['m_count{job="api"}', count]);
    expect(counterQueries(answered(labelled("m", [1])), named("m"))).toEqual(['m{job="api"}']);
  });
});

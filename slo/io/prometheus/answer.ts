import type { RawSeries } from "../../core/evidence.ts";

/** What Prometheus answered to an instant query, with values as numbers (`+Inf`, `-Inf` and `NaN` as such). */
export interface Answered {
  readonly series: readonly RawSeries[];
  /** Of Prometheus itself or a part behind it, not about PromQL: the answer may be incomplete. */
  readonly warnings: readonly string[];
}

export type Reading =
  | { readonly kind: "answered"; readonly answered: Answered }
  | { readonly kind: "unreadable"; readonly why: string };

class Unreadable extends Error {}

/** Reads the body of a successful `/api/v1/query` answer; source: Prometheus' HTTP API, "Expression query result formats". */
export function readAnswer(body: unknown): Reading {
  try {
    const data = field(body, "data");
    return { kind: "answered", answered: { series: readResult(data), warnings: readWarnings(body) } };
  } catch (error) {
    if (error instanceof Unreadable) return { kind: "unreadable", why: error.message };
    throw error;
  }
}

function readResult(data: unknown): RawSeries[] {
  const type = field(data, "resultType");
  const result = field(data, "result");
  switch (type) {
    case "matrix":
      return list(result, "data.result").flatMap((item) => readMatrixItem(item));
    case "vector":
      return list(result, "data.result").flatMap((item) => readVectorItem(item));
    case "scalar":
      return [seriesOf({}, [result])];
    default:
      throw new Unreadable(`data.resultType is ${quote(type)}`);
  }
}

function readMatrixItem(item: unknown): RawSeries[] {
  const values = isRecord(item) ? item.values : undefined;
  // Native histograms come beside `values`; no indicator reads them, and without floats there is nothing to judge.
  if (values === undefined && isRecord(item) && Array.isArray(item.histograms)) return [];
  return [seriesOf(readLabels(item), list(values, "data.result[].values"))];
}

function readVectorItem(item: unknown): RawSeries[] {
  if (isRecord(item) && item.value === undefined && Array.isArray(item.histogram)) {
    throw new Unreadable("the result is a native histogram; let the query make a number of it (histogram_quantile, …)");
  }
  return [seriesOf(readLabels(item), [field(item, "value")])];
}

function readLabels(item: unknown): Record<string, string> {
  const metric = field(item, "metric");
  if (!isRecord(metric)) throw new Unreadable("data.result[].metric is not an object");
  for (const value of Object.values(metric)) {
    if (typeof value !== "string") throw new Unreadable("data.result[].metric holds a label that is not a string");
  }
  return metric as Record<string, string>;
}

function seriesOf(labels: Record<string, string>, points: readonly unknown[]): RawSeries {
  const times: number[] = [];
  const values: number[] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (const point of points) {
    if (!Array.isArray(point) || point.length !== 2) throw new Unreadable("a sample is not a pair of time and value");
    const [time, text] = point as [unknown, unknown];
    if (typeof time !== "number" || time <= before) throw new Unreadable(`a sample's time is ${quote(time)}`);
    times.push(time);
    values.push(toValue(text));
    before = time;
  }
  return { labels, times, values };
}

/** Prometheus' text of a sample as a number; `Number()` alone makes NaN of `+Inf`. */
function toValue(text: unknown): number {
  if (typeof text !== "string" || text === "") throw new Unreadable(`a sample's value is ${quote(text)}`);
  if (text === "NaN") return Number.NaN;
  if (text === "+Inf" || text === "Inf") return Number.POSITIVE_INFINITY;
  if (text === "-Inf") return Number.NEGATIVE_INFINITY;
  const value = Number(text);
  if (Number.isNaN(value)) throw new Unreadable(`a sample's value is ${quote(text)}`);
  return value;
}

function readWarnings(body: unknown): string[] {
  const warnings = isRecord(body) ? body.warnings : undefined;
  if (warnings === undefined || warnings === null) return [];
  return list(warnings, "warnings")
    .map(String)
    .filter((text) => !text.startsWith("PromQL "));
}

function list(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Unreadable(`${name} is not a list`);
  return value;
}

function field(value: unknown, name: string): unknown {
  if (!isRecord(value) || !(name in value)) throw new Unreadable(`"${name}" is missing`);
  return value[name];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function quote(value: unknown): string {
  return (JSON.stringify(value) ?? "missing").slice(0, 60);
}

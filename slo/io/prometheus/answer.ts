import type { RawSeries } from "../../core/fetched.ts";
import { type Layouts, readNative } from "./native.ts";
import { field, isRecord, list, quote, toValue, Unreadable } from "./sample.ts";

/** What Prometheus answered to an instant query, with values as numbers (`+Inf`, `-Inf` and `NaN` as such). */
export interface Answered {
  readonly series: readonly RawSeries[];
  /** Of Prometheus itself or a part behind it, not about PromQL: the answer may be incomplete. */
  readonly warnings: readonly string[];
  /** What Prometheus remarks about the PromQL itself. */
  readonly remarks: readonly string[];
}

export type Reading =
  | { readonly kind: "answered"; readonly answered: Answered }
  | { readonly kind: "unreadable"; readonly why: string };

/** Reads the body of a successful `/api/v1/query` answer; source: Prometheus' HTTP API, "Expression query result formats". */
export function readAnswer(body: unknown): Reading {
  try {
    const data = field(body, "data");
    return { kind: "answered", answered: { series: readResult(data), ...readWarnings(body) } };
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
  const histograms = isRecord(item) ? item.histograms : undefined;
  const labels = readLabels(item);
  const floats = values === undefined && histograms !== undefined ? [] : list(values, "data.result[].values");
  const natives = histograms === undefined ? [] : list(histograms, "data.result[].histograms");
  // Prometheus lists no series without a sample: its samples were lost on the way, and with them what they counted.
  if (floats.length + natives.length === 0) throw new Unreadable("a series holds no sample");
  return [
    ...(floats.length === 0 ? [] : [seriesOf(labels, floats)]),
    ...(natives.length === 0 ? [] : [nativeOf(labels, natives)]),
  ];
}

function readVectorItem(item: unknown): RawSeries[] {
  if (isRecord(item) && item.value === undefined && Array.isArray(item.histogram)) {
    return [nativeOf(readLabels(item), [item.histogram])];
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
  const { times, told } = readPoints(points);
  return { labels, times, values: told.map((text) => toValue(text)) };
}

function nativeOf(labels: Record<string, string>, points: readonly unknown[]): RawSeries {
  const { times, told } = readPoints(points);
  const layouts: Layouts = new Map();
  const samples = told.map((histogram) => readNative(histogram, layouts));
  const values = samples.map(({ count }) => count);
  return { labels, times, values, histograms: samples.map(({ sample }) => sample) };
}

function readPoints(points: readonly unknown[]): { readonly times: number[]; readonly told: unknown[] } {
  const times: number[] = [];
  const told: unknown[] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (const point of points) {
    if (!Array.isArray(point) || point.length !== 2) throw new Unreadable("a sample is not a pair of time and value");
    const [time, value] = point as [unknown, unknown];
    if (typeof time !== "number" || time <= before) throw new Unreadable(`a sample's time is ${quote(time)}`);
    times.push(time);
    told.push(value);
    before = time;
  }
  return { times, told };
}

function isPartial(body: unknown): boolean {
  return isRecord(body) && "isPartial" in body && body.isPartial !== false;
}

/** VictoriaMetrics says in a field of its own that some of its storage did not answer. */
const PARTIAL = "isPartial: a part of its storage did not answer";

/** Warnings and, since Prometheus 3, infos; those about PromQL are marked as such. */
function readWarnings(body: unknown): Pick<Answered, "warnings" | "remarks"> {
  const told = (name: string): readonly string[] => {
    const value = isRecord(body) ? body[name] : undefined;
    return value === undefined || value === null ? [] : list(value, name).map(String);
  };
  const isRemark = (text: string) => text.startsWith("PromQL ");
  const [warnings, infos] = [told("warnings"), told("infos")];
  return {
    warnings: [...(isPartial(body) ? [PARTIAL] : []), ...warnings.filter((text) => !isRemark(text))],
    remarks: [...warnings.filter(isRemark), ...infos],
  };
}

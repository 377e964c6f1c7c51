import type { RawSeries } from "../core/fetched.ts";
import { itemAt } from "../core/item-at.ts";
import type { NativeSample } from "../core/native-sample.ts";

/** Of Prometheus' HTTP API: closed on both sides, and open on the left. */
const [CLOSED, LEFT_OPEN] = [3, 0];

/** As Prometheus writes a sample's value. */
function valueText(value: number): string {
  if (Math.abs(value) === Number.POSITIVE_INFINITY) return value > 0 ? "+Inf" : "-Inf";
  return String(value);
}

function histogramOf({ layout, counts }: NativeSample, count: number): unknown {
  const buckets = layout.map(({ lower, upper, closed }, index) => [
    closed ? CLOSED : LEFT_OPEN,
    valueText(lower),
    valueText(upper),
    valueText(itemAt(counts, index)),
  ]);
  return { count: valueText(count), sum: "0", buckets };
}

function pointsOf({ times, values, histograms }: RawSeries): readonly (readonly [number, unknown])[] {
  return times.map((time, index) => {
    const value = itemAt(values, index);
    return [time, histograms === undefined ? valueText(value) : histogramOf(itemAt(histograms, index), value)];
  });
}

function success(resultType: string, result: unknown): unknown {
  return { status: "success", data: { resultType, result } };
}

/** The answer to a range selector, as Prometheus' HTTP API writes it. */
export function matrixBody(series: readonly RawSeries[]): unknown {
  return success(
    "matrix",
    series.map((one) => ({
      metric: one.labels,
      [one.histograms === undefined ? "values" : "histograms"]: pointsOf(one),
    })),
  );
}

/** The answer to an instant query: of each series its first sample. */
export function vectorBody(series: readonly RawSeries[]): unknown {
  return success(
    "vector",
    series.map((one) => ({
      metric: one.labels,
      [one.histograms === undefined ? "value" : "histogram"]: pointsOf(one)[0] ?? [0, "NaN"],
    })),
  );
}

export function scalarBody(time: number, value: number): unknown {
  return success("scalar", [time, valueText(value)]);
}

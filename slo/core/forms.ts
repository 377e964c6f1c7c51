import { toMs } from "./clock.ts";
import type { Fault, HistogramForm } from "./evidence.ts";
import type { RawSeries } from "./fetched.ts";
import { itemAt } from "./item-at.ts";
import type { Reach } from "./reach.ts";

/** The value at each time (milliseconds) in reach. */
type Values = ReadonlyMap<number, number>;

function valuesOf(series: readonly RawSeries[], { bounds }: Reach): Values {
  const [first = 0, last = 0] = [bounds[0], bounds.at(-1)];
  const all = series.flatMap(({ times, values }) =>
    times.map((time, index): readonly [number, number] => [toMs(time), itemAt(values, index)]),
  );
  return new Map(all.filter(([time]) => time >= first && time <= last));
}

function covers(form: Values, other: Values): boolean {
  return [...other.keys()].every((time) => form.has(time));
}

export type Chosen =
  | { readonly kind: "one"; readonly form: Exclude<HistogramForm, "both"> }
  | { readonly kind: "both" }
  | { readonly kind: "neither"; readonly fault: Fault };

/**
 * One label set may stand in Prometheus as classic buckets and as a native histogram: they count the same requests,
 * so one of them is read, the one that is there throughout. Where both are, each is exact at its own edges; that they
 * are the same counter is seen at every scrape. `classic` are the series of `le="+Inf"`.
 */
export function chooseForm(
  classic: readonly RawSeries[],
  native: readonly RawSeries[],
  reach: Reach,
  where: string,
): Chosen {
  if (native.length === 0) return { kind: "one", form: "classic" };
  const [ofClassic, ofNative] = [valuesOf(classic, reach), valuesOf(native, reach)];
  const [classicThroughout, nativeThroughout] = [covers(ofClassic, ofNative), covers(ofNative, ofClassic)];
  if (classicThroughout && nativeThroughout) {
    if (ofClassic.size === 0) return { kind: "one", form: classic.length > 0 ? "classic" : "native" };
    const differs = [...ofClassic].some(([time, value]) => ofNative.get(time) !== value);
    if (!differs) return { kind: "both" };
    const text = `The classic buckets and the native histogram of ${where} do not count the same; scrape one of them only`;
    return { kind: "neither", fault: { code: "forms-differ", text } };
  }
  if (classicThroughout) return { kind: "one", form: "classic" };
  if (nativeThroughout) return { kind: "one", form: "native" };
  const text = `${where} turns from classic buckets into a native histogram, or back; judge a time on one side of that`;
  return { kind: "neither", fault: { code: "forms-differ", text } };
}

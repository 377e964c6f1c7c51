import type { RawSeries } from "../../core/fetched.ts";

/** Labels as one text; the name is left out, which functions of PromQL take away. */
export function labelsKey(labels: RawSeries["labels"]): string {
  return JSON.stringify(
    Object.entries(labels)
      .filter(([name]) => name !== "__name__")
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function namedKey(labels: RawSeries["labels"]): string {
  return `${labels.__name__ ?? ""} ${labelsKey(labels)}`;
}

/**
 * One series a name and label set: parts of it that were asked for apart; a sample that came twice is one. Who merges
 * one metric's series of which some lost its name gives `labelsKey`.
 */
export function mergeSeries(parts: readonly (readonly RawSeries[])[], keyOf = namedKey): RawSeries[] {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return [...only];
  const groups = Map.groupBy(parts.flat(), ({ labels, histograms }) => keyOf(labels) + (histograms === undefined));
  return [...groups.values()].map(joined);
}

function joined(parts: readonly RawSeries[]): RawSeries {
  const [first] = parts;
  if (first === undefined || parts.length === 1) return first ?? { labels: {}, times: [], values: [] };
  const samples = parts.flatMap(({ times, values, histograms }) =>
    times.map((time, index) => ({ time, value: values[index] ?? Number.NaN, histogram: histograms?.[index] })),
  );
  samples.sort((a, b) => a.time - b.time);
  const once = samples.filter(({ time }, index) => time !== samples[index - 1]?.time);
  const floats = {
    labels: first.labels,
    times: once.map(({ time }) => time),
    values: once.map(({ value }) => value),
  };
  if (first.histograms === undefined) return floats;
  return { ...floats, histograms: once.flatMap(({ histogram }) => histogram ?? []) };
}

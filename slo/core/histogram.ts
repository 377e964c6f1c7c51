import type { Clock } from "./clock.ts";
import { parseEdge } from "./edge.ts";
import type { Fault, HistogramForm } from "./evidence.ts";
import type { RawSeries } from "./fetched.ts";
import { chooseForm } from "./forms.ts";
import { itemAt } from "./item-at.ts";
import { atMost, nearlySame } from "./limit.ts";
import { readNativeGroup } from "./native.ts";
import type { Reach } from "./reach.ts";
import { type Row, type Tally, tally } from "./tally.ts";
import { unreachable } from "./unreachable.ts";

/** One label set of a histogram: what was counted below each finite edge, and in all. */
export interface BucketGroup {
  readonly edges: readonly number[];
  readonly within: readonly Tally[];
  readonly total: Tally;
}

/** Classic buckets and the native histogram of one label set are one group. */
function groupKey({ labels }: RawSeries): string {
  return JSON.stringify(
    Object.entries(labels)
      .filter(([name]) => name !== "le" && name !== "__name__")
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function rowsOf(series: readonly RawSeries[]): readonly { readonly edge: number; readonly row: Row }[] {
  const byEdge = Map.groupBy(series, ({ labels }) => parseEdge(labels.le));
  return [...byEdge]
    .map(([edge, same]) => ({
      edge,
      row: { name: `${same[0]?.labels.__name__ ?? "a bucket"}{le="${edge}"}`, series: same },
    }))
    .toSorted((a, b) => a.edge - b.edge);
}

function total(one: Tally): number {
  return one.deltas.reduce((sum, delta) => sum + delta, 0);
}

function faultsOf(tallies: readonly Tally[], edges: readonly number[], where: string): readonly Fault[] {
  const sums = tallies.map(total);
  const rising = sums.every((sum, index) => index === 0 || sum >= itemAt(sums, index - 1));
  const unordered: readonly Fault[] = rising
    ? []
    : [{ code: "buckets-not-rising", text: `The buckets of ${where} do not rise from edge to edge` }];
  const noInf: readonly Fault[] =
    edges.at(-1) === Number.POSITIVE_INFINITY
      ? []
      : [{ code: "no-inf-bucket", text: `${where} has no bucket with le="+Inf", so its total is not known` }];
  return [...tallies.flatMap(({ faults }) => faults), ...unordered, ...noInf];
}

interface GroupReading {
  readonly group: BucketGroup | null;
  readonly form: HistogramForm;
  readonly faults: readonly Fault[];
}

function readClassic(series: readonly RawSeries[], clock: Clock, reach: Reach): GroupReading {
  const rows = rowsOf(series);
  const tallies = rows.map(({ row }) => tally(row, clock, reach));
  const edges = rows.map(({ edge }) => edge);
  const faults = faultsOf(tallies, edges, `${series[0]?.labels.__name__ ?? "a histogram"} at ${clock.instance}`);
  const inf = edges.at(-1) === Number.POSITIVE_INFINITY ? tallies.at(-1) : undefined;
  const group = inf === undefined ? null : { edges: edges.slice(0, -1), within: tallies.slice(0, -1), total: inf };
  return { group, form: "classic", faults };
}

function readNative(series: readonly RawSeries[], clock: Clock, reach: Reach): GroupReading {
  const { edges, within, total, fault } = readNativeGroup(series, clock, reach);
  const where = `${series[0]?.labels.__name__ ?? "a histogram"} at ${clock.instance}`;
  const faults = faultsOf([...within, total], [...edges, Number.POSITIVE_INFINITY], where);
  return { group: { edges, within, total }, form: "native", faults: fault === null ? faults : [fault, ...faults] };
}

/** Exact at the edges of either. */
function joined(classic: GroupReading, native: GroupReading, where: string): GroupReading {
  const faults = [...classic.faults, ...native.faults];
  if (classic.group === null || native.group === null) return { group: null, form: "both", faults };
  const pairs = ({ edges, within }: BucketGroup) =>
    edges.flatMap((edge, index) => (within[index] === undefined ? [] : [{ edge, one: within[index] }]));
  const { edges: known } = classic.group;
  const added = pairs(native.group).filter(({ edge }) => !known.some((own) => nearlySame(own, edge)));
  const all = [...pairs(classic.group), ...added].toSorted((a, b) => a.edge - b.edge);
  const { total } = classic.group;
  const group = { edges: all.map(({ edge }) => edge), within: all.map(({ one }) => one), total };
  return {
    group,
    form: "both",
    faults: [...faults, ...faultsOf([...group.within, total], [...group.edges, Number.POSITIVE_INFINITY], where)],
  };
}

function readGroup(series: readonly RawSeries[], clock: Clock, reach: Reach): GroupReading {
  const native = series.filter(({ histograms }) => histograms !== undefined);
  const classic = series.filter(({ histograms }) => histograms === undefined);
  const all = classic.filter(({ labels }) => parseEdge(labels.le) === Number.POSITIVE_INFINITY);
  const where = `${native[0]?.labels.__name__ ?? "a histogram"} at ${clock.instance}`;
  const chosen = chooseForm(all, native, reach, where);
  switch (chosen.kind) {
    case "one":
      return chosen.form === "classic" ? readClassic(classic, clock, reach) : readNative(native, clock, reach);
    case "both":
      return joined(readClassic(classic, clock, reach), readNative(native, clock, reach), where);
    case "neither":
      return { group: null, form: "both", faults: [chosen.fault] };
  }
  return unreachable(chosen);
}

/** The label sets of one target's histogram, classic or native, counted. */
export function readBuckets(
  series: readonly RawSeries[],
  clock: Clock,
  reach: Reach,
): {
  readonly groups: readonly BucketGroup[];
  readonly forms: readonly HistogramForm[];
  readonly faults: readonly Fault[];
} {
  const unreadable = series.find(
    ({ labels, histograms }) => histograms === undefined && Number.isNaN(parseEdge(labels.le)),
  );
  if (unreadable !== undefined) {
    const fault: Fault = {
      code: "bad-edge",
      text: `A bucket has the edge le="${unreadable.labels.le ?? ""}", which is no number`,
    };
    return { groups: [], forms: [], faults: [fault] };
  }
  const read = [...Map.groupBy(series, groupKey).values()].map((group) => readGroup(group, clock, reach));
  return {
    groups: read.flatMap(({ group }) => group ?? []),
    forms: read.map(({ form }) => form),
    faults: read.flatMap(({ faults }) => faults),
  };
}

/** The group's count within an edge that it may not have: the nearest below says the least, the nearest above the most. */
export function withinEdge(group: BucketGroup, edge: number, side: "least" | "most"): readonly number[] {
  const none = group.total.deltas.map(() => 0);
  if (side === "least") {
    const index = group.edges.findLastIndex((own) => atMost(own, edge));
    return group.within[index]?.deltas ?? none;
  }
  const index = group.edges.findIndex((own) => atMost(edge, own));
  return index === -1 ? group.total.deltas : (group.within[index]?.deltas ?? none);
}

import type { Clock } from "./clock.ts";
import type { Fault, RawSeries } from "./evidence.ts";
import type { Reach } from "./reach.ts";
import { type Row, type Tally, tally } from "./tally.ts";

/** One label set of a histogram: what was counted below each finite edge, and in all. */
export interface BucketGroup {
  readonly edges: readonly number[];
  readonly within: readonly Tally[];
  readonly total: Tally;
}

/** Prometheus 3 writes `1.0` where 2 wrote `1`: numbers are compared, and `+Inf` is none to `Number`. NaN: unreadable. */
export function parseEdge(text: string | undefined): number {
  if (text === "+Inf") return Number.POSITIVE_INFINITY;
  return text === undefined || text.trim() === "" ? Number.NaN : Number(text);
}

function groupKey({ labels }: RawSeries): string {
  return JSON.stringify(
    Object.entries(labels)
      .filter(([name]) => name !== "le")
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
  const rising = sums.every((sum, index) => index === 0 || sum >= (sums[index - 1] ?? 0));
  const unordered: readonly Fault[] = rising
    ? []
    : [{ code: "buckets-not-rising", text: `The buckets of ${where} do not rise from edge to edge` }];
  const noInf: readonly Fault[] =
    edges.at(-1) === Number.POSITIVE_INFINITY
      ? []
      : [{ code: "no-inf-bucket", text: `${where} has no bucket with le="+Inf", so its total is not known` }];
  return [...tallies.flatMap(({ faults }) => faults), ...unordered, ...noInf];
}

/** The label sets of one target's buckets, counted. */
export function readBuckets(
  series: readonly RawSeries[],
  clock: Clock,
  reach: Reach,
): { readonly groups: readonly BucketGroup[]; readonly faults: readonly Fault[] } {
  const unreadable = series.find(({ labels }) => Number.isNaN(parseEdge(labels.le)));
  if (unreadable !== undefined) {
    const fault: Fault = {
      code: "bad-edge",
      text: `A bucket has the edge le="${unreadable.labels.le ?? ""}", which is no number`,
    };
    return { groups: [], faults: [fault] };
  }
  const read = [...Map.groupBy(series, groupKey).values()].map((group) => {
    const rows = rowsOf(group);
    const tallies = rows.map(({ row }) => tally(row, clock, reach));
    const edges = rows.map(({ edge }) => edge);
    const where = `${group[0]?.labels.__name__ ?? "a histogram"} at ${clock.instance}`;
    const last = tallies.at(-1);
    const inf = edges.at(-1) === Number.POSITIVE_INFINITY ? last : undefined;
    const faults = faultsOf(tallies, edges, where);
    return inf === undefined
      ? { faults, groups: [] }
      : { faults, groups: [{ edges: edges.slice(0, -1), within: tallies.slice(0, -1), total: inf }] };
  });
  return { groups: read.flatMap(({ groups }) => groups), faults: read.flatMap(({ faults }) => faults) };
}

/** The group's count within an edge that it may not have: the nearest below says the least, the nearest above the most. */
export function withinEdge(group: BucketGroup, edge: number, side: "least" | "most"): readonly number[] {
  const none = group.total.deltas.map(() => 0);
  if (side === "least") {
    const index = group.edges.findLastIndex((own) => own <= edge);
    return group.within[index]?.deltas ?? none;
  }
  const index = group.edges.findIndex((own) => own >= edge);
  return index === -1 ? group.total.deltas : (group.within[index]?.deltas ?? none);
}

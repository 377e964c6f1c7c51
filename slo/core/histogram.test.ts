import { describe, expect, it } from "vitest";
import type { RawSeries } from "./fetched.ts";
import { clockAt, reached } from "./fixtures/reached.ts";
import { readBuckets, withinEdge } from "./histogram.ts";

const CLOCK = clockAt(1000, 2000);
const REACH = reached([1000, 2000]);

/** A bucket that counted so many between two scrapes. */
function bucket(le: string, count: number, more: Record<string, string> = {}): RawSeries {
  return { labels: { __name__: "seconds_bucket", le, ...more }, times: [1, 2], values: [5, 5 + count] };
}

const read = (...series: readonly RawSeries[]) => readBuckets(series, CLOCK, REACH);
const codes = (...series: readonly RawSeries[]) => read(...series).faults.map(({ code, text }) => `${code}: ${text}`);

describe("the buckets of a histogram", () => {
  const rising = [bucket("0.1", 1), bucket("0.3", 2), bucket("+Inf", 3)];

  it.each([
    ["as they are", rising],
    ["the other way round", rising.toReversed()],
    ["mixed", [rising[2], rising[0], rising[1]].flatMap((one) => one ?? [])],
  ])("are read in the order of their edges: %s", (_, series) => {
    const { groups, faults } = read(...series);
    expect(faults).toEqual([]);
    expect(groups.map(({ edges }) => edges)).toEqual([[0.1, 0.3]]);
    expect(groups[0]?.within.map(({ deltas }) => deltas)).toEqual([[1], [2]]);
    expect(groups[0]?.total.deltas).toEqual([3]);
  });

  it("belong to one label set in whatever order its labels come", () => {
    const one = { labels: { route: "/a", le: "0.1", code: "200" }, times: [1, 2], values: [0, 1] };
    const all = { labels: { code: "200", le: "+Inf", route: "/a" }, times: [1, 2], values: [0, 4] };
    expect(read(one, all).groups.map(({ edges, total }) => [edges, total.deltas])).toEqual([[[0.1], [4]]]);
    expect(read(one, { ...all, labels: { ...all.labels, code: "500" } }).groups).toHaveLength(1);
  });

  it("are refused where they fall from edge to edge, even by one", () => {
    const text = "buckets-not-rising: The buckets of seconds_bucket at a:1 do not rise from edge to edge";
    expect(codes(bucket("0.1", 3), bucket("0.3", 2), bucket("+Inf", 3))).toEqual([text]);
    expect(codes(bucket("0.1", 1), bucket("+Inf", 0))).toEqual([text]);
    expect(codes(bucket("0.1", 2), bucket("0.3", 2), bucket("+Inf", 2))).toEqual([]);
  });

  it("are refused without the last one, and with an edge that is no number", () => {
    const { groups, faults } = read(bucket("0.1", 1), bucket("0.3", 2));
    expect(groups).toEqual([]);
    expect(faults).toEqual([
      { code: "no-inf-bucket", text: 'seconds_bucket at a:1 has no bucket with le="+Inf", so its total is not known' },
    ]);
    expect(codes(bucket("a", 1), bucket("+Inf", 1))).toEqual([
      'bad-edge: A bucket has the edge le="a", which is no number',
    ]);
  });

  it("name the bucket whose value is no count", () => {
    const odd = { ...bucket("0.1", 1), values: [1, Number.NaN] };
    expect(codes(odd, bucket("+Inf", 1))).toEqual([
      'bad-value: seconds_bucket{le="0.1"} has the value NaN, which is no count',
    ]);
  });

  it("say the least and the most within an edge that they lack", () => {
    const [group] = read(...rising).groups;
    if (group === undefined) throw new Error("no group");
    const within = (edge: number) => [withinEdge(group, edge, "least"), withinEdge(group, edge, "most")];
    expect(within(0.3)).toEqual([[2], [2]]);
    expect(within(0.2)).toEqual([[1], [2]]);
    expect(within(0.05)).toEqual([[0], [1]]);
    expect(within(0.5)).toEqual([[2], [3]]);
  });
});

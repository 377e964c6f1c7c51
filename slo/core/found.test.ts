import { expect, it } from "vitest";
import { ownClock } from "./clock.ts";
import type { RawSeries } from "./fetched.ts";
import { talliesOf } from "./found.ts";
import { reachOf } from "./reach.ts";
import { watchedOf } from "./watched.ts";

const counted = (labels: Record<string, string>, times = [10, 20]): RawSeries => ({
  labels,
  times,
  values: times.map((time) => time - 10),
});

function tallies(...series: readonly RawSeries[]) {
  const clock = { ...ownClock([counted({})]), kind: "up" as const };
  const reach = reachOf(clock, { name: "steady", from: 10, to: 20, quiet: false }, watchedOf([]));
  if (reach === null) throw new Error("not reached");
  return talliesOf(series, { key: "a:1", clock, reach }).map(({ deltas, faults }) => [
    deltas,
    ...faults.map(({ text }) => text),
  ]);
}

it("every label set is a counter, whatever the order of its labels", () => {
  expect(tallies(counted({ code: "200" }), counted({ code: "500" }), counted({}))).toEqual([[[10]], [[10]], [[10]]]);
  const one = { __name__: "hits", code: "200", route: "/" };
  const other = { route: "/", __name__: "hits", code: "200" };
  expect(tallies(counted(one), counted(other))).toEqual([[[10], "hits has two samples at one time"]]);
  expect(tallies(counted({ b: "1", a: "2" }), counted({ a: "2", b: "1" }))).toEqual([
    [[10], "a counter has two samples at one time"],
  ]);
});

it("every edge is one, however it is spelled", () => {
  expect(tallies(counted({ le: "1" }), counted({ le: "0.5" }), counted({ le: "+Inf" }))).toHaveLength(3);
  expect(tallies(counted({ le: "1" }, [10]), counted({ le: "1.0" }, [20]))).toEqual([[[10]]]);
  expect(tallies(counted({ le: "1" }), counted({ le: "1", code: "200" }))).toHaveLength(2);
});

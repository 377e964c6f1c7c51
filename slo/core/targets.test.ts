import { expect, it } from "vitest";
import { readAnswers } from "./answers.ts";
import { ownClock } from "./clock.ts";
import { readBuckets } from "./histogram.ts";
import type { Matcher } from "./objective.ts";
import { reachOf } from "./reach.ts";
import { duplicateClocks, missingIn, onClock, targetsOf } from "./targets.ts";
import { watchedOf } from "./watched.ts";

const NOBODY = watchedOf([]);

const series = (times: readonly number[]) => ({ labels: {}, times, values: times.map(() => 1) });
const phase = (from: number, to: number) => ({ name: "steady", from, to, quiet: false });

it("samples after a clock's scrapes may be its own, samples between and before them may not", () => {
  expect(onClock([series([1, 5])], ownClock([series([])]))).toBe(true);
  expect(onClock([series([2, 4, 5])], ownClock([series([2, 4])]))).toBe(true);
  expect(onClock([series([3])], ownClock([series([2, 4])]))).toBe(false);
  expect(onClock([series([5])], ownClock([series([2, 4, 6])]))).toBe(false);
  expect(onClock([series([2, 4]), series([3])], ownClock([series([2, 4])]))).toBe(false);
  expect(onClock([series([1, 2, 4])], ownClock([series([2, 4])]))).toBe(false);
});

it("a target that never was scraped has no part in a phase", () => {
  expect(reachOf(ownClock([series([])]), phase(10, 20), NOBODY)).toBeNull();
});

it("the last scrape of all may be the phase's last", () => {
  expect(reachOf(ownClock([series([9, 10, 15, 20])]), phase(10, 20), NOBODY)).toMatchObject({
    bounds: [10_000, 15_000, 20_000],
    beforeBound: 9000,
    afterBound: null,
  });
});

it("a bucket without an edge is a fault of its own", () => {
  const bucket = { ...series([10, 20]), labels: { __name__: "x_bucket" } };
  const clock = ownClock([bucket]);
  const reach = reachOf(clock, phase(10, 20), NOBODY);
  expect(reach && readBuckets([bucket], clock, reach)).toEqual({
    groups: [],
    forms: [],
    faults: [{ code: "bad-edge", text: 'A bucket has the edge le="", which is no number' }],
  });
});

const matcher = (text: string): Matcher => {
  const [, label = "", op = "", value = ""] = /^(\w+)(=~|!=|=)(.*)$/.exec(text) ?? [];
  return { label, op: op === "=~" || op === "!=" ? op : "=", value };
};
const named = (...matchers: readonly string[]) => ({ metric: "hits", matchers: matchers.map(matcher) });
const labelled = (labels: Record<string, string>) => ({ ...series([9, 10, 15, 20, 21]), labels });

it("a target that is down is looked at where one of the selectors admits it, each in its place", () => {
  const up = ["c:1", "b:1", "a:1"].map((instance) => labelled({ __name__: "up", job: "api", instance }));
  const answers = readAnswers({
    ranges: [{ kind: "answer", request: { metric: "up", selector: "up", from: 0, to: 30 }, result: up }],
    instants: [],
  });
  const keys = (...selectors: readonly string[]) =>
    targetsOf(
      answers,
      selectors.map((one) => named(one)),
      [labelled({ job: "api", instance: "b:1" })],
      phase(10, 20),
    ).targets.map(({ clock }) => clock.instance);
  expect(keys("job=api")).toEqual(["a:1", "b:1", "c:1"]);
  expect(keys("instance=~b.*", "instance=c:1")).toEqual(["b:1", "c:1"]);
  expect(keys("instance=b:1")).toEqual(["b:1"]);
});

it("two targets that share a clock are told by their instance", () => {
  const [clock, shared] = [ownClock([series([1])]), { ...ownClock([series([1])]), instance: "a:1", ambiguous: true }];
  const text = "up of a:1 stands twice, with different labels";
  expect(duplicateClocks([clock, shared])).toEqual([{ code: "duplicate-series", text }]);
});

it.each<[string, readonly string[], readonly Record<string, string>[], readonly string[]]>([
  ["the metric, where no series is there", ["code=500"], [], ["metric hits"]],
  ["a label that none has", ["code=500", "job=api"], [{ job: "api" }], ["label code"]],
  ["a label that is to be another", ["cod!=500"], [{ code: "500" }], ["label cod"]],
  ["a label that is empty on each", ["code=~5.."], [{ code: "" }], ["label code"]],
  ["nothing that one of them has", ["code=500"], [{}, { code: "200" }], []],
  ["nothing that is to be absent", ["code="], [{}], []],
  ["a label that is not to be absent", ["code!="], [{}], ["label code"]],
])("a selector's series are missing %s", (_what, matchers, all, expected) => {
  const found = missingIn(named(...matchers), all.map(labelled), "a:1");
  expect(found.map(({ kind, name }) => `${kind} ${name}`)).toEqual(expected);
  expect(found.map(({ instance }) => instance)).toEqual(expected.map(() => "a:1"));
});

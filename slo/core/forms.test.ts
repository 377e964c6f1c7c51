import { describe, expect, it } from "vitest";
import type { RawSeries } from "./fetched.ts";
import { reached } from "./fixtures/reached.ts";
import { chooseForm } from "./forms.ts";

const REACH = reached([2000, 3000, 4000], { beforeBound: 1000, afterBound: 5000 });

/** Samples at these seconds; what is counted is ten a second. */
const at = (...times: readonly number[]): readonly RawSeries[] => [
  { labels: {}, times, values: times.map((time) => 10 * time) },
];
const chosen = (classic: readonly RawSeries[], native: readonly RawSeries[]) =>
  chooseForm(classic, native, REACH, "seconds at a:1");
const one = (form: string) => ({ kind: "one", form });
const differing = (text: string) => ({ kind: "neither", fault: { code: "forms-differ", text } });

const THROUGHOUT = at(1, 2, 3, 4, 5);

describe("of classic buckets and a native histogram", () => {
  it.each<[string, readonly RawSeries[], readonly RawSeries[], object]>([
    ["both, where both are there throughout", THROUGHOUT, THROUGHOUT, { kind: "both" }],
    ["the classic ones, where there is no other", THROUGHOUT, [], one("classic")],
    ["the native one, where there is no other", [], THROUGHOUT, one("native")],
    ["the one that is there at the first bound", THROUGHOUT, at(3, 4, 5), one("classic")],
    ["the one that is there at the last bound", at(1, 2, 3), THROUGHOUT, one("native")],
    [
      "both, though one ended after the phase and one began before it",
      at(2, 3, 4, 5),
      at(1, 2, 3, 4),
      { kind: "both" },
    ],
    ["the native one, where none is there in the phase and the other never was", [], at(1), one("native")],
    ["the classic ones, where none is there in the phase but both were", at(1), at(5), one("classic")],
  ])("is read: %s", (_what, classic, native, expected) => {
    expect(chosen(classic, native)).toEqual(expected);
  });

  it("neither is, where one turns into the other in the phase", () => {
    const text =
      "seconds at a:1 turns from classic buckets into a native histogram, or back; judge a time on one side of that";
    expect(chosen(at(1, 2), at(3, 4, 5))).toEqual(differing(text));
    expect(chosen(at(4, 5), at(1, 2, 3))).toEqual(differing(text));
  });

  it.each([0, 1, 2])("neither is, where they count differently at a bound: %i", (index) => {
    const odd = THROUGHOUT.map((series) => ({
      ...series,
      values: series.values.map((value, place) => (place === index + 1 ? value + 1 : value)),
    }));
    const text =
      "The classic buckets and the native histogram of seconds at a:1 do not count the same; scrape one of them only";
    expect(chosen(THROUGHOUT, odd)).toEqual(differing(text));
  });

  it("what they counted outside the phase does not matter", () => {
    const odd = THROUGHOUT.map((series) => ({ ...series, values: [0, 20, 30, 40, 99] }));
    expect(chosen(THROUGHOUT, odd)).toEqual({ kind: "both" });
  });
});

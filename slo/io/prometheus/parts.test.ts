import { describe, expect, it } from "vitest";
import { PrometheusFault } from "./fault.ts";
import { inParts, narrowed, type Part } from "./parts.ts";

const WHOLE = { first: 0, last: 99, least: 1 };

/** Answers one sample a step, and refuses more than `most` steps. */
function upTo(most: number, seen: Part[] = []) {
  return (part: Part) => {
    seen.push(part);
    const steps = Array.from({ length: part.last - part.first + 1 }, (_, index) => part.first + index);
    if (steps.length > most) return Promise.reject(new PrometheusFault("too-expensive", "too many samples"));
    return Promise.resolve([{ labels: { __name__: "a" }, times: steps, values: steps }]);
  };
}

describe("an answer in parts", () => {
  it("is one request where it is small enough", async () => {
    const seen: Part[] = [];
    await inParts(WHOLE, upTo(100, seen));
    expect(seen).toEqual([{ first: 0, last: 99, matchers: [] }]);
  });

  it("is the same in parts, and no length that was too large is tried twice", async () => {
    const seen: Part[] = [];
    const [series] = await inParts(WHOLE, upTo(13, seen));
    expect(series?.times).toEqual(Array.from({ length: 100 }, (_, index) => index));
    expect(seen.filter(({ first, last }) => last - first + 1 > 13).map(({ first, last }) => [first, last])).toEqual([
      [0, 99],
      [0, 49],
      [0, 24],
    ]);
  });

  it("keeps metrics apart that have the same labels", async () => {
    const two = await inParts(WHOLE, async (part) => {
      const [one] = await upTo(50)(part);
      if (one === undefined) return [];
      return [one, { ...one, labels: { __name__: "b" }, values: one.values.map((value) => -value) }];
    });
    expect(two.map(({ labels, times, values }) => [labels.__name__, times.length, values.at(-1)])).toEqual([
      ["a", 100, 99],
      ["b", 100, -99],
    ]);
  });

  it("is cut by labels where a step alone is too large, each series in exactly one part", async () => {
    const seen: string[] = [];
    await inParts({ first: 5, last: 5, least: 1 }, ({ matchers }) => {
      if (matchers.length < 2) return Promise.reject(new PrometheusFault("too-expensive", "too many samples"));
      seen.push(matchers.map((text) => text.replace(/"[^"]*"/, "")).join(" "));
      return Promise.resolve([]);
    });
    expect(seen).toEqual(["le=~ le=~", "le=~ le!~", "le!~ le=~", "le!~ le!~"]);
  });

  it("is given up when no part is small enough, and after another fault at once", async () => {
    await expect(inParts(WHOLE, upTo(0))).rejects.toThrow(
      "too many samples; not even in parts (14 requests) could it be had",
    );
    const broken = () => Promise.reject(new PrometheusFault("unreachable", "gone"));
    await expect(inParts(WHOLE, broken)).rejects.toThrow(/^gone$/);
  });
});

it("narrows selectors of every form", () => {
  expect(narrowed("up", [])).toBe("up");
  expect(narrowed("up", ['a="1"'])).toBe('up{a="1"}');
  expect(narrowed("up{}", ['a="1"', 'b="2"'])).toBe('up{a="1",b="2"}');
  expect(narrowed('up{job="}"}', ['a="1"'])).toBe('up{job="}",a="1"}');
});

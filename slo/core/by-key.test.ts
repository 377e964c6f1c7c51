import { expect, test } from "vitest";
import { byKey } from "./by-key.ts";

test("entries are sorted by code units, whatever they hold", () => {
  const entries: [string, number][] = [
    ["b", 1],
    ["B", 2],
    ["a", 3],
    ["ä", 0],
  ];
  expect(entries.toSorted(byKey).map(([key]) => key)).toEqual(["B", "a", "b", "ä"]);
});

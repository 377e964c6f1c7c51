import { expect, test } from "vitest";
import { itemAt } from "./item-at.ts";

test("an item in the list is given, a falsy one too", () => {
  expect([0, null, ""].map((_, index, all) => itemAt(all, index))).toEqual([0, null, ""]);
});

test.each([
  [-1, "No item -1 in a list of 2"],
  [2, "No item 2 in a list of 2"],
  [0.5, "No item 0.5 in a list of 2"],
])("item %d of two is a fault of ours, never a zero", (index, message) => {
  expect(() => itemAt([7, 8], index)).toThrow(new RangeError(message));
});

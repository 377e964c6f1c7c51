import { expect, it } from "vitest";
import { intervalSides } from "./interval-sides.ts";

const PHASE = { name: "steady", from: 10, to: 20, quiet: false };

it.each([
  ["crosses both edges", [9, 11, 19, 21], { inside: 10, edges: 101 }],
  ["begins and ends at them", [10, 11, 19, 20], { inside: 111, edges: 0 }],
  ["is at most half a millisecond beyond", [9.9996, 11, 19, 20.0004], { inside: 111, edges: 0 }],
  ["is a bit more beyond", [9.9994, 11, 19, 20.0006], { inside: 10, edges: 101 }],
])("what is counted in a course that %s", (_, times, sides) => {
  expect(intervalSides(times, [1, 10, 100], PHASE)).toEqual(sides);
});

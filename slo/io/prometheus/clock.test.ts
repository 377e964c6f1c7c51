import { expect, it } from "vitest";
import { isSkewed } from "./clock.ts";

it.each([
  [1.04, 0.05, false],
  [1.06, 0.05, true],
  [-1.04, 0.05, false],
  [-1.06, 0.05, true],
  [3, 2.1, false],
  [Number.NaN, 0.05, true],
])("a clock %d s beside ours, give or take %d s, is too far: %s", (skew, uncertainty, far) => {
  expect(isSkewed({ skew, uncertainty })).toBe(far);
});

import { expect, test } from "vitest";
import { timingLine } from "./stopwatch.ts";

test("each stage, and what the load itself is not", () => {
  expect(timingLine({ "set-up": 1.2, load: 41.02, "wait for evidence": 0.9, judging: 0.6, "tear-down": 0.3 })).toBe(
    "set-up 1.2 s · load 41.0 s · wait for evidence 0.9 s · judging 0.6 s · tear-down 0.3 s · 3.0 s beyond the load",
  );
});

test("time that the stack was kept up is nobody's cost", () => {
  expect(timingLine({ load: 41, "kept up": 60, "tear-down": 0.1 })).toBe(
    "load 41.0 s · kept up 60.0 s · tear-down 0.1 s · 0.1 s beyond the load",
  );
});

test("a stage that was not reached is left out", () => {
  expect(timingLine({ "set-up": 1 })).toBe("set-up 1.0 s · 1.0 s beyond the load");
});

import { expect, test } from "vitest";
import type { PlanFile } from "../../slo/core/plan-file.ts";
import { plannedEnd, progressLine } from "./progress.ts";

const shape = { drain: 1, quiet: true, rate: 20, iterations: 0, maxVUs: 10, requests: [] };
const plan: PlanFile = {
  schema: 1,
  profile: "average",
  duration: 52,
  phases: [
    { ...shape, name: "warmup", offset: 0, duration: 8 },
    { ...shape, name: "steady", offset: 11, duration: 30 },
  ],
};
const figures = { rate: 199.7, p99: 0.0081, errors: 0 };
const unknown = { rate: null, p99: null, errors: null };

test("phase, rate, p99, errors, time left", () => {
  expect(progressLine(plan, { elapsed: 23.4, figures })).toBe(
    "steady 12/30 s · 200 req/s · p99 8.1 ms · 0 errors · 18 s left",
  );
});

test("what is not known yet is a dash, not a zero", () => {
  expect(progressLine(plan, { elapsed: 2, figures: unknown })).toBe(
    "warmup 2/8 s · – req/s · p99 – · – errors · 39 s left",
  );
});

test("a pause says what it is", () => {
  expect(progressLine(plan, { elapsed: 9, figures })).toBe("warmup is over, requests under way drain · 32 s left");
  expect(progressLine(plan, { elapsed: 60, figures })).toBe("steady is over, requests under way drain · 0 s left");
});

test("the planned end is the last phase's", () => {
  expect(plannedEnd(plan)).toBe(41);
});

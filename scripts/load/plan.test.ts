import { describe, expect, test } from "vitest";
import { goDuration, planFrom } from "./plan.ts";

const scenario = { rate: 200, timeUnit: "10s", duration: "30s", gracefulStop: "11s", maxVUs: 200 };
const inspection = {
  scenarios: {
    warmup: { ...scenario, rate: 100, duration: "8s", gracefulStop: "1.5s", maxVUs: 100 },
    steady: scenario,
  },
  totalDuration: "52s",
  ext: {
    provingGround: {
      profile: "average",
      phases: [
        { name: "warmup", offset: 0, pause: 3 },
        { name: "steady", offset: 11, pause: 0 },
      ],
      journey: [
        { name: "GET /tasks", labels: { method: "GET", route: "/tasks" } },
        { name: "POST /tasks", labels: { method: "POST", route: "/tasks" } },
        { name: "GET /tasks", labels: { method: "GET", route: "/tasks" } },
      ],
    },
  },
};

test("k6's reading of the script becomes the plan", () => {
  const plan = planFrom(inspection);
  expect(plan).toMatchObject({ schema: 1, profile: "average", duration: 52 });
  expect(plan.phases[1]).toEqual({
    name: "steady",
    offset: 11,
    duration: 30,
    drain: 11,
    quiet: true,
    rate: 20,
    iterations: 600,
    maxVUs: 200,
    requests: [
      { name: "GET /tasks", labels: { method: "GET", route: "/tasks" }, count: 1200 },
      { name: "POST /tasks", labels: { method: "POST", route: "/tasks" }, count: 600 },
    ],
  });
});

test("without a pause between them neither phase has quiet edges", () => {
  const touching = structuredClone(inspection);
  for (const phase of touching.ext.provingGround.phases) phase.pause = 0;
  expect(planFrom(touching).phases.map(({ quiet }) => quiet)).toEqual([false, false]);
});

describe("a script that does not tell enough is refused with the place", () => {
  test("no ext", () => {
    const { ext: _ext, ...without } = inspection;
    expect(() => planFrom(without)).toThrow(/^k6 inspect does not tell what is planned: ext: /);
  });
  test("a closed model", () => {
    const closed = { ...inspection, scenarios: { steady: { executor: "constant-vus", vus: 5, duration: "30s" } } };
    expect(() => planFrom(closed)).toThrow(/^k6 inspect does not tell what is planned: scenarios\.steady\.rate: /);
  });
});

test("durations as Go writes them", () => {
  expect(["1h2m3s", "1m30.5s", "250ms", "11s", "0s", "1.5s"].map(goDuration)).toEqual([3723, 90.5, 0.25, 11, 0, 1.5]);
});

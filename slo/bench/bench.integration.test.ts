import { expect, it } from "vitest";
import { benchMany } from "./many.ts";
import { benchSoak } from "./soak.ts";

it("judges many objectives with at most one request for each metric name", async () => {
  const size = { objectives: 60, selectors: 4, series: 500, rounds: 1 };
  const { requests, metricNames, report, memory } = await benchMany(size);
  expect(report.objectives.map(({ verdict }) => verdict)).toEqual(Array.from({ length: 60 }, () => "pass"));
  expect(requests).toBeGreaterThan(0);
  expect(requests).toBeLessThanOrEqual(metricNames);
  expect(memory).toBeLessThan(400);
});

it("counts a soak that is too long to be read whole, and judges it again to the byte", async () => {
  const soak = await benchSoak({ length: 700, series: 800 });
  expect(soak.samples).toBeGreaterThan(500_000);
  expect([soak.counted, soak.same]).toEqual([soak.truth, true]);
  expect(soak.evidence).toBeLessThan(1);
});

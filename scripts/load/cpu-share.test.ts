import { expect, test } from "vitest";
import { cpuShare } from "./cpu-share.ts";

const samples = [0, 1, 2, 3, 4].map((second) => ({ at: 100 + second, cpu: second * 0.5 }));

test("CPU seconds over wall seconds, of all cores", () => {
  expect(cpuShare(samples, 101, 103, 2)).toBe(0.25);
});

test("fewer than two samples tell nothing", () => {
  expect(cpuShare(samples, 101.1, 102.9, 2)).toBeNull();
  expect(cpuShare([], 0, 200, 2)).toBeNull();
});

import { expect, it } from "vitest";
import { peakResidentBytes } from "./process.ts";

it("reads the kernel's high-water mark in bytes", () => {
  expect(peakResidentBytes("VmPeak:\t  999 kB\nVmHWM:\t  1024 kB\nVmRSS:\t   512 kB\n")).toBe(1_048_576);
  expect(peakResidentBytes("VmRSS:\t   512 kB\n")).toBeUndefined();
});

import { existsSync, readFileSync } from "node:fs";
import { createGauge, type Registry } from "./registry.ts";

const statusFile = "/proc/self/status";

/** @returns bytes, or undefined where the text holds no high-water mark */
export function peakResidentBytes(status: string): number | undefined {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}

/** The kernel's own high-water mark, which no sampling can miss. Only where there is a /proc (Linux). */
export function createPeakMemoryGauge(registry: Registry): void {
  if (!existsSync(statusFile)) return;
  let highest = 0;
  createGauge(
    registry,
    { name: "process_resident_memory_peak_bytes", help: "Most resident memory since the process started (VmHWM)." },
    (gauge) => {
      const peak = peakResidentBytes(readFileSync(statusFile, "utf8"));
      if (peak === undefined) return;
      // The kernel sums resident pages roughly, so that its own mark steps back by some pages now and then.
      highest = Math.max(highest, peak);
      gauge.set(highest);
    },
  );
}

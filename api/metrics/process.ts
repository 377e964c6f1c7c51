import { existsSync, readFileSync } from "node:fs";
import { createGauge, type Registry } from "./registry.ts";

const statusFile = "/proc/self/status";

/** @returns bytes, or undefined where the text holds no high-water mark */
export function peakResidentBytes(status: string): number | undefined {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}

/** @returns bytes; getrusage(2) elsewhere than on Linux, where it would count what ran before exec */
function peak(): number | undefined {
  if (existsSync(statusFile)) return peakResidentBytes(readFileSync(statusFile, "utf8"));
  return process.resourceUsage().maxRSS * 1024;
}

/** The kernel's own high-water mark, which no sampling can miss. */
export function createPeakMemoryGauge(registry: Registry): void {
  let highest = 0;
  createGauge(
    registry,
    { name: "process_resident_memory_peak_bytes", help: "Most resident memory since the process started." },
    (gauge) => {
      const now = peak();
      if (now === undefined) return;
      // Linux sums resident pages roughly, so that its mark steps back by some pages now and then.
      highest = Math.max(highest, now);
      gauge.set(highest);
    },
  );
}

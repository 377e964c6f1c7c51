import type { Timings } from "./record.ts";

export const STAGES = ["set-up", "load", "wait and judging", "tear-down"] as const;
export type Stage = (typeof STAGES)[number];

export interface Stopwatch {
  /** Ends the stage under way, which took since the last lap. */
  readonly lap: (stage: Stage) => void;
  /** Seconds by stage. */
  readonly timings: () => Timings;
}

export function stopwatch(): Stopwatch {
  let last = performance.now();
  const seconds: Record<string, number> = {};
  return {
    lap: (stage) => {
      const now = performance.now();
      seconds[stage] = (now - last) / 1000;
      last = now;
    },
    timings: () => ({ ...seconds }),
  };
}

/** `set-up 1.2 s · load 41.0 s · … · 2.9 s beyond the load`. */
export function timingLine(timings: Timings): string {
  const known = STAGES.filter((stage) => timings[stage] !== undefined);
  const beyond = known.filter((stage) => stage !== "load").reduce((sum, stage) => sum + (timings[stage] ?? 0), 0);
  const parts = known.map((stage) => `${stage} ${(timings[stage] ?? 0).toFixed(1)} s`);
  return [...parts, `${beyond.toFixed(1)} s beyond the load`].join(" · ");
}

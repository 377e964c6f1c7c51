import type { Timings } from "./record.ts";

export const STAGES = ["set-up", "load", "wait for evidence", "judging", "kept up", "tear-down"] as const;
/** Stages that last as long as the user wants them to. */
const OF_CHOICE: ReadonlySet<Stage> = new Set(["load", "kept up"]);
export type Stage = (typeof STAGES)[number];

export interface Stopwatch {
  /** Ends the stage under way, which took since the last lap. */
  readonly lap: (stage: Stage) => void;
  /** The same, where the first `seconds` of it were another stage. */
  readonly split: (first: Stage, seconds: number, then: Stage) => void;
  /** Seconds by stage. */
  readonly timings: () => Timings;
}

export function stopwatch(): Stopwatch {
  let last = performance.now();
  const seconds: Record<string, number> = {};
  const lap = (stage: Stage) => {
    const now = performance.now();
    seconds[stage] = (now - last) / 1000;
    last = now;
  };
  return {
    lap,
    split: (first, part, then) => {
      lap(then);
      const whole = seconds[then] ?? 0;
      seconds[first] = Math.min(part, whole);
      seconds[then] = whole - Math.min(part, whole);
    },
    timings: () => ({ ...seconds }),
  };
}

/** `set-up 1.2 s · load 41.0 s · … · 2.9 s beyond the load`. */
export function timingLine(timings: Timings): string {
  const known = STAGES.filter((stage) => timings[stage] !== undefined);
  const beyond = known.filter((stage) => !OF_CHOICE.has(stage)).reduce((sum, stage) => sum + (timings[stage] ?? 0), 0);
  const parts = known.map((stage) => `${stage} ${(timings[stage] ?? 0).toFixed(1)} s`);
  return [...parts, `${beyond.toFixed(1)} s beyond the load`].join(" · ");
}

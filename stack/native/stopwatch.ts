export interface Stopwatch {
  /** Notes the time since the start under this name. */
  lap(name: string): void;
  /** Seconds since the start, by name. */
  laps(): Readonly<Record<string, number>>;
}

export function startStopwatch(): Stopwatch {
  const began = performance.now();
  const laps = new Map<string, number>();
  return {
    lap: (name) => void laps.set(name, (performance.now() - began) / 1000),
    laps: () => Object.fromEntries(laps),
  };
}

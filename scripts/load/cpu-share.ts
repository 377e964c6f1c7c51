export interface CpuSample {
  /** Unix seconds, and seconds of CPU used since the process began. */
  readonly at: number;
  readonly cpu: number;
}

/** Share (0..1) of so many cores used between two times; null where fewer than two samples fall there. */
export function cpuShare(samples: readonly CpuSample[], from: number, to: number, cores: number): number | null {
  const within = samples.filter((sample) => sample.at >= from && sample.at <= to);
  const [first, last] = [within[0], within.at(-1)];
  if (first === undefined || last === undefined || last.at <= first.at) return null;
  return (last.cpu - first.cpu) / (last.at - first.at) / cores;
}

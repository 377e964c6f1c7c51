import { availableParallelism } from "node:os";
import pidusage from "pidusage";

interface CpuSample {
  /** Unix seconds, and seconds of CPU used since the process began. */
  readonly at: number;
  readonly cpu: number;
}

/** Watches the generator's own CPU, so that a starved generator is not taken for a slow system. */
export interface GeneratorWatch {
  readonly sample: () => Promise<void>;
  /** Share (0..1) of all cores used between two times; null where fewer than two samples fall there. */
  readonly share: (from: number, to: number) => number | null;
  readonly stop: () => void;
}

export function watchGenerator(pid: number): GeneratorWatch {
  const samples: CpuSample[] = [];
  return {
    sample: async () => {
      try {
        const { ctime } = await pidusage(pid);
        samples.push({ at: Date.now() / 1000, cpu: ctime / 1000 });
      } catch {
        // The process has just ended: the samples so far stand.
      }
    },
    share: (from, to) => cpuShare(samples, from, to, availableParallelism()),
    stop: () => pidusage.clear(),
  };
}

export function cpuShare(samples: readonly CpuSample[], from: number, to: number, cores: number): number | null {
  const within = samples.filter((sample) => sample.at >= from && sample.at <= to);
  const [first, last] = [within[0], within.at(-1)];
  if (first === undefined || last === undefined || last.at <= first.at) return null;
  return (last.cpu - first.cpu) / (last.at - first.at) / cores;
}

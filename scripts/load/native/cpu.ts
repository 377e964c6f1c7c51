import { availableParallelism } from "node:os";
import pidusage from "pidusage";
import { type CpuSample, cpuShare } from "../cpu-share.ts";
import type { CpuShare } from "../load-stack.ts";

const EVERY_MS = 1000;

/** Watches a process's own CPU until it is stopped, so that a starved generator is not taken for a slow system. */
export function watchCpu(pid: number): { readonly share: CpuShare; readonly stop: () => void } {
  const samples: CpuSample[] = [];
  const sample = async () => {
    try {
      const { ctime } = await pidusage(pid);
      samples.push({ at: Date.now() / 1000, cpu: ctime / 1000 });
    } catch {
      // The process has just ended: the samples so far stand.
    }
  };
  void sample();
  const timer = setInterval(sample, EVERY_MS);
  return {
    share: (from, to) => cpuShare(samples, from, to, availableParallelism()),
    stop: () => {
      clearInterval(timer);
      pidusage.clear();
    },
  };
}

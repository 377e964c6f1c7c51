import { type CpuSample, cpuShare } from "../cpu-share.ts";
import type { CpuShare } from "../load-stack.ts";
import { samplesOf } from "../prometheus.ts";

/** Seconds around the run in which its samples are looked for: cAdvisor's bear their own times. */
const MARGIN = 30;
/** Milliseconds. */
const WITHIN = 10_000;

/**
 * k6's CPU as cAdvisor saw its container, once it has ended. Unknown, and so null throughout, where Prometheus or
 * cAdvisor cannot tell: then the rate achieved stands for it.
 * @param from when k6 started, unix seconds
 * @param cores that the container may use
 */
export async function generatorCpu(
  prometheus: string,
  projectName: string,
  from: number,
  cores: number,
): Promise<CpuShare> {
  const labels = `container_label_com_docker_compose_project="${projectName}",container_label_com_docker_compose_service="k6"`;
  const seconds = Math.ceil(Date.now() / 1000 - from + MARGIN);
  const selector = `container_cpu_usage_seconds_total{${labels}}[${seconds}s]`;
  const series = await samplesOf(prometheus, selector, WITHIN).catch(() => []);
  const samples = longest(series).map(([at, cpu]): CpuSample => ({ at, cpu }));
  return (start, end) => cpuShare(samples, start, end, cores);
}

/** An earlier run's container may still be in the range, by its last few samples. */
function longest(series: Awaited<ReturnType<typeof samplesOf>>): readonly (readonly [number, number])[] {
  return series.toSorted((one, other) => other.length - one.length)[0] ?? [];
}

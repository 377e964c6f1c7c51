import type { ObjectivesFile } from "../objective.ts";

/** The edges in seconds that the histograms need for exact answers: latency limits by metric base name, rising. */
export function requiredEdges({ objectives }: ObjectivesFile): Readonly<Record<string, readonly number[]>> {
  const limits = new Map<string, Set<number>>();
  for (const objective of objectives) {
    if (objective.indicator !== "latency") continue;
    const { metric } = objective.histogram;
    limits.set(metric, (limits.get(metric) ?? new Set()).add(objective.atMost));
  }
  return Object.fromEntries([...limits].map(([metric, edges]) => [metric, [...edges].sort((a, b) => a - b)]));
}

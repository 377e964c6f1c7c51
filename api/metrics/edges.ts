/** Seconds, each at most 1.5 times the one before: an interpolated quantile is off by less than half. */
const latency = [
  0.001, 0.0015, 0.002, 0.003, 0.004, 0.006, 0.008, 0.012, 0.016, 0.024, 0.035, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4,
  0.6, 0.8, 1.2, 1.6, 2.4, 3.5, 5, 7.5, 10,
];

/** Seconds, doubling: for parts of a request, where the order of magnitude is the question. */
export const partEdges = [
  0.00025, 0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1, 2, 4, 8,
];

/**
 * Edges of the request histogram.
 * @param extra limits of objectives, in seconds: an objective is judged exactly only where its limit is an edge
 */
export function latencyEdges(extra: number[]): number[] {
  return [...new Set([...latency, ...extra])].sort((a, b) => a - b);
}

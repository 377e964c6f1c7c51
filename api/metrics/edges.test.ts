import { describe, expect, it } from "vitest";
import { latencyEdges } from "./edges.ts";

describe("latencyEdges", () => {
  it("spans 1 ms to 10 s in steps of at most 1.5", () => {
    const edges = latencyEdges([]);
    expect(edges[0]).toBe(0.001);
    expect(edges.at(-1)).toBe(10);
    const steps = edges.slice(1).map((edge, index) => edge / (edges[index] ?? Number.NaN));
    for (const step of steps) {
      expect(step).toBeGreaterThan(1);
      expect(step).toBeLessThanOrEqual(1.5 + 1e-9);
    }
  });

  it("puts the limits of objectives among them, each once and in order", () => {
    const edges = latencyEdges([0.25, 0.3, 30, 0.0005]);
    expect(edges).toEqual([...edges].sort((a, b) => a - b));
    expect(edges.filter((edge) => edge === 0.3)).toHaveLength(1);
    expect(edges).toEqual(expect.arrayContaining([0.25, 30, 0.0005]));
    expect(edges).toHaveLength(latencyEdges([]).length + 3);
  });
});

import { expect, it } from "vitest";
import { parseEdge } from "./edge.ts";

const INF = Number.POSITIVE_INFINITY;

it.each([
  ["0.3", 0.3],
  ["1", 1],
  ["1.0", 1],
  ["1e-3", 0.001],
  ["-2", -2],
  ["+Inf", INF],
  ["Inf", INF],
  ["+inf", INF],
  ["Infinity", INF],
  ["-Infinity", -INF],
  ["Informal", Number.NaN],
  ["x+Inf", Number.NaN],
  ["", Number.NaN],
  ["  ", Number.NaN],
  ["fast", Number.NaN],
  [undefined, Number.NaN],
])('an edge of le="%s" is %d', (text, edge) => {
  expect(parseEdge(text)).toBe(edge);
});

import { expect, it } from "vitest";
import { edgeAdvice } from "./edge-advice.ts";

const between = (lower: number | undefined, upper: number | undefined) => ({ lower, upper });
const NONE = "no schema of exponential buckets has one there, a finer one leaves less open";

it.each([
  ["classic", between(0.25, 0.5), 0.3, "add the edge 0.3 to it"],
  ["classic", between(undefined, undefined), 0.3, "add the edge 0.3 to it"],
  ["native", between(undefined, undefined), 0.3, "add the edge 0.3 to it"],
  ["native", between(0.2, 0.5), 0.3, "add the edge 0.3 to it"],
  ["native", between(0.25, 0.4), 0.3, "add the edge 0.3 to it"],
  ["native", between(-0.5, 0.5), 0.25, "add the edge 0.25 to it"],
  ["both", between(0.25, 1), 0.5, "give it schema 0 or finer (a bucket factor of at most 2)"],
  ["native", between(1, 65536), 16, "give it schema -2 or finer (a bucket factor of at most 16)"],
  ["native", between(undefined, 65536), 1, "give it schema -4 or finer (a bucket factor of at most 65540)"],
  ["native", between(1, 2), 2 ** 0.125, "give it schema 3 or finer (a bucket factor of at most 1.091)"],
  ["native", between(1, 2), 2 ** (1 / 256), "give it schema 8 or finer (a bucket factor of at most 1.003)"],
  [
    "native",
    between(1, 2),
    2 ** (1 / 512),
    `keep classic buckets with the edge ${2 ** (1 / 512)} beside it, or set the limit to an edge (1 s, 2 s): ${NONE}`,
  ],
  [
    "native",
    between(0.25, 2 ** -1.75),
    0.29,
    `keep classic buckets with the edge 0.29 beside it, or set the limit to an edge (250 ms, 297.3 ms): ${NONE}`,
  ],
  [
    "native",
    between(undefined, 0.5),
    0.3,
    `keep classic buckets with the edge 0.3 beside it, or set the limit to an edge (500 ms): ${NONE}`,
  ],
] as const)("a %s histogram between %j is told how to have an edge at %s", (form, near, limit, advice) => {
  expect(edgeAdvice(form, near, limit)).toBe(advice);
});

import { describe, expect, it } from "vitest";
import type { ReportedObjective } from "../core/report.ts";
import { observed, passing } from "../testing/reports.ts";
import { boundText, countsText, limitText, measuredText } from "./phrases.ts";

type Measured = NonNullable<ReportedObjective["measured"]>;
const latency = (measured: Partial<Measured>) =>
  measuredText({ ...passing, measured: { value: 0.041, lower: 0.035, upper: 0.05, unit: "s", ...measured } });
const memory = (measured: Partial<Measured>) =>
  measuredText({ ...observed, measured: { value: 2e8, lower: 2e8, upper: 2e8, unit: "bytes", ...measured } });

describe("measuredText", () => {
  it.each([
    [latency({}), "41 ms (35 – 50 ms)"],
    [latency({ lower: 0, upper: 0.05 }), "41 ms (0 s – 50 ms)"],
    [latency({ value: 12, lower: 10, upper: null }), "12 s (≥ 10 s)"],
    [latency({ value: null, lower: 10, upper: null }), "≥ 10 s"],
    [latency({ value: null, lower: null, upper: 0.25 }), "≤ 250 ms"],
    [latency({ value: null, lower: null, upper: null }), "no data"],
    [memory({}), "191 MiB"],
    [memory({ upper: null }), "≥ 191 MiB"],
    [memory({ lower: 1.9e8, upper: 2.1e8 }), "191 MiB"],
    [memory({ lower: 1.9e8, upper: 3e8 }), "191 MiB (181 – 286 MiB)"],
    [memory({ value: 268_435_457, lower: 268_435_457, upper: 268_435_457 }), "256.000001 MiB"],
    [measuredText({ ...observed, measured: null }), "no data"],
  ])("%#: %s", (text, expected) => {
    expect(text).toBe(expected);
  });
});

describe("limitText, countsText, boundText", () => {
  it("say what is demanded, counted and proven", () => {
    expect(limitText(passing)).toBe("p99 ≤ 300 ms");
    expect(limitText({ ...passing, limit: { op: "atLeast", value: 0.999, unit: "ratio" } })).toBe("≥ 99.9 %");
    expect(limitText({ ...passing, limit: { op: "atLeast", value: 0.9995, unit: "ratio" } })).toBe("≥ 99.95 %");
    const budget = { ...observed, limit: { op: "atMost", value: 1.5e9, unit: "bytes" } } as const;
    const over = { value: 1.501e9, lower: 1.501e9, upper: null, unit: "bytes" } as const;
    expect(limitText({ ...budget, measured: null })).toBe("≤ 1.4 GiB");
    expect(`${limitText({ ...budget, measured: over })}, ${measuredText({ ...budget, measured: over })}`).toBe(
      "≤ 1.397 GiB, ≥ 1.398 GiB",
    );
    expect(countsText(passing)).toBe("3 of 6000");
    expect(countsText({ ...passing, counts: { total: 6000, bad: 3, badAtMost: 12 } })).toBe("3 to 12 of 6000");
    expect(countsText(observed)).toBe("–");
    expect(boundText(passing)).toBe("0.0136 – 0.129 %");
    expect(boundText(observed)).toBe("observed");
    expect(boundText({ ...passing, bound: { lower: 0.009999, upper: 0.010004 } })).toBe("0.9999 – 1.0004 %");
    expect(boundText({ ...observed, measured: null })).toBe("–");
  });
});

import { describe, expect, it } from "vitest";
import { clockText, linearAxis, logAxis, timeAxis } from "./axis.ts";

const texts = ({ ticks }: { readonly ticks: readonly { readonly text: string }[] }) => ticks.map(({ text }) => text);

describe("axes", () => {
  it.each([
    [linearAxis(0.13, "ratio"), ["0 %", "2 %", "4 %", "6 %", "8 %", "10 %", "12 %", "14 %"]],
    [linearAxis(300 * 1024 ** 2, "bytes"), ["0 B", "50 MiB", "100 MiB", "150 MiB", "200 MiB", "250 MiB", "300 MiB"]],
    [linearAxis(0, "number"), ["0", "0.2", "0.4", "0.6", "0.8", "1"]],
    [logAxis(0.004, 0.3, "s"), ["1 ms", "10 ms", "100 ms", "1 s"]],
    [logAxis(0.15, 0.9, "s"), ["100 ms", "200 ms", "500 ms", "1 s"]],
    [timeAxis(1000, 1025), ["0:00", "0:05", "0:10", "0:15", "0:20", "0:25"]],
    [timeAxis(0, 4 * 3600), ["0:00", "1:00:00", "2:00:00", "3:00:00", "4:00:00"]],
  ])("have round ticks with their unit", (axis, expected) => {
    expect(texts(axis)).toEqual(expected);
  });

  it("keep what lies outside at their ends", () => {
    const axis = logAxis(0.01, 1, "s");
    expect([axis.at(0), axis.at(0.0001), axis.at(1), axis.at(50)]).toEqual([0, 0, 1, 1]);
    expect(linearAxis(10, "number").at(Number.NaN)).toBe(0);
  });

  it("show time into the run", () => {
    expect([0, 9.96, 59.95, 75.5, 3725].map(clockText)).toEqual(["0:00", "0:10", "1:00", "1:15.5", "1:02:05"]);
  });
});

import { describe, expect, it } from "vitest";
import { Fault } from "../io/fault.ts";
import { type Window, windowBetween, windowLast } from "./window.ts";

const NOW = 1_795_365_600;
const FROM = "2026-11-22T16:30:00Z";
const TO = "2026-11-22T16:40:00Z";

function told(read: () => Window): Window | string {
  try {
    return read();
  } catch (error) {
    if (error instanceof Fault)
      return `${error.exitCode} ${error.message}${error.hint === null ? "" : ` | ${error.hint}`}`;
    throw error;
  }
}

describe("windowBetween", () => {
  it.each([
    [FROM, TO],
    ["2026-11-22T17:30:00+01:00", "2026-11-22T11:40:00-05:00"],
    ["2026-11-22t16:30:00.000z", "2026-11-22 16:40:00Z"],
    ["1795365000", "1795365600.0"],
  ])("reads %s to %s", (from, to) => {
    expect(told(() => windowBetween(from, to, NOW))).toEqual({ from: 1_795_365_000, to: 1_795_365_600 });
  });

  it("keeps fractions", () => {
    expect(windowBetween("1795365000.25", "2026-11-22T16:39:59.75Z", NOW)).toEqual({
      from: 1_795_365_000.25,
      to: 1_795_365_599.75,
    });
  });

  const hint = "write RFC 3339 (2026-11-22T16:40:00Z) or unix seconds (1795365600)";
  it.each([
    ["yesterday", TO, `2 --from yesterday is not a time | ${hint}`],
    ["", TO, `2 --from  is not a time | ${hint}`],
    ["-5", TO, `2 --from -5 is not a time | ${hint}`],
    ["1e9", TO, `2 --from 1e9 is not a time | ${hint}`],
    ["2026-02-30T00:00:00Z", TO, `2 --from 2026-02-30T00:00:00Z is no time that exists | ${hint}`],
    ["2026-11-22T25:00:00Z", TO, `2 --from 2026-11-22T25:00:00Z is no time that exists | ${hint}`],
    [
      "2026-11-22T16:30:00",
      TO,
      "2 --from 2026-11-22T16:30:00 names no time zone | append Z for UTC: 2026-11-22T16:30:00Z",
    ],
    ["1795365000000", TO, "2 --from 1795365000000 is in milliseconds | write unix seconds: 1795365000"],
    [
      TO,
      FROM,
      "2 --from (2026-11-22T16:40:00.000Z) must be before --to (2026-11-22T16:30:00.000Z) | they may be swapped",
    ],
    [FROM, FROM, "2 --from (2026-11-22T16:30:00.000Z) must be before --to (2026-11-22T16:30:00.000Z)"],
    [
      FROM,
      "2026-11-22T16:40:30Z",
      "2 --to (2026-11-22T16:40:30.000Z) is 30 s in the future | judge what has happened: name a time that has passed, or --last",
    ],
    ["2026-11-01T00:00:00Z", TO, "2 the window is 21.7 days wide, more than 7 | judge a shorter one"],
  ])("refuses %s to %s", (from, to, text) => {
    expect(told(() => windowBetween(from, to, NOW))).toBe(text);
  });
});

describe("windowLast", () => {
  it.each([
    ["90s", 90],
    ["10m", 600],
    ["10min", 600],
    ["1.5h", 5400],
    ["1d", 86_400],
    ["500ms", 0.5],
  ])("%s ends now", (last, seconds) => {
    expect(told(() => windowLast(last, NOW))).toEqual({ from: NOW - seconds, to: NOW });
  });

  it.each(["10", "m", "0s", "-5m", "10 fortnights", "1h30m"])("refuses %s", (last) => {
    expect(told(() => windowLast(last, NOW))).toBe(
      `2 --last ${last} is not a length of time | write it as 90s, 10m or 2h`,
    );
  });
});

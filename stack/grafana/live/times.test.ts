import { describe, expect, it } from "vitest";
import { seconds, timesOf } from "./times.ts";

describe("timesOf", () => {
  it.each([
    // Zoomed in, four scrapes decide; zoomed out, the step and one scrape more.
    [300, "1s", { step: 1, interval: "1000ms", rateInterval: "4000ms", range: "300000ms" }],
    [300, "5s", { step: 5, interval: "5000ms", rateInterval: "20000ms", range: "300000ms" }],
    [86_400, "5s", { step: 87, interval: "87000ms", rateInterval: "92000ms", range: "86400000ms" }],
  ])("of %d s, scraped every %s", (length, every, want) => {
    expect(timesOf({ from: 1000, to: 1000 + length, points: 1000 }, every)).toEqual(want);
  });
});

describe("seconds", () => {
  it.each([
    ["500ms", 0.5],
    ["5s", 5],
    ["15m", 900],
    ["6h", 21_600],
    ["2d", 172_800],
  ])("reads %s", (text, want) => {
    expect(seconds(text)).toBeCloseTo(want, 9);
  });

  it.each(["", "5", "5 s", "-5s", "1h30m"])('refuses "%s"', (text) => {
    expect(() => seconds(text)).toThrow(`"${text}" is no duration such as 15m`);
  });
});

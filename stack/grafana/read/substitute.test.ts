import { describe, expect, it } from "vitest";
import { referred, substituted } from "./substitute.ts";

const times = { rateInterval: "4s", interval: "1s", range: "300s" };
const put = (text: string) => substituted(text, times, new Map([["route", "/tasks|/users"]]));
const braced = (name: string) => `$\{${name}}`;

describe("substituted", () => {
  it.each([
    ["rate(a[$__rate_interval])", "rate(a[4s])"],
    ["increase(a[$__range]) / $__interval", "increase(a[300s]) / 1s"],
    ['a{r=~"$route"}', 'a{r=~"/tasks|/users"}'],
    [`a{r=~"${braced("route")}",s=~"${braced("route:regex")}"}`, 'a{r=~"/tasks|/users",s=~"/tasks|/users"}'],
    ['a{r=~"$routes"}', 'a{r=~"$routes"}'],
  ])("%s", (text, want) => {
    expect(put(text)).toBe(want);
  });
});

describe("referred", () => {
  it("names each variable once, in any way it is written", () => {
    expect(referred(`$a ${braced("b")} ${braced("a:csv")} $__range 5$`)).toEqual(["a", "b", "__range"]);
  });
});

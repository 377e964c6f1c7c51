import { describe, expect, test } from "vitest";
import { adjusted, profileNamed, profiles } from "./index.ts";

const own = { rate: null, duration: null, pause: 0 };
const phase = (name: string, change: Partial<typeof own> | { rate: number } | { duration: number }) =>
  adjusted(profileNamed("average"), { ...own, ...change }).phases.find((one) => one.name === name);

test("a profile as it is", () => {
  for (const profile of profiles) expect(adjusted(profile, own)).toEqual(profile);
});

describe("one change", () => {
  test("another rate is the steady phase's, and no warm-up is faster", () => {
    expect(phase("steady", { rate: 40 })?.rate).toBe(40);
    expect(phase("warmup", { rate: 40 })?.rate).toBe(40);
    expect(phase("warmup", { rate: 400 })?.rate).toBe(100);
  });

  test("another duration is the steady phase's alone", () => {
    expect(phase("steady", { duration: 90 })?.duration).toBe(90);
    expect(phase("warmup", { duration: 90 })?.duration).toBe(8);
  });

  test("slower scrapes make pauses longer, never shorter, and no pause where there was none", () => {
    expect(phase("warmup", { pause: 6 })?.pause).toBe(6);
    expect(phase("warmup", { pause: 1 })?.pause).toBe(3);
    expect(phase("steady", { pause: 6 })?.pause).toBe(0);
  });
});

test("the soak is an hour, unless it is told otherwise", () => {
  const steady = (duration: number | null) => adjusted(profileNamed("soak"), { ...own, duration }).phases.at(-1);
  expect(steady(null)).toMatchObject({ name: "steady", duration: 3600, rate: 200 });
  expect(steady(600)?.duration).toBe(600);
});

test("a profile that is not there, with those that are", () => {
  expect(() => profileNamed("soke")).toThrow('there is no profile "soke"; there are: smoke, average, soak');
});

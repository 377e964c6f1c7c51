import { expect, test } from "vitest";
import { missingScrapes, type Targets } from "./scraped.ts";

const target = (job: string, instance: string, change: Partial<Targets[number]> = {}): Targets[number] => ({
  labels: { job, instance },
  health: "up",
  lastScrape: "2026-11-23T00:00:05Z",
  lastError: "",
  ...change,
});
const since = Date.parse("2026-11-23T00:00:00Z") / 1000;
const awaited = { api: 2, balancer: 1 };
const whole = [
  target("api", "a:1"),
  target("api", "b:1"),
  target("balancer", "n:1"),
  target("grafana", "g:1", { health: "down" }),
];
const asked = (targets: Targets) => missingScrapes(targets, awaited, since);

test("every target that is waited for was scraped, whatever the others do", () => {
  expect(asked(whole)).toBeNull();
});

test.each<[string, Targets, string]>([
  ["a replica is not found yet", whole.slice(1), "api has 1 of 2 targets, 1 of them scraped"],
  [
    "one of before is still there",
    [...whole, target("api", "c:1", { health: "unknown" })],
    "api has 3 of 2 targets, 2 of them scraped",
  ],
  [
    "the scrape is an old one",
    [target("api", "a:1", { lastScrape: "2026-11-22T23:59:59Z" }), ...whole.slice(1)],
    "api has 2 of 2 targets, 1 of them scraped",
  ],
  [
    "one cannot be scraped",
    [target("api", "a:1", { health: "down", lastError: "connection refused" }), ...whole.slice(1)],
    "api (a:1) cannot be scraped: connection refused",
  ],
])("%s", (_what, targets, missing) => {
  expect(asked(targets)).toBe(missing);
});
